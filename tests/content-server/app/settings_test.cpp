#include "content-server/app/settings.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conglang::server {
namespace {

Result<Settings> parsed(const std::string& toml) {
  return parse_settings(toml, "conglang.toml");
}

std::string message_of(const std::string& toml) {
  const auto settings = parsed(toml);
  return settings ? std::string() : settings.error().message;
}

TEST(Settings, AreTheDefaultsWhenTheFileSaysNothing) {
  EXPECT_EQ(parsed("").value(), Settings{});
}

TEST(Settings, AreReadBackAsTheyWereWritten) {
  Settings settings;
  settings.listen = "[::]:443";
  settings.help_listen = "";
  settings.public_address = "https://ki-ốt.example.vn";
  settings.names = {"cong-lang.local", "quote\" \\ tab\t"};
  settings.upload_bytes = 5 << 20;
  settings.offline_days = 90;

  EXPECT_EQ(parsed(write_settings(settings)).value(), settings);
}

TEST(Settings, NameWhatTheyDoNotKnow) {
  EXPECT_EQ(message_of("[server]\nlistne = \"0.0.0.0:1\"\n"),
            "conglang.toml: server.listne is not a setting");
  EXPECT_EQ(message_of("[sever]\n"), "conglang.toml: [sever] is not a section of settings");
  EXPECT_EQ(message_of("listen = \"0.0.0.0:1\"\n"),
            "conglang.toml: [listen] is not a section of settings");
}

TEST(Settings, NameTheLineThatIsNoToml) {
  EXPECT_NE(message_of("[server]\nlisten = \n").find("line 2"), std::string::npos);
}

TEST(Settings, RefuseValuesOfAnotherTypeOrRange) {
  EXPECT_EQ(message_of("[office]\noffline_days = 0\n"),
            "conglang.toml: office.offline_days must be from 1 to 366");
  EXPECT_EQ(message_of("[office]\noffline_days = \"30\"\n"),
            "conglang.toml: office.offline_days must be a whole number from 1 to 366");
  EXPECT_EQ(message_of("[server]\nbehind_proxy = 1\n"),
            "conglang.toml: server.behind_proxy must be true or false");
  EXPECT_EQ(message_of("[server]\nnames = [1]\n"),
            "conglang.toml: server.names has an element that must be a text");
}

TEST(Settings, LetNobodyElseReachAServerWithoutTls) {
  const std::string proxy =
      "[server]\nbehind_proxy = true\npublic_address = \"https://a.vn\"\n";

  EXPECT_NE(message_of(proxy + "listen = \"0.0.0.0:8080\"\n").find("127.0.0.1"),
            std::string::npos);
  EXPECT_TRUE(parsed(proxy + "listen = \"127.0.0.1:8080\"\n").ok());
}

TEST(Settings, TakeOnlyAddressesWithAPort) {
  for (const char* bad :
       {"", ":", "8443", "host", "host:", "::1:8443", "h:65536", "h:1x", "[]:1"}) {
    EXPECT_FALSE(parse_listen_address(bad).ok()) << bad;
  }
  const auto address = parse_listen_address("[::1]:8443");
  ASSERT_TRUE(address.ok());
  EXPECT_EQ(address->host, "::1");
  EXPECT_EQ(address->port, 8443);
}

}  // namespace
}  // namespace conglang::server
