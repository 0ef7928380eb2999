#include "content-server/http/request_target.h"

#include <gtest/gtest.h>

#include "content-server/http/forwarded_peer.h"
#include "content-server/http/header_block.h"
#include "content-server/http/pace.h"
#include "content-server/http/response_head.h"
#include "content-server/http/routes.h"

namespace conglang::server {
namespace {

TEST(RequestTarget, IsDecoded) {
  const auto target = parse_request_target("/a%20b/%C4%91?x=1+2&y=%26&z");

  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a b/đ");
  EXPECT_EQ(target->query, (TextMap{{"x", "1 2"}, {"y", "&"}, {"z", ""}}));
  EXPECT_EQ(parse_request_target("/")->path, "/");
}

TEST(RequestTarget, WithTwoReadingsIsRefused) {
  for (const char* target :
       {"",      "a",    "http://g/",  "*",          "//a",           "/a/",
        "/a//b", "/./a", "/a/..",      "/%2e%2e/a",  "/a%2fb",        "/a%5cb",
        "/a\\b", "/a%",  "/a%2",       "/a%zz",      "/a%00",         "/a%0a",
        "/a%7f", "/%ff", "/%c0%af",    "/%ed%a0%80", "/%f4%90%80%80", "/%c2%85",
        "/đ",    "/a#b", "/a?x=1&x=2", "/a?=1",      "/a?x=%ff",      "/a?x=%0d"}) {
    EXPECT_FALSE(parse_request_target(target)) << target;
  }
}

TEST(Cookies, LeaveOutWhatIsDoubtful) {
  EXPECT_EQ(parse_cookies("a=1; b=x=y;c; d=1; d=2"), (TextMap{{"a", "1"}, {"b", "x=y"}}));
}

TEST(ForwardedPeer, IsTheRightmostThatIsNoProxy) {
  const std::vector<std::string> trusted = {"127.0.0.1", "10.0.0.1"};
  const auto peer = [&](std::string_view direct, std::string_view list) {
    return forwarded_peer(direct, {list, "https"}, trusted);
  };

  EXPECT_EQ(peer("127.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.1").address, "1.2.3.4");
  EXPECT_EQ(peer("::ffff:127.0.0.1", "1.2.3.4").address, "1.2.3.4");
  EXPECT_EQ(peer("127.0.0.1", "1.2.3.4, nonsense").address, "127.0.0.1");
  EXPECT_TRUE(peer("127.0.0.1", "").is_secure);
  EXPECT_EQ(peer("9.9.9.9", "1.2.3.4").address, "9.9.9.9");
  EXPECT_FALSE(peer("9.9.9.9", "1.2.3.4").is_secure);
}

TEST(Routes, PreferALiteralPart) {
  Routes routes;
  const Handler handler = [](const Request&) { return Response{}; };
  routes.add({Method::get, "/k/{kiosk}", {}, handler, nullptr});
  routes.add({Method::get, "/k/new", {}, handler, nullptr});
  routes.add({Method::put, "/files/{rest...}", {}, handler, nullptr});
  std::vector<Method> allowed;

  EXPECT_EQ(routes.find(Method::get, "/k/new", allowed).route->pattern, "/k/new");
  EXPECT_EQ(routes.find(Method::get, "/k/7", allowed).path_values.at("kiosk"), "7");
  EXPECT_EQ(routes.find(Method::put, "/files/a/b", allowed).path_values.at("rest"), "a/b");
  EXPECT_EQ(routes.find(Method::get, "/k", allowed).route, nullptr);
  EXPECT_TRUE(allowed.empty());
  EXPECT_EQ(routes.find(Method::get, "/files/a", allowed).route, nullptr);
  EXPECT_EQ(allowed, std::vector<Method>{Method::put});
}

TEST(Pace, GivesAByteASecondNoMoreThanTheGrace) {
  using std::chrono::seconds;
  const PaceRule rule{seconds{20}, seconds{10}, 1'000};
  const MonotonicTime start{};

  EXPECT_EQ(pace_deadline(rule, start, 0, start), start + seconds{10});
  EXPECT_EQ(pace_deadline(rule, start, 9, start + seconds{9}),
            start + seconds{10} + Milliseconds{9});
  EXPECT_EQ(pace_deadline(rule, start, 1'000'000, start + seconds{9}), start + seconds{29});
}

TEST(ResponseHead, WritesTheDateOfTheRfc) {
  EXPECT_EQ(http_date(*parse_instant("1994-11-06T08:49:37Z")), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(ResponseHead, LeavesItsOwnHeadersToNobody) {
  const HeadFacts facts{5, true, Instant{}};

  EXPECT_FALSE(response_head(200, {{"content-length", "6"}}, facts));
  EXPECT_FALSE(response_head(200, {{"X Y", "6"}}, facts));
  EXPECT_FALSE(response_head(200, {{"X", "a\nb"}}, facts));
  EXPECT_FALSE(response_head(99, {}, facts));
  EXPECT_TRUE(response_head(200, {{"Cache-Control", "no-cache"}}, facts));
}

}  // namespace
}  // namespace conglang::server
