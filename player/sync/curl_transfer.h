// One request of the CurlClient on its way: what libcurl is told, and what it tells.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "player/sync/curl_client.h"
#include "player/sync/curl_handles.h"
#include "player/sync/http_client.h"

namespace conglang::player {

// What all transfers of a client share.
struct CurlShared {
  CurlSettings settings;
  std::atomic<bool> stopped = false;
  std::optional<Instant> dates_judged_by;  // nothing: they are not
  bool event_came = false;
};

// Threads: the client's.
class CurlTransfer {
 public:
  // Requires: both outlive it.
  CurlTransfer(HttpRequest request, HttpSink& sink, CurlShared& shared);

  CURL* handle() const { return easy_.get(); }
  const HttpRequest& request() const { return request_; }
  const std::optional<HttpResult>& result() const { return result_; }

  // After libcurl is done with it. True: it was sent on within the same server, and the
  // handle is to be run again.
  bool finish(CURLcode code);

  // Ends it without libcurl.
  void end_stopped();

 private:
  static std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* self);
  static int progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
  static CURLcode open_tls(CURL* handle, void* context, void* self);

  template <typename Value>
  void set(CURLoption option, Value value);
  void set_request();
  void set_limits();
  void set_tls();
  bool read_header(std::string_view line);
  bool begin_body();
  bool add_body(std::span<const std::uint8_t> bytes);
  bool is_redirect() const;
  bool follow();
  HttpFailure failure_of(CURLcode code);

  HttpRequest request_;
  HttpSink& sink_;
  CurlShared& shared_;
  CurlEasy easy_;
  CurlList headers_;
  std::array<char, CURL_ERROR_SIZE> words_{};
  HttpHead head_;
  std::size_t header_bytes_ = 0;
  std::int64_t body_bytes_ = 0;
  bool has_begun_ = false;
  int hops_ = 0;
  std::optional<Instant> dates_judged_by_;  // nothing: they are not
  std::optional<HttpFailure> failure_;      // ours, while libcurl only knows that we said no
  std::optional<HttpResult> result_;
};

}  // namespace conglang::player
