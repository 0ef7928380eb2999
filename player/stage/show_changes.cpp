#include <utility>

#include "player/sound/sound_source.h"
#include "player/stage/show.h"
#include "player/stage/show_times.h"

namespace conglang::player {
namespace {

// NEXT of the old programme is kept when it is nearly its turn: what would come in its place
// might be late.
constexpr std::chrono::seconds kTimeToReplace{2};

}  // namespace

void Show::cancel_next() {
  next_->timeline->item().abandon();
  next_.reset();
  last_chosen_ = chosen_before_;
}

// Reports what is on the glass as interrupted, once, and silences it.
void Show::end_early(Slot& slot, MonotonicTime at, const std::string& reason) {
  report_end(slot, at, ItemOutcome::interrupted, reason);
  if (const auto& sound = slot.timeline->item().sound()) sound->fade({at, kDeclick, 0});
  slot.timeline->item().time_over();
}

void Show::drop_leaving(MonotonicTime at, const std::string& reason) {
  if (!leaving_) return;
  end_early(*leaving_, at, reason);
  leaving_.reset();
  fade_from_.reset();
  fade_until_.reset();
}

void Show::drop_now(MonotonicTime at, const std::string& reason) {
  if (!now_) return;
  if (now_over_at_) {
    now_->timeline->item().time_over();
  } else {
    end_early(*now_, at, reason);
  }
  now_.reset();
  now_over_at_.reset();
  ask_order_at_.reset();
  empty_since_ = at;
}

// What waits for its turn gives way to what the order would choose now, if there is time.
void Show::replace_next(MonotonicTime at) {
  if (!next_) return;
  const bool goes_on = now_ && !now_over_at_;
  const auto turn = goes_on ? now_->timeline->expected_end() : turn_of_next();
  if (turn && *turn - at < kTimeToReplace) return;
  const auto chosen = order_.next(now_ ? &now_->item : nullptr, at);
  const bool is_it = chosen && chosen->id == next_->item.id &&
                     order_.programme_of(*chosen) == next_->programme;
  if (!is_it) cancel_next();
}

void Show::programme_changed(MonotonicTime at, Adoption adoption) {
  ask_order_at_.reset();
  if (adoption == Adoption::at_boundary) return replace_next(at);
  if (next_ && !order_.may_show(next_->item)) cancel_next();
  if (resumed_ && !order_.may_show(*resumed_)) resumed_.reset();
  if (leaving_ && !order_.may_show(leaving_->item)) drop_leaving(at, "taken down");
  if (!now_ || order_.may_show(now_->item)) return;
  drop_leaving(at, "taken down");
  look_at_next(at);
  drop_now(at, "taken down");
  was_cut_ = true;
  if (next_ && next_->ready_at) begin_next(at, at);
}

std::optional<ShowItem> Show::choose_next(MonotonicTime at) {
  if (resumed_) return resumed_;
  return order_.next(last_chosen_ ? &*last_chosen_ : nullptr, at);
}

void Show::show_interlude(std::optional<Interlude> interlude, MonotonicTime at) {
  if (interlude && interlude_ && interlude->name == interlude_->name) {
    interlude_->until = interlude->until;
    return;
  }
  if (interlude_item_) std::exchange(interlude_item_, nullptr)->abandon();
  interlude_ = std::move(interlude);
  if (!interlude_ && interlude_picture_ && !now_) empty_since_ = at;
  if (!interlude_) return;
  if (interlude_name_ == interlude_->name) interlude_name_.clear();
  if (begin_card_) interlude_item_ = begin_card_(interlude_->card, settings_.size);
}

// What was on the glass comes again when the interlude is over.
void Show::pause_for_interlude(MonotonicTime at) {
  drop_leaving(at, interlude_->name);
  if (now_ && !now_over_at_) resumed_ = now_->item;
  if (next_) cancel_next();
  drop_now(at, interlude_->name);
}

void Show::set_dark(bool dark, MonotonicTime at) {
  if (std::exchange(dark_, dark) == dark) return;
  black_is_drawn_ = false;
  if (!dark) {
    empty_since_ = at;
    return;
  }
  drop_leaving(at, "the display was switched off");
  if (next_) cancel_next();
  drop_now(at, "the display was switched off");
  resumed_.reset();
  interlude_picture_.reset();
  interlude_name_.clear();
}

void Show::advance_interlude(MonotonicTime at) {
  if (now_ && !interlude_) interlude_picture_.reset();
  if (!interlude_) return;
  if (at + settings_.period / 2 >= interlude_->until) {
    show_interlude(std::nullopt, at);
    return;
  }
  if (interlude_name_ != interlude_->name) {
    if (!interlude_item_ && begin_card_) {
      interlude_item_ = begin_card_(interlude_->card, settings_.size);
    }
    if (interlude_item_ && interlude_item_->progress().state == ItemState::failed) {
      ShowItem broken;
      broken.name = interlude_->name;
      observer_.fault({broken, *interlude_item_->progress().error, false, false, ""});
      interlude_item_.reset();
      interlude_.reset();
      return;
    }
    auto card = interlude_item_ ? interlude_item_->take_frame() : std::nullopt;
    if (!card) return;
    pause_for_interlude(at);
    interlude_picture_ = std::move(card->frame);
    interlude_name_ = interlude_->name;
    std::exchange(interlude_item_, nullptr)->abandon();
  }
  if (!now_) empty_since_ = interlude_->until;
}

}  // namespace conglang::player
