#include "content-server/http/certificates.h"

#include <gtest/gtest.h>

#include <fstream>

#include "content-server/http/local_ca.h"
#include "tests/support/office_folder.h"
#include "tests/support/running_server.h"

namespace conglang::server {
namespace {

using std::chrono::days;

const CertificateNames kGate{{"gate.local"}, {"127.0.0.1"}};

Instant today() { return RealClock().now(); }

Routes hello() {
  Routes routes;
  routes.add({Method::get, "/", BodyRule::none(),
              [](const Request& r) {
                return Response{200, {}, std::string(r.is_secure ? "secure" : "plain")};
              },
              nullptr});
  return routes;
}

HttpSettings with_tls(const TlsCertificate& certificate) {
  HttpSettings settings = test_settings();
  settings.listeners[0].is_tls = true;
  settings.tls = certificate;
  return settings;
}

TEST(LocalCa, IsVerifiedByNameAndByAddress) {
  const OfficeFolder folder;
  const auto made = open_local_ca(folder / "tls", kGate, today());
  ASSERT_TRUE(made) << made.error().message;
  const Routes routes = hello();
  RunningServer server(routes, with_tls(made->server));

  for (const char* name : {"gate.local", "127.0.0.1"}) {
    HttpClient client(server.port());
    ASSERT_TRUE(client.start_tls(made->ca_pem, name)) << name;
    EXPECT_EQ(client.get("/").body, "secure");
  }
  HttpClient stranger(server.port());
  EXPECT_FALSE(stranger.start_tls(made->ca_pem, "other.local"));
}

TEST(LocalCa, KeepsItsFilesForTheServerAlone) {
  const OfficeFolder folder;

  ASSERT_TRUE(open_local_ca(folder / "tls", kGate, today()));

  for (const char* file : {"tls/ca.key", "tls/ca.pem", "tls/server.key", "tls/server.pem"}) {
    EXPECT_EQ(std::filesystem::status(folder / file).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << file;
  }
}

TEST(LocalCa, StaysTheSameWhileNothingChanges) {
  const OfficeFolder folder;
  const auto first = open_local_ca(folder / "tls", kGate, today());
  const auto second = open_local_ca(folder / "tls", kGate, today() + days{100});

  ASSERT_TRUE(first && second);
  EXPECT_TRUE(first->was_renewed);
  EXPECT_FALSE(second->was_renewed);
  EXPECT_EQ(first->server.chain_pem, second->server.chain_pem);
  EXPECT_EQ(first->ca_fingerprint.size(), 95u);
}

TEST(LocalCa, RenewsTheServerAtTwoThirdsOfItsLifeAndKeepsTheAuthority) {
  const OfficeFolder folder;
  const auto first = open_local_ca(folder / "tls", kGate, today());
  ASSERT_TRUE(first);

  const auto before =
      open_local_ca(folder / "tls", kGate, first->renew_at - std::chrono::seconds{1});
  const auto after = open_local_ca(folder / "tls", kGate, first->renew_at);

  ASSERT_TRUE(before && after);
  EXPECT_FALSE(before->was_renewed);
  EXPECT_TRUE(after->was_renewed);
  EXPECT_EQ(after->ca_fingerprint, first->ca_fingerprint);
}

TEST(LocalCa, TakesAnotherPrivateAddressButNoForeignName) {
  const OfficeFolder folder;
  ASSERT_TRUE(open_local_ca(folder / "tls", kGate, today()));

  const auto moved = open_local_ca(
      folder / "tls", {{"gate.local", "bank.vn"}, {"192.168.7.9", "203.0.113.5"}}, today());

  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_TRUE(moved->was_renewed);
  EXPECT_EQ(moved->left_out, (std::vector<std::string>{"bank.vn", "203.0.113.5"}));
  EXPECT_EQ(names_of(read_certificate(moved->server.chain_pem).get()),
            (CertificateNames{{"gate.local"}, {"192.168.7.9"}}));
}

TEST(LocalCa, IsNotReplacedWhenItsKeyIsLost) {
  const OfficeFolder folder;
  ASSERT_TRUE(open_local_ca(folder / "tls", kGate, today()));
  std::filesystem::remove(folder / "tls/ca.key");

  EXPECT_TRUE(open_local_ca(folder / "tls", kGate, today() + days{300}));
  const auto too_late = open_local_ca(folder / "tls", kGate, today() + days{500});

  ASSERT_FALSE(too_late);
  EXPECT_EQ(too_late.error().kind, ErrorKind::missing);
}

TEST(LocalCa, RepairsAPairThatAPowerCutLeftHalf) {
  const OfficeFolder folder;
  const auto first = open_local_ca(folder / "tls", kGate, today());
  ASSERT_TRUE(first);
  std::ofstream(folder / "tls/server.key") << key_pem(make_p256_key().get());

  const auto second = open_local_ca(folder / "tls", kGate, today());

  ASSERT_TRUE(second) << second.error().message;
  EXPECT_TRUE(second->was_renewed);
  EXPECT_EQ(second->ca_fingerprint, first->ca_fingerprint);
}

TEST(LocalCa, NamesTheFileThatIsDamaged) {
  const OfficeFolder folder;
  ASSERT_TRUE(open_local_ca(folder / "tls", kGate, today()));
  std::ofstream(folder / "tls/ca.key") << "garbage";

  const auto opened = open_local_ca(folder / "tls", kGate, today());

  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("ca.key"), std::string::npos);
}

TEST(LocalCa, RefusesANameThatWouldSayMoreToOpenssl) {
  const OfficeFolder folder;

  const auto made = open_local_ca(folder / "tls", {{"a,DNS:bank.vn"}, {}}, today());

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::malformed);
}

TEST(NextStep, RefusesAnAuthorityThatHasEnded) {
  CertificateState state;
  state.ca_ends = Instant{days{10}};

  EXPECT_EQ(next_step(state, kGate, Instant{days{10}}), CertificateStep::refuse_ca_expired);
  EXPECT_EQ(next_step(state, kGate, Instant{days{9}}), CertificateStep::renew_server);
}

TEST(Tls, TakesANewCertificateWithoutARestart) {
  const OfficeFolder folder;
  const auto first = open_local_ca(folder / "one", kGate, today());
  const auto second = open_local_ca(folder / "two", kGate, today());
  ASSERT_TRUE(first && second);
  const Routes routes = hello();
  RunningServer server(routes, with_tls(first->server));
  HttpClient before(server.port());
  ASSERT_TRUE(before.start_tls(first->ca_pem, "gate.local"));

  ASSERT_TRUE(server->replace_certificate(second->server));

  HttpClient after(server.port());
  EXPECT_TRUE(after.start_tls(second->ca_pem, "gate.local"));
  EXPECT_EQ(before.get("/").status, 200);
  EXPECT_FALSE(server->replace_certificate({second->server.chain_pem, first->server.key_pem}));
}

TEST(Tls, RefusesTheVersionsBefore12) {
  const OfficeFolder folder;
  const auto made = open_local_ca(folder / "tls", kGate, today());
  ASSERT_TRUE(made);
  const Routes routes = hello();
  RunningServer server(routes, with_tls(made->server));
  HttpClient old(server.port());
  SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
  SSL_CTX_set_security_level(context, 0);
  SSL* const tls = SSL_new(context);
  SSL_set_fd(tls, old.socket());

  EXPECT_NE(SSL_connect(tls), 1);

  SSL_free(tls);
  SSL_CTX_free(context);
}

TEST(Tls, AHandshakeThatStallsIsEnded) {
  const OfficeFolder folder;
  const auto made = open_local_ca(folder / "tls", kGate, today());
  ASSERT_TRUE(made);
  const Routes routes = hello();
  HttpSettings settings = with_tls(made->server);
  settings.limits.handshake_time = std::chrono::milliseconds{300};
  RunningServer server(routes, settings);
  HttpClient client(server.port());

  client.send("\x16\x03\x01");

  EXPECT_TRUE(client.is_ended_by_server());
}

}  // namespace
}  // namespace conglang::server
