#include "player/sync/event_stream.h"

#include <utility>

namespace conglang::player {
namespace {

constexpr std::size_t kLongestLine = 8 << 10;
// Who sends more between two looks only repeats itself.
constexpr std::size_t kMostEvents = 64;

}  // namespace

bool EventStream::begin(const HttpHead& head) {
  *this = EventStream();
  is_open_ = head.content_type == "text/event-stream";
  return is_open_;
}

bool EventStream::add(std::span<const std::uint8_t> bytes) {
  is_alive_ = is_alive_ || !bytes.empty();
  for (const std::uint8_t byte : bytes) {
    const char letter = static_cast<char>(byte);
    if (std::exchange(skip_feed_, letter == '\r') && letter == '\n') continue;
    if (letter == '\r' || letter == '\n') {
      end_line();
    } else {
      line_ += letter;
    }
    if (line_.size() > kLongestLine || event_.data.size() > kLongestLine) return false;
  }
  return true;
}

void EventStream::end_line() {
  const std::string line = std::exchange(line_, {});
  if (!line.empty()) {
    const std::size_t colon = line.find(':');
    std::string_view value;
    if (colon != std::string::npos) value = std::string_view(line).substr(colon + 1);
    if (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    read_field(std::string_view(line).substr(0, colon), value);
    return;
  }
  StreamEvent event = std::exchange(event_, {});
  if (!std::exchange(has_data_, false)) return;
  if (event.name.empty()) event.name = "message";
  if (events_.size() < kMostEvents) events_.push_back(std::move(event));
}

void EventStream::read_field(std::string_view name, std::string_view value) {
  if (name == "event") event_.name = value;
  if (name != "data") return;
  if (has_data_) event_.data += '\n';
  event_.data += value;
  has_data_ = true;
}

std::vector<StreamEvent> EventStream::take() { return std::exchange(events_, {}); }

bool EventStream::take_life() { return std::exchange(is_alive_, false); }

}  // namespace conglang::player
