#include "content-server/http/stream_topics.h"

#include <utility>

namespace conglang::server {

void StreamListener::put(const std::string& event) {
  {
    const MutexLock lock(mutex_);
    if (news_.is_too_slow || news_.text.find(event) != std::string::npos) return;
    if (news_.text.size() + event.size() > most_bytes_) {
      news_.is_too_slow = true;
      news_.text.clear();
    } else {
      news_.text += event;
    }
  }
  wake_();
}

void StreamListener::close() {
  {
    const MutexLock lock(mutex_);
    news_.is_closed = true;
  }
  wake_();
}

StreamListener::News StreamListener::take() {
  const MutexLock lock(mutex_);
  News taken = news_;
  news_.text.clear();
  return taken;
}

void StreamTopics::join(const std::vector<std::string>& topics,
                        const std::shared_ptr<StreamListener>& who) {
  bool is_late = false;
  {
    const MutexLock lock(mutex_);
    is_late = is_closed_;
    for (const std::string& topic : topics) topics_[topic].insert(who);
  }
  if (is_late) who->close();
}

void StreamTopics::leave(const std::vector<std::string>& topics,
                         const std::shared_ptr<StreamListener>& who) {
  const MutexLock lock(mutex_);
  for (const std::string& topic : topics) {
    const auto place = topics_.find(topic);
    if (place == topics_.end()) continue;
    place->second.erase(who);
    if (place->second.empty()) topics_.erase(place);
  }
}

void StreamTopics::publish(std::string_view topic, std::string_view event,
                           std::string_view data) {
  Listeners listeners;  // a copy, so that nobody is told under our lock
  {
    const MutexLock lock(mutex_);
    const auto place = topics_.find(topic);
    if (place == topics_.end()) return;
    listeners = place->second;
  }
  const std::string text = event_text(event, data);
  for (const auto& listener : listeners) listener->put(text);
}

void StreamTopics::close_all() {
  Listeners listeners;
  {
    const MutexLock lock(mutex_);
    is_closed_ = true;
    for (const auto& [topic, some] : topics_) listeners.insert(some.begin(), some.end());
  }
  for (const auto& listener : listeners) listener->close();
}

std::string event_text(std::string_view event, std::string_view data) {
  std::string text;
  const auto add_line = [&text](std::string_view name, std::string_view value) {
    text.append(name);
    for (const char c : value) text += c == '\n' || c == '\r' ? ' ' : c;
    text += '\n';
  };
  add_line("event: ", event);
  add_line("data: ", data);
  text += '\n';
  return text;
}

}  // namespace conglang::server
