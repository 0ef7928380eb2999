// What the player asks of HTTP: small exchanges, and long transfers that go on beside them.
//
// One server: its address, the certificates that prove it and a proxy are settings of the
// client. Whatever comes back is from a stranger: bounded, and never believed to be what was
// asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "playlists/base/time.h"

namespace conglang::player {

enum class HttpFault {
  dns,             // the server's name has no address
  refused,         // nobody listens there
  unreachable,     // no way to the network
  timeout,         // not over within the limit
  stalled,         // slower than the least rate for too long
  tls_untrusted,   // another authority signed its certificate
  tls_name,        // its certificate is for another name
  tls_dates,       // its certificate is not valid yet or no longer, by our clock
  tls_failed,      // no agreement on how to speak TLS
  captive_portal,  // a web page, or a way elsewhere, where something else was asked for
  status,          // an error by the server's own word
  too_large,       // longer than what was allowed
  cut,             // ended in the middle
  refused_by_us,   // the receiver wanted no more of it, see HttpSink
  stopped,         // the player ends
};

// "dns", "tls-untrusted", ...
std::string_view to_string(HttpFault fault);

struct HttpFailure {
  HttpFault kind = HttpFault::cut;
  std::string message;                        // "/repository/…: the server answered 500"
  int status = 0;                             // of an answer, else 0
  std::optional<Milliseconds> retry_after{};  // as the server asked

  bool operator==(const HttpFailure&) const = default;
};

enum class HttpContent { anything, json, bytes, events };

// From this byte on; the server gives the whole when its version is another.
struct HttpRange {
  std::int64_t from = 0;
  std::string if_etag;  // a strong entity tag; empty: whatever version
};

struct SlowLimit {
  std::int64_t bytes_per_second = 0;
  Milliseconds over{0};
};

struct HttpRequest {
  std::string method = "GET";  // or POST, PUT
  std::string path;            // "/kiosk/heartbeat"
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string body_type = "application/json";
  HttpContent expects = HttpContent::json;
  std::int64_t max_bytes = 1 << 20;  // of the answer's body
  Milliseconds total_limit{15'000};  // 0: as long as it takes
  std::optional<SlowLimit> slow_limit;
  std::int64_t most_bytes_per_second = 0;  // 0: as fast as it comes
  std::optional<HttpRange> range;
  bool judges_dates = true;  // as the client does; else never those of certificates
};

// Everything before the body.
struct HttpHead {
  int status = 0;
  std::string content_type;  // lower case, without parameters
  std::string etag;
  std::string content_range;
  std::string location;
  std::optional<std::int64_t> content_length;
  std::optional<Milliseconds> retry_after;
};

struct HttpAnswer {
  HttpHead head;
  std::string body;  // empty when a sink took it
};

using HttpResult = std::variant<HttpAnswer, HttpFailure>;

// Takes the body of a long transfer as it comes. Errors of the server do not get here.
class HttpSink {
 public:
  virtual ~HttpSink() = default;

  // Once, before the first byte. False ends the transfer as refused_by_us.
  virtual bool begin(const HttpHead& head) = 0;
  virtual bool add(std::span<const std::uint8_t> bytes) = 0;
};

// A transfer under way. Destroyed: cancelled, and its sink is not called again.
class HttpTransfer {
 public:
  virtual ~HttpTransfer() = default;

  // How it ended; nothing while it goes on. The body of the answer went to the sink.
  virtual const std::optional<HttpResult>& end() const = 0;
};

// Threads: one, which also runs the sinks; wake() and stop() any.
class HttpClient {
 public:
  virtual ~HttpClient() = default;

  // From beginning to end; started transfers go on meanwhile. Answers of 200 to 299 and 304
  // come as answers, all others as failures.
  virtual HttpResult exchange(const HttpRequest& request) = 0;

  // Requires: the sink outlives the transfer, the transfer does not outlive the client.
  virtual std::unique_ptr<HttpTransfer> start(const HttpRequest& request, HttpSink& sink) = 0;

  // Lets the started transfers work for up to `limit`. True when there is something to see to:
  // one of them ended, an event came, or wake(). False, perhaps long before the limit, when
  // bytes went where they belong or nothing happened.
  virtual bool work(Milliseconds limit) = 0;

  // Dates of certificates are judged by this time: of a clock that is believed, which need not
  // be the machine's. Nothing, as at first: they are not judged; who signed them always is.
  virtual void judge_dates(std::optional<Instant> today) = 0;

  virtual void wake() = 0;

  // From now on everything ends at once as stopped.
  virtual void stop() = 0;
};

}  // namespace conglang::player
