// A server and the way to it, in memory and on a virtual clock: it lies as a test wants.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "player/sync/http_client.h"
#include "player/sync/judge_answer.h"
#include "playlists/base/sha256.h"

namespace conglang::player {

// What the server sends, and how the way to it behaves meanwhile.
struct FakeAnswer {
  HttpHead head;
  std::string body;
  std::optional<HttpFault> instead;      // nothing came at all
  std::optional<std::size_t> cut_after;  // bytes of the body
  double bytes_per_second = 0;           // 0: at once
  bool stays_open = false;               // an event stream
};

inline FakeAnswer answer_with(std::string body, const std::string& type = "application/json") {
  FakeAnswer answer;
  answer.head.status = 200;
  answer.head.content_type = type;
  answer.head.content_length = static_cast<std::int64_t>(body.size());
  answer.body = std::move(body);
  return answer;
}

inline FakeAnswer answer_status(int status) {
  FakeAnswer answer = answer_with("{}");
  answer.head.status = status;
  return answer;
}

inline FakeAnswer no_answer(HttpFault fault) {
  FakeAnswer answer;
  answer.instead = fault;
  return answer;
}

inline FakeAnswer captive_page() { return answer_with("<html>log in</html>", "text/html"); }

class FakeHttp : public HttpClient {
 public:
  using Route = std::function<FakeAnswer(const HttpRequest&)>;

  MonotonicTime now{std::chrono::hours(1)};  // the virtual clock
  std::map<std::string, std::string> files;  // below /repository/, with ranges and tags
  std::map<std::string, Route> routes;       // "POST /kiosk/heartbeat"
  // Asked first; may answer instead of the server.
  std::function<std::optional<FakeAnswer>(const HttpRequest&)> on_the_way;
  std::vector<HttpRequest> requests;
  std::optional<Instant> dates_judged_by;
  bool was_stopped = false;

  int count(const std::string& what) const {
    return static_cast<int>(std::count_if(
        requests.begin(), requests.end(),
        [&](const HttpRequest& each) { return named(each).rfind(what, 0) == 0; }));
  }

  static std::string named(const HttpRequest& request) {
    return request.method + " " + request.path;
  }

  // --- HttpClient ---

  HttpResult exchange(const HttpRequest& request) override {
    Whole whole;
    Running running(*this, request, whole, ask(request));
    while (!running.end()) running.advance(request.total_limit);
    HttpResult result = *running.end();
    auto* answer = std::get_if<HttpAnswer>(&result);
    if (answer == nullptr) return result;
    answer->body = whole.body;
    if (auto failure = judge_body(request, *answer)) return *failure;
    return result;
  }

  std::unique_ptr<HttpTransfer> start(const HttpRequest& request, HttpSink& sink) override {
    return std::make_unique<Running>(*this, request, sink, ask(request));
  }

  // Everything that is under way goes on for `limit`.
  bool work(Milliseconds limit) override {
    const MonotonicTime until = now + limit;
    for (Running* each : std::vector<Running*>(running_)) {
      if (std::find(running_.begin(), running_.end(), each) != running_.end()) {
        each->advance(limit);
      }
    }
    now = std::max(now, until);
    return true;
  }

  void judge_dates(std::optional<Instant> today) override { dates_judged_by = today; }
  void wake() override {}
  void stop() override { was_stopped = true; }

  // Bytes that come to every open event stream.
  void push(const std::string& bytes) {
    for (Running* each : std::vector<Running*>(running_)) each->push(bytes);
  }

  static std::string etag_of(const std::string& bytes) {
    return "\"" + sha256(std::string_view(bytes)).hex().substr(0, 16) + "\"";
  }

  // What an honest server answers for a file.
  static FakeAnswer file_answer(const HttpRequest& request, const std::string& bytes) {
    FakeAnswer answer = answer_with(bytes, "application/octet-stream");
    answer.head.etag = etag_of(bytes);
    for (const auto& [name, value] : request.headers) {
      if (name == "If-None-Match" && value == answer.head.etag) {
        answer.head.status = 304;
        answer.body.clear();
        answer.head.content_length.reset();
        return answer;
      }
    }
    if (!request.range || request.range->from <= 0) return answer;
    const bool is_same =
        request.range->if_etag.empty() || request.range->if_etag == answer.head.etag;
    if (!is_same) return answer;
    const auto from = static_cast<std::size_t>(request.range->from);
    if (from >= bytes.size()) return answer_status(416);
    answer.head.status = 206;
    answer.head.content_range = "bytes " + std::to_string(from) + "-" +
                                std::to_string(bytes.size() - 1) + "/" +
                                std::to_string(bytes.size());
    answer.body = bytes.substr(from);
    answer.head.content_length = static_cast<std::int64_t>(answer.body.size());
    return answer;
  }

 private:
  class Whole : public HttpSink {
   public:
    bool begin(const HttpHead& head) override {
      static_cast<void>(head);
      return true;
    }
    bool add(std::span<const std::uint8_t> bytes) override {
      body.append(bytes.begin(), bytes.end());
      return true;
    }
    std::string body;
  };

  class Running : public HttpTransfer {
   public:
    Running(FakeHttp& http, HttpRequest request, HttpSink& sink, FakeAnswer answer)
        : http_(http), request_(std::move(request)), sink_(sink), answer_(std::move(answer)) {
      http_.running_.push_back(this);
    }
    ~Running() override { std::erase(http_.running_, this); }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    const std::optional<HttpResult>& end() const override { return end_; }

    void advance(Milliseconds limit) {
      if (end_ || !begin()) return;
      if (answer_.bytes_per_second > 0) {
        trickle(limit);
      } else {
        deliver(answer_.body.size());
      }
    }

    void push(const std::string& bytes) {
      if (!end_ && answer_.stays_open && begin()) give(bytes);
    }

   private:
    bool fail(HttpFault kind, int status = 0) {
      end_ = HttpFailure{kind, request_.path + ": " + std::string(to_string(kind)), status};
      return false;
    }

    bool begin() {
      if (has_begun_) return true;
      has_begun_ = true;
      if (http_.was_stopped) return fail(HttpFault::stopped);
      if (answer_.instead) return fail(*answer_.instead);
      if (auto failure = judge_head(request_, answer_.head)) {
        end_ = *failure;
        return false;
      }
      return sink_.begin(answer_.head) || fail(HttpFault::refused_by_us);
    }

    // As slow as it is: a slow transfer ends as libcurl would end it.
    void trickle(Milliseconds limit) {
      const double seconds = std::chrono::duration<double>(limit).count();
      waited_ += limit;
      const bool too_slow = request_.slow_limit &&
                            answer_.bytes_per_second <
                                static_cast<double>(request_.slow_limit->bytes_per_second) &&
                            waited_ >= request_.slow_limit->over;
      deliver(static_cast<std::size_t>(seconds * answer_.bytes_per_second));
      if (end_) return;
      if (too_slow) fail(HttpFault::stalled);
      if (request_.total_limit.count() > 0 && waited_ >= request_.total_limit) {
        http_.now += request_.total_limit;
        fail(HttpFault::timeout);
      }
    }

    void deliver(std::size_t most) {
      const std::size_t last =
          std::min(answer_.cut_after.value_or(answer_.body.size()), answer_.body.size());
      const std::size_t count = std::min(most, last - sent_);
      if (!give(answer_.body.substr(sent_, count))) return;
      sent_ += count;
      if (sent_ < last || answer_.stays_open) return;
      if (answer_.cut_after) {
        fail(HttpFault::cut);
      } else {
        end_ = HttpAnswer{answer_.head, {}};
      }
    }

    bool give(const std::string& bytes) {
      for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
        const std::string piece = bytes.substr(at, kPiece);
        given_ += static_cast<std::int64_t>(piece.size());
        if (given_ > request_.max_bytes) return fail(HttpFault::too_large);
        const std::span octets(reinterpret_cast<const std::uint8_t*>(piece.data()),
                               piece.size());
        if (!sink_.add(octets)) return fail(HttpFault::refused_by_us);
      }
      return true;
    }

    static constexpr std::size_t kPiece = 16 << 10;

    FakeHttp& http_;
    const HttpRequest request_;
    HttpSink& sink_;
    const FakeAnswer answer_;
    bool has_begun_ = false;
    std::size_t sent_ = 0;
    std::int64_t given_ = 0;
    Milliseconds waited_{0};
    std::optional<HttpResult> end_;
  };

  FakeAnswer ask(const HttpRequest& request) {
    requests.push_back(request);
    if (on_the_way) {
      if (auto answer = on_the_way(request)) return *answer;
    }
    const auto route = routes.find(named(request));
    if (route != routes.end()) return route->second(request);
    constexpr std::string_view kRepository = "/repository/";
    if (request.path.rfind(kRepository, 0) == 0) {
      const auto file = files.find(request.path.substr(kRepository.size()));
      if (file != files.end()) return file_answer(request, file->second);
    }
    return answer_status(404);
  }

  std::vector<Running*> running_;
};

}  // namespace conglang::player
