#include "player/sync/http_repository.h"

#include <gtest/gtest.h>

#include "tests/support/fake_http.h"

namespace conglang::player {
namespace {

constexpr const char* kTimestamp = "metadata/timestamp.json";

TEST(HttpRepository, ReadsFilesBelowTheRepository) {
  FakeHttp http;
  http.files["metadata/1.root.json"] = "{root}";
  HttpRepository repository(http);

  EXPECT_EQ(repository.read("metadata/1.root.json", 100).value(), "{root}");
  EXPECT_EQ(repository.read("metadata/2.root.json", 100).error().kind, ErrorKind::missing);
  EXPECT_FALSE(repository.take_failure());
}

TEST(HttpRepository, AsksForTheTimestampByItsTag) {
  FakeHttp http;
  http.files[kTimestamp] = "{1}";
  HttpRepository repository(http);
  ASSERT_EQ(repository.read(kTimestamp, 100).value(), "{1}");

  EXPECT_EQ(repository.read(kTimestamp, 100).value(), "{1}");
  EXPECT_EQ(http.requests.back().headers.size(), 1u);
  http.files[kTimestamp] = "{2}";
  EXPECT_EQ(repository.read(kTimestamp, 100).value(), "{2}");
}

TEST(HttpRepository, DoesNotBelieveThatAFileItNeverSawIsTheSame) {
  FakeHttp http;
  http.on_the_way = [](const HttpRequest&) { return answer_status(304); };
  HttpRepository repository(http);

  EXPECT_EQ(repository.read(kTimestamp, 100).error().kind, ErrorKind::storage);
}

TEST(HttpRepository, BoundsWhatItReads) {
  FakeHttp http;
  http.files[kTimestamp] = std::string(101, 'x');
  HttpRepository repository(http);

  EXPECT_EQ(repository.read(kTimestamp, 100).error().kind, ErrorKind::too_large);
}

TEST(HttpRepository, RemembersTheCauseThatLayOnTheWay) {
  for (const auto& [answer, fault] : {std::pair{no_answer(HttpFault::dns), HttpFault::dns},
                                      std::pair{captive_page(), HttpFault::captive_portal},
                                      std::pair{answer_status(500), HttpFault::status}}) {
    FakeHttp http;
    const FakeAnswer given = answer;
    http.on_the_way = [given](const HttpRequest&) { return given; };
    HttpRepository repository(http);

    EXPECT_EQ(repository.read(kTimestamp, 100).error().kind, ErrorKind::storage);

    const auto failure = repository.take_failure();
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->kind, fault);
    EXPECT_FALSE(repository.take_failure());
  }
}

}  // namespace
}  // namespace conglang::player
