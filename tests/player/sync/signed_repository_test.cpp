// A signed repository over a network that fails at every single request.

#include <gtest/gtest.h>

#include "player/sync/http_repository.h"
#include "playlists/trust/refresh.h"
#include "tests/support/fake_http.h"
#include "tests/support/test_repository.h"

namespace conglang::player {
namespace {

const Instant kNow = parse_instant("2026-11-23T10:00:00Z").value();

class SignedRepositoryTest : public testing::Test {
 protected:
  void SetUp() override {
    state_.root = office_.publish_root(1);
    office_.targets["publications/hoa-phong.json"] = "{}";
    office_.publish(1);
    http_.files = office_.files;
  }

  TrustOutcome refresh_once() { return refresh(state_, repository_, kNow); }

  TestRepository office_;
  FakeHttp http_;
  HttpRepository repository_{http_};
  TrustedState state_;
};

TEST_F(SignedRepositoryTest, IsTrustedOverHttpAsFromADisk) {
  const TrustOutcome outcome = refresh_once();

  EXPECT_FALSE(outcome.fault);
  ASSERT_TRUE(outcome.targets);
  EXPECT_EQ(outcome.targets->version(), 1);
  EXPECT_FALSE(repository_.take_failure());
}

TEST_F(SignedRepositoryTest, CostsTwoSmallRequestsWhenNothingIsNew) {
  state_ = refresh_once().state;
  http_.requests.clear();

  EXPECT_FALSE(refresh_once().fault);

  EXPECT_EQ(http_.requests.size(), 2u);
  EXPECT_EQ(http_.count("GET /repository/metadata/2.root.json"), 1);
  EXPECT_EQ(http_.count("GET /repository/metadata/timestamp.json"), 1);
}

TEST_F(SignedRepositoryTest, SurvivesAnyFaultAtAnyRequestAndNamesTheCause) {
  state_ = refresh_once().state;
  office_.publish_root(2, office_.root.keys);
  office_.publish(2);
  http_.files = office_.files;
  http_.requests.clear();
  const TrustedState before = state_;
  ASSERT_FALSE(refresh_once().fault);
  const std::size_t requests = http_.requests.size();
  ASSERT_GE(requests, 5u);

  const std::vector<std::pair<FakeAnswer, HttpFault>> faults = {
      {no_answer(HttpFault::dns), HttpFault::dns},
      {no_answer(HttpFault::cut), HttpFault::cut},
      {no_answer(HttpFault::timeout), HttpFault::timeout},
      {no_answer(HttpFault::tls_untrusted), HttpFault::tls_untrusted},
      {answer_status(500), HttpFault::status},
      {captive_page(), HttpFault::captive_portal}};
  for (std::size_t at = 0; at < requests; ++at) {
    for (const auto& fault : faults) {
      state_ = before;
      http_.requests.clear();
      http_.on_the_way = [&](const HttpRequest&) {
        return http_.requests.size() == at + 1 ? std::optional(fault.first) : std::nullopt;
      };
      HttpRepository fresh(http_);
      const TrustOutcome struck = refresh(state_, fresh, kNow);
      http_.on_the_way = nullptr;

      EXPECT_TRUE(struck.fault) << "request " << at;
      ASSERT_TRUE(struck.targets) << "what was trusted stays";
      const auto cause = fresh.take_failure();
      ASSERT_TRUE(cause) << "request " << at;
      EXPECT_EQ(cause->kind, fault.second);
      state_ = struck.state;
      const TrustOutcome healed = refresh(state_, fresh, kNow);
      EXPECT_FALSE(healed.fault) << "request " << at;
      EXPECT_EQ(healed.targets->version(), 2);
    }
  }
}

}  // namespace
}  // namespace conglang::player
