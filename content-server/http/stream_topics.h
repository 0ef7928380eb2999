// Who listens to which topic, and what each still has to be told.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/mutex.h"

namespace conglang::server {

// One open stream of events: a bounded bag of text between who publishes and who sends.
//
// Threads: any.
class StreamListener {
 public:
  // `wake` is called, from any thread and with no lock held, when there is something to take.
  StreamListener(std::size_t most_bytes, std::function<void()> wake)
      : most_bytes_(most_bytes), wake_(std::move(wake)) {}

  // An event that already waits is not put in twice: all it says is that there is news.
  // One too many closes the stream.
  void put(const std::string& event);
  void close();

  struct News {
    std::string text;
    bool is_closed = false;    // by the server that ends
    bool is_too_slow = false;  // events were lost: the client must come back
  };
  News take();

 private:
  const std::size_t most_bytes_;
  const std::function<void()> wake_;
  Mutex mutex_;
  News news_ CONGLANG_GUARDED_BY(mutex_);
};

// Threads: any.
class StreamTopics {
 public:
  void join(const std::vector<std::string>& topics, const std::shared_ptr<StreamListener>& who);
  void leave(const std::vector<std::string>& topics,
             const std::shared_ptr<StreamListener>& who);

  void publish(std::string_view topic, std::string_view event, std::string_view data);

  // Every listener now, and each that joins later.
  void close_all();

 private:
  using Listeners = std::set<std::shared_ptr<StreamListener>>;
  Mutex mutex_;
  std::map<std::string, Listeners, std::less<>> topics_ CONGLANG_GUARDED_BY(mutex_);
  bool is_closed_ CONGLANG_GUARDED_BY(mutex_) = false;
};

// "event: look\ndata: {}\n\n". A line break inside becomes a space.
std::string event_text(std::string_view event, std::string_view data);

}  // namespace conglang::server
