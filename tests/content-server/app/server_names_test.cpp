#include "content-server/app/server_names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace conglang::server {
namespace {

const OwnAddresses kGate{"Gate", {"192.168.1.20", "2001:db8::1"}};

bool has(const std::vector<std::string>& list, const std::string& element) {
  return std::find(list.begin(), list.end(), element) != list.end();
}

TEST(ServerNames, ACertificateIsGoodForEveryWayToCallTheMachine) {
  Settings settings;
  settings.names = {"Cong-Lang.lan"};

  const CertificateNames names = certificate_names(settings, kGate);

  for (const char* name : {"cong-lang.lan", "gate", "gate.local", "localhost"}) {
    EXPECT_TRUE(has(names.names, name)) << name;
  }
  for (const char* address : {"192.168.1.20", "2001:db8::1", "127.0.0.1", "::1"}) {
    EXPECT_TRUE(has(names.addresses, address)) << address;
  }
}

TEST(ServerNames, PeopleAreToldTheFirstAddressOfTheNetwork) {
  EXPECT_EQ(public_address(Settings{}, kGate, 8443), "https://192.168.1.20:8443");
  EXPECT_EQ(public_address(Settings{}, OwnAddresses{}, 443), "https://127.0.0.1");
}

TEST(ServerNames, ASettingOrAnAddressToListenOnComesFirst) {
  Settings settings;
  settings.listen = "[::1]:9000";
  EXPECT_EQ(public_address(settings, kGate, 9000), "https://[::1]:9000");

  settings.public_address = "https://ki-ot.example.vn";
  EXPECT_EQ(public_address(settings, kGate, 9000), "https://ki-ot.example.vn");
}

TEST(ServerNames, AnOriginIsOursUnderEachName) {
  const auto names = certificate_names(Settings{}, kGate);

  const auto origins = own_origins(Settings{}, names, "https://192.168.1.20:8443", 8443);

  EXPECT_TRUE(has(origins, "https://gate.local:8443"));
  EXPECT_TRUE(has(origins, "https://[2001:db8::1]:8443"));
  EXPECT_FALSE(has(origins, "https://gate.local"));
}

TEST(ServerNames, BehindAProxyOnlyItsAddressIsOurs) {
  Settings settings;
  settings.behind_proxy = true;
  settings.public_address = "https://ki-ot.example.vn";

  const auto origins =
      own_origins(settings, certificate_names(settings, kGate), settings.public_address, 8080);

  EXPECT_EQ(origins, std::vector<std::string>{"https://ki-ot.example.vn"});
}

}  // namespace
}  // namespace conglang::server
