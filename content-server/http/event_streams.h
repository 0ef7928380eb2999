// Wakes whoever listens: one short event to every open stream of a topic.
#pragma once

#include <string>
#include <string_view>

namespace conglang::server {

// Declared here for those who publish; the HTTP server implements it.
//
// Threads: any. Never waits for a slow listener: one that is too far behind is closed and
// comes back by itself.
class EventStreams {
 public:
  virtual ~EventStreams() = default;

  // Requires: `event` is a short word, `data` one line of JSON. Nothing secret: an event
  // only says that there is something to fetch.
  virtual void publish(std::string_view topic, std::string_view event,
                       std::string_view data) = 0;
};

}  // namespace conglang::server
