#include <gtest/gtest.h>
#include <sys/resource.h>

#include <future>
#include <set>

#include "tests/support/running_server.h"

namespace conglang::server {
namespace {

using std::chrono::milliseconds;

Response text(std::string body) { return {200, {}, std::move(body)}; }

// A door that a handler waits at until the test opens it.
class Door {
 public:
  void wait() {
    ++waiting_;
    open_.get_future().wait();
  }
  void open() { open_.set_value(); }
  int waiting() const { return waiting_; }

 private:
  std::atomic<int> waiting_ = 0;
  std::promise<void> open_;
};

class HttpLimitsTest : public ::testing::Test {
 protected:
  HttpLimitsTest() {
    routes_.add({Method::get, "/", BodyRule::none(),
                 [](const Request& r) { return text(r.peer); }, nullptr});
    routes_.add({Method::get, "/waits", BodyRule::none(),
                 [this](const Request&) {
                   door_.wait();
                   return text("done");
                 },
                 nullptr});
    routes_.add({Method::post, "/echo", BodyRule::memory(1'000),
                 [](const Request& r) { return text(r.body); }, nullptr});
    routes_.add({Method::get, "/events/{topic}", BodyRule::none(),
                 [](const Request& r) {
                   return Response{200, {}, EventStreamBody{{r.path_values.at("topic")}}};
                 },
                 nullptr});
  }

  Door door_;
  Routes routes_;
  HttpSettings settings_ = test_settings();
};

// Sends one byte each 20 ms until the server has enough of it.
bool is_cut_while_dripping(HttpClient& client, std::string_view drop) {
  for (int i = 0; i < 1'500; ++i) {
    if (!client.send(drop)) return true;
    std::this_thread::sleep_for(milliseconds{20});
  }
  return false;
}

// Trap 4: a deadline for each read is none for the whole.
TEST_F(HttpLimitsTest, Trap4AHeaderThatDripsIsCut) {
  settings_.limits.header_time = milliseconds{400};
  RunningServer server(routes_, settings_);
  HttpClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: g\r\nX: ");

  EXPECT_TRUE(is_cut_while_dripping(client, "a"));
}

TEST_F(HttpLimitsTest, ABodyOfAByteNowAndThenIsCut) {
  settings_.limits.receive = {milliseconds{20'000}, milliseconds{400}, 1'000'000};
  RunningServer server(routes_, settings_);
  HttpClient client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: g\r\nContent-Length: 1000\r\n\r\n");

  EXPECT_TRUE(is_cut_while_dripping(client, "a"));
}

TEST_F(HttpLimitsTest, ABodyThatStallsIsCut) {
  settings_.limits.receive.idle = milliseconds{300};
  RunningServer server(routes_, settings_);
  HttpClient client(server.port());

  client.send("POST /echo HTTP/1.1\r\nHost: g\r\nContent-Length: 10\r\n\r\nabc");

  EXPECT_TRUE(client.is_ended_by_server());
}

TEST_F(HttpLimitsTest, AConnectionThatAsksNothingMoreIsEnded) {
  settings_.limits.keep_alive = milliseconds{300};
  RunningServer server(routes_, settings_);
  HttpClient client(server.port());

  EXPECT_EQ(client.get("/").status, 200);

  EXPECT_TRUE(client.is_ended_by_server());
}

TEST_F(HttpLimitsTest, AHeaderThatIsTooLargeIsRefused) {
  RunningServer server(routes_, settings_);
  HttpClient client(server.port());

  EXPECT_EQ(client.get("/", {{"X-Much", std::string(20'000, 'x')}}).status, 431);
}

TEST_F(HttpLimitsTest, AFullQueueIsAnsweredWithComeLater) {
  settings_.limits.waiting_requests = 2;
  RunningServer server(routes_, settings_, 1);
  std::vector<std::unique_ptr<HttpClient>> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.push_back(std::make_unique<HttpClient>(server.port()));
    waiting.back()->send(i == 0 ? "GET /waits HTTP/1.1\r\nHost: g\r\n\r\n"
                                : "GET / HTTP/1.1\r\nHost: g\r\n\r\n");
    ASSERT_TRUE(server.comes_to([&](const HttpLoad& load) {
      return door_.waiting() == 1 && load.waiting_requests == i;
    }));
  }

  HttpClient client(server.port());
  const HttpAnswer refused = client.get("/");

  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("retry-after"), "2");
  door_.open();
  EXPECT_EQ(waiting[0]->read_answer().body, "done");
  EXPECT_EQ(waiting[2]->read_answer().status, 200);
}

TEST_F(HttpLimitsTest, OneAddressCannotTakeEveryConnection) {
  settings_.limits.connections_per_address = 3;
  RunningServer server(routes_, settings_);
  std::vector<std::unique_ptr<HttpClient>> few;
  for (int i = 0; i < 3; ++i) few.push_back(std::make_unique<HttpClient>(server.port()));
  ASSERT_TRUE(server.comes_to([](const HttpLoad& load) { return load.connections == 3; }));

  HttpClient one_more(server.port());

  EXPECT_TRUE(one_more.is_ended_by_server());
  EXPECT_EQ(few[0]->get("/").status, 200);
}

TEST_F(HttpLimitsTest, TwoThousandIdleConnectionsLeaveItAwake) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8'192);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
  if (limit.rlim_cur < 4'200) GTEST_SKIP() << "this machine allows too few open files";
  settings_.limits.connections_per_address = 5'000;
  settings_.limits.header_time = milliseconds{60'000};
  RunningServer server(routes_, settings_);
  std::vector<std::unique_ptr<HttpClient>> idle;
  for (int i = 0; i < 2'000; ++i) idle.push_back(std::make_unique<HttpClient>(server.port()));

  EXPECT_TRUE(server.comes_to([](const HttpLoad& load) { return load.connections == 2'000; }));
  EXPECT_EQ(idle[1'000]->get("/").status, 200);
}

// Trap 10: without descriptors nothing can be accepted, and that must pass.
TEST_F(HttpLimitsTest, Trap10ItSurvivesHavingNoDescriptorLeft) {
  RunningServer server(routes_, settings_);
  HttpClient before(server.port());
  ASSERT_EQ(before.get("/").status, 200);
  std::vector<int> hoard;
  rlimit normal{};
  ::getrlimit(RLIMIT_NOFILE, &normal);
  const rlimit tight{256, normal.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);
  for (int i = ::dup(0); i >= 0; i = ::dup(0)) hoard.push_back(i);
  ::close(hoard.back());
  hoard.pop_back();

  HttpClient during(server.port());  // has the last descriptor; the server has none for it
  ASSERT_TRUE(during.is_open());
  ASSERT_TRUE(server.comes_to([&](const HttpLoad&) { return !server.logged().empty(); }));
  EXPECT_EQ(before.get("/").status, 200);
  for (const int descriptor : hoard) ::close(descriptor);
  ::setrlimit(RLIMIT_NOFILE, &normal);

  EXPECT_EQ(during.get("/").status, 200);
}

TEST_F(HttpLimitsTest, ADrainLetsARunningRequestEnd) {
  RunningServer server(routes_, settings_);
  HttpClient busy(server.port());
  HttpClient idle(server.port());
  ASSERT_EQ(idle.get("/").status, 200);
  busy.send("GET /waits HTTP/1.1\r\nHost: g\r\n\r\n");
  ASSERT_TRUE(server.comes_to([&](const HttpLoad&) { return door_.waiting() == 1; }));

  auto drained = std::async([&] { return server->drain(milliseconds{30'000}); });
  EXPECT_TRUE(idle.is_ended_by_server());
  door_.open();
  const HttpAnswer answer = busy.read_answer();

  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_TRUE(drained.get());
  EXPECT_FALSE(HttpClient(server.port()).is_open());
}

TEST_F(HttpLimitsTest, ADrainCutsWhatDoesNotEnd) {
  RunningServer server(routes_, settings_);
  HttpClient slow(server.port());
  slow.send("POST /echo HTTP/1.1\r\nHost: g\r\nContent-Length: 10\r\n\r\nabc");
  ASSERT_TRUE(server.comes_to([](const HttpLoad& load) { return load.connections == 1; }));
  HttpClient probe(server.port());
  ASSERT_EQ(probe.get("/").status, 200);

  EXPECT_FALSE(server->drain(milliseconds{200}));
  EXPECT_TRUE(slow.is_ended_by_server());
}

TEST_F(HttpLimitsTest, AnEventReachesEveryListenerOfItsTopicBesideAStuckOne) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8'192);
  ::setrlimit(RLIMIT_NOFILE, &limit);
  settings_.limits.stream_backlog_bytes = 4'096;
  settings_.limits.send.idle = milliseconds{500};
  RunningServer server(routes_, settings_);
  std::vector<std::unique_ptr<HttpClient>> listeners;
  for (int i = 0; i < 200; ++i) {
    listeners.push_back(std::make_unique<HttpClient>(server.port()));
    listeners.back()->send("GET /events/news HTTP/1.1\r\nHost: g\r\n\r\n");
    ASSERT_EQ(listeners.back()->read_answer().header("content-type"), "text/event-stream");
    ASSERT_NE(listeners.back()->read_until("\n\n").find("retry: "), std::string::npos);
  }
  HttpClient stuck(server.port());
  const int small = 2'048;
  ::setsockopt(stuck.socket(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  stuck.send("GET /events/flood HTTP/1.1\r\nHost: g\r\n\r\n");
  ASSERT_TRUE(server.comes_to([](const HttpLoad& load) { return load.streams == 201; }));

  server->publish("news", "look", "{\"what\":\"publication\"}");
  for (const auto& listener : listeners) {
    EXPECT_EQ(listener->read_until("\n\n"),
              "event: look\ndata: {\"what\":\"publication\"}\n\n");
  }
  const std::string ballast(2'000, 'x');
  int number = 0;
  EXPECT_TRUE(server.comes_to([&](const HttpLoad& load) {
    for (int i = 0; i < 200; ++i) {
      server->publish("flood", "look", std::to_string(number++) + ballast);
    }
    return load.streams == 200;
  }));
}

TEST_F(HttpLimitsTest, AStreamIsPingedAndSaysGoodByeAtADrain) {
  settings_.limits.stream_ping = milliseconds{50};
  RunningServer server(routes_, settings_);
  HttpClient client(server.port());
  client.send("GET /events/news HTTP/1.1\r\nHost: g\r\n\r\n");
  client.read_answer();

  EXPECT_NE(client.read_until(": ping\n\n").find(": ping"), std::string::npos);
  EXPECT_TRUE(server->drain(milliseconds{30'000}));

  EXPECT_NE(client.read_until("event: closing\ndata: {}\n\n").find("closing"),
            std::string::npos);
}

TEST_F(HttpLimitsTest, OneAddressCannotTakeEveryStream) {
  settings_.limits.streams_per_address = 1;
  RunningServer server(routes_, settings_);
  HttpClient first(server.port()), second(server.port());
  first.send("GET /events/a HTTP/1.1\r\nHost: g\r\n\r\n");
  ASSERT_EQ(first.read_answer().status, 200);

  EXPECT_EQ(second.get("/events/a").status, 503);
}

TEST_F(HttpLimitsTest, AProxyIsBelievedOnlyWhenItIsListed) {
  RunningServer direct(routes_, settings_);
  settings_.trusted_proxies = {"127.0.0.1"};
  RunningServer behind(routes_, settings_);
  const HttpClient::Headers claim = {{"X-Forwarded-For", "1.2.3.4, 203.0.113.9"}};

  EXPECT_EQ(HttpClient(direct.port()).get("/", claim).body, "127.0.0.1");
  EXPECT_EQ(HttpClient(behind.port()).get("/", claim).body, "203.0.113.9");
}

// Trap 8: coroutines of GCC 12, handed between threads many times; run under ASan as well.
TEST_F(HttpLimitsTest, Trap8ManyClientsAtOnceEachGetTheirOwnAnswers) {
  RunningServer server(routes_, settings_, 3);
  std::vector<std::future<int>> clients;
  for (int c = 0; c < 8; ++c) {
    clients.push_back(std::async(std::launch::async, [&, c] {
      HttpClient client(server.port());
      int right = 0;
      for (int i = 0; i < 100; ++i) {
        const std::string body = std::to_string(c) + ":" + std::to_string(i);
        right += client.ask("POST", "/echo", {}, body).body == body ? 1 : 0;
      }
      return right;
    }));
  }

  for (auto& client : clients) EXPECT_EQ(client.get(), 100);
}

class Smuggled : public HttpLimitsTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(Smuggled, IsRefusedAndTheConnectionEnds) {
  RunningServer server(routes_, settings_);
  HttpClient client(server.port());

  client.send(GetParam());
  const int status = client.read_answer().status;

  EXPECT_TRUE(status == 400 || status == 501 || status == 413 || status == 505) << status;
  EXPECT_TRUE(client.is_ended_by_server());
}

INSTANTIATE_TEST_SUITE_P(
    Requests, Smuggled,
    ::testing::Values(
        "POST /echo HTTP/1.1\r\nHost: g\r\nContent-Length: 3\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: g\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "POST /echo HTTP/1.1\r\nHost: g\r\nContent-Length: 3, 3\r\n\r\nabc",
        "POST /echo HTTP/1.1\r\nHost: g\r\nContent-Length: +3\r\n\r\nabc",
        "POST /echo HTTP/1.1\r\nHost: g\r\nContent-Length: -3\r\n\r\nabc",
        "POST /echo HTTP/1.1\r\nHost: g\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
        "POST /echo HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: g\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n",
        "POST /echo HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: "
        "chunked\r\n\r\nffffffffffffffffff\r\nab\r\n",
        "GET / HTTP/1.1\r\nHost: g\r\nContent-Length: 5\r\n\r\nhello",
        "GET / HTTP/1.1\r\nHost: g\r\nHost: h\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: g\r\nX: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: g\nX: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: g\r\nX: a\rb\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: g\r\n: a\r\n\r\n", "GET / HTTP/2.7\r\nHost: g\r\n\r\n",
        "GET /\x01 HTTP/1.1\r\nHost: g\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n"));

}  // namespace
}  // namespace conglang::server
