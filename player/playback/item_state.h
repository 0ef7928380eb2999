// The life of one item, from the wish to play it to its single end.
//
// Pure: a table of what may follow what. Whatever happens, an item ends exactly
// once, in `done` or in `failed`; every later event is refused.
#pragma once

#include <string_view>

namespace conglang::player {

enum class ItemState {
  idle,      // wanted, not begun
  opening,   // the file is being checked and opened
  priming,   // the first frames are being decoded
  ready,     // could be shown at the next picture
  playing,   // on the glass
  draining,  // on the glass; everything is decoded, the last frame has its time
  done,      // ended well, or taken back by the stage
  failed,    // ended by a fault
};

enum class ItemEvent { open, opened, primed, start, source_ended, time_over, abandon, fault };

class ItemLife {
 public:
  ItemState state() const { return state_; }
  bool over() const { return state_ == ItemState::done || state_ == ItemState::failed; }

  // True when the event was possible and the state changed.
  bool apply(ItemEvent event);

 private:
  ItemState state_ = ItemState::idle;
  bool source_ended_ = false;  // remembered when it comes before `start`
};

std::string_view to_string(ItemState state);

}  // namespace conglang::player
