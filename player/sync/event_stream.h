// Reads server-sent events, piece by piece.
//
// They only say "look now": what is to be seen is asked for and proven on its own, so a
// stranger in the stream can cost a request and nothing else.
// Source: HTML Living Standard, 9.2.6 "Interpreting an event stream".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "player/sync/http_client.h"

namespace conglang::player {

struct StreamEvent {
  std::string name;  // "message" when the server gave none
  std::string data;

  bool operator==(const StreamEvent&) const = default;
};

// Threads: one at a time.
class EventStream : public HttpSink {
 public:
  bool begin(const HttpHead& head) override;
  // False once a line or an event is longer than any of ours (8 KiB).
  bool add(std::span<const std::uint8_t> bytes) override;

  bool is_open() const { return is_open_; }

  // What came since the last call.
  std::vector<StreamEvent> take();
  // Whether anything came since the last call, were it only a comment that keeps it open.
  bool take_life();

 private:
  void end_line();
  void read_field(std::string_view name, std::string_view value);

  std::string line_;
  bool skip_feed_ = false;  // of "\r\n"
  StreamEvent event_;
  bool has_data_ = false;
  std::vector<StreamEvent> events_;
  bool is_open_ = false;
  bool is_alive_ = false;
};

}  // namespace conglang::player
