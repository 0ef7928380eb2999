#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/running_server.h"

namespace conglang::server {
namespace {

Response text(std::string body) {
  return {200, {{"Content-Type", "text/plain"}}, std::move(body)};
}

class HttpAnswers : public ::testing::Test {
 protected:
  HttpAnswers() {
    routes_.add({Method::get, "/hello/{name}", BodyRule::none(),
                 [](const Request& r) { return text("xin chào " + r.path_values.at("name")); },
                 nullptr});
    routes_.add({Method::post, "/echo", BodyRule::memory(100'000),
                 [](const Request& r) { return text(r.body); }, nullptr});
    routes_.add({Method::get, "/throws", BodyRule::none(),
                 [](const Request&) -> Response { throw std::runtime_error("no luck"); },
                 nullptr});
    routes_.add({Method::get, "/splits", BodyRule::none(),
                 [](const Request&) {
                   return Response{200, {{"X-Name", "a\r\nSet-Cookie: b=1"}}, "x"};
                 },
                 nullptr});
    routes_.add({Method::get, "/marked", BodyRule::none(),
                 [](const Request&) {
                   return Response{200, {{"ETag", "\"v1\""}}, "x"};
                 },
                 nullptr});
  }

  Routes routes_;
};

TEST_F(HttpAnswers, CarryTheSafeHeaders) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  const HttpAnswer answer = client.get("/hello/b%C3%A0");

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "xin chào bà");
  EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.header("cache-control"), "no-store");
  EXPECT_EQ(answer.header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'");
  EXPECT_EQ(answer.header("connection"), "keep-alive");
}

TEST_F(HttpAnswers, ToHeadHaveALengthAndNoBody) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  const HttpAnswer head = client.ask("HEAD", "/hello/a");
  const HttpAnswer next = client.get("/hello/a");

  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), std::to_string(next.body.size()));
  EXPECT_EQ(next.status, 200);
}

TEST_F(HttpAnswers, ToAWrongMethodNameTheRightOnes) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  EXPECT_EQ(client.ask("DELETE", "/echo").header("allow"), "POST");
  EXPECT_EQ(client.ask("DELETE", "/nowhere").status, 404);
}

TEST_F(HttpAnswers, OfAHandlerThatThrowsAreAServerFault) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  EXPECT_EQ(client.get("/throws").status, 500);
  EXPECT_EQ(client.get("/hello/a").status, 200);
  ASSERT_EQ(server.logged().size(), 1u);
  EXPECT_NE(server.logged()[0].find("no luck"), std::string::npos);
}

TEST_F(HttpAnswers, NeverHoldAHeaderThatBreaksTheLine) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  const HttpAnswer answer = client.get("/splits");

  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("set-cookie"), "");
}

TEST_F(HttpAnswers, ThatTheClientHasAreNotSentAgain) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  EXPECT_EQ(client.get("/marked", {{"If-None-Match", "W/\"v0\", \"v1\""}}).status, 304);
  EXPECT_EQ(client.get("/marked", {{"If-None-Match", "\"v2\""}}).body, "x");
}

TEST_F(HttpAnswers, ComeInOrderWhenRequestsAreSentTogether) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  client.send(
      "GET /hello/a HTTP/1.1\r\nHost: g\r\n\r\n"
      "POST /echo HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
      "GET /hello/c HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n");

  EXPECT_EQ(client.read_answer().body, "xin chào a");
  EXPECT_EQ(client.read_answer().body, "abcde");
  EXPECT_EQ(client.read_answer().body, "xin chào c");
  EXPECT_TRUE(client.is_ended_by_server());
}

TEST_F(HttpAnswers, OfTheHelpListenerAreItsRoutesOrARedirect) {
  Routes help;
  help.add({Method::get, "/", BodyRule::none(), [](const Request&) { return text("help"); },
            nullptr});
  HttpSettings settings = test_settings();
  settings.listeners[0].only_routes = &help;
  settings.listeners[0].redirect_to = "https://gate.local:8443";
  RunningServer server(routes_, settings);
  HttpClient client(server.port());

  EXPECT_EQ(client.get("/").body, "help");
  const HttpAnswer away = client.get("/hello/a?x=1");
  EXPECT_EQ(away.status, 308);
  EXPECT_EQ(away.header("location"), "https://gate.local:8443/hello/a?x=1");
}

}  // namespace
}  // namespace conglang::server
