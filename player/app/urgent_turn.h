// Which urgent message is on the screen, in place of the show.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "player/stage/show.h"
#include "playlists/publication/urgent_message.h"

namespace conglang::player {

// Each of several has the screen for so long before the next.
inline constexpr std::chrono::seconds kUrgentTurn{15};

// Threads: one at a time. Pure: the times come in.
class UrgentTurn {
 public:
  // What is said from now on; those that begin later or have ended may be among them.
  void replace(std::vector<UrgentMessage> messages) { messages_ = std::move(messages); }

  // What the show is to be interrupted with now: nothing when that is so already, and an
  // empty one when the show goes on.
  std::optional<std::optional<Interlude>> next(Instant now, MonotonicTime monotonic);

  // A message is on the screen.
  bool has_turn() const { return !shown_.empty(); }

  // Another card has the screen: next() says it again.
  void forget_turn() { shown_.clear(); }

 private:
  std::vector<UrgentMessage> messages_;
  std::string shown_;  // id of the message on the screen; empty: none
};

}  // namespace conglang::player
