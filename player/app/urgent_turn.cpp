#include "player/app/urgent_turn.h"

#include <utility>

namespace conglang::player {
namespace {

Interlude interlude_of(const UrgentMessage& message, Instant now, MonotonicTime monotonic) {
  NoticeCard card;
  card.tone = NoticeTone::urgent;
  card.label = {"Thông báo khẩn", {{"en", "Urgent message"}}};
  card.title = message.title;
  card.text = message.text;
  return {"urgent-" + message.id.text(), std::move(card), monotonic + (message.ends_at - now)};
}

}  // namespace

std::optional<std::optional<Interlude>> UrgentTurn::next(Instant now, MonotonicTime monotonic) {
  std::vector<const UrgentMessage*> active;
  for (const UrgentMessage& message : messages_) {
    if (is_active(message, now)) active.push_back(&message);
  }
  if (active.empty()) {
    if (shown_.empty()) return std::nullopt;
    shown_.clear();
    return std::optional<Interlude>();
  }
  const auto turns = static_cast<std::size_t>(monotonic.time_since_epoch() / kUrgentTurn);
  const UrgentMessage& message = *active[turns % active.size()];
  if (message.id.text() == shown_) return std::nullopt;
  shown_ = message.id.text();
  return interlude_of(message, now, monotonic);
}

}  // namespace conglang::player
