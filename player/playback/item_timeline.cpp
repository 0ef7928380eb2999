#include "player/playback/item_timeline.h"

#include <utility>

#include "player/sound/sound_source.h"
#include "playlists/base/check.h"

namespace conglang::player {
namespace {

using std::chrono::nanoseconds;

// Further behind than this, catching up would be a sprint; mpv draws the line here too.
constexpr nanoseconds kHopeless = std::chrono::milliseconds{200};

}  // namespace

ItemTimeline::ItemTimeline(std::shared_ptr<PreparedItem> item, const ItemLength& length)
    : item_(std::move(item)), length_(length) {}

void ItemTimeline::start(MonotonicTime at) {
  check(item_->start(), "only a ready item is started");
  start_ = at;
  if (item_->sound()) item_->sound()->start_at(at);
}

void ItemTimeline::look_ahead() {
  if (!next_) next_ = item_->take_frame();
}

void ItemTimeline::take_next() {
  if (current_ && !current_was_shown_) ++counters_.skipped;
  current_ = std::move(next_);
  next_.reset();
  current_was_shown_ = false;
  look_ahead();
}

void ItemTimeline::rebase_if_hopeless(MonotonicTime at) {
  if (!current_ || !next_) return;
  const nanoseconds behind = at - (*start_ + next_->pts);
  // With frames waiting it was the picture that paused, not the decoder.
  if (behind < kHopeless || item_->queued_frames() > 1) return;
  ++counters_.rebased;
  *start_ += behind;
  if (item_->sound()) item_->sound()->start_at(*start_);
}

const TimedFrame* ItemTimeline::frame_at(MonotonicTime at, nanoseconds tolerance) {
  look_ahead();
  if (start_) {
    rebase_if_hopeless(at);
    while (next_ && (!current_ || *start_ + next_->pts <= at + tolerance)) take_next();
    if (starved(at) > tolerance) ++counters_.late;
  } else if (!current_ && next_) {
    take_next();
  }
  if (!current_) return nullptr;
  if (start_ && !std::exchange(current_was_shown_, true)) ++counters_.shown;
  return &*current_;
}

nanoseconds ItemTimeline::starved(MonotonicTime at) const {
  if (!start_ || next_ || !current_ || item_->progress().source_ended) return nanoseconds{0};
  return std::max(nanoseconds{0}, at - (*start_ + current_->pts + current_->duration));
}

std::optional<MonotonicTime> ItemTimeline::end() const {
  if (!start_) return std::nullopt;
  const PreparedProgress progress = item_->progress();
  const bool still = progress.facts && progress.facts->is_still;
  if (still) return *start_ + length_.at_most.value_or(length_.of_still);

  std::optional<MonotonicTime> source_end;
  if (progress.source_ended && current_ && !next_ && item_->queued_frames() == 0) {
    source_end = *start_ + current_->pts + current_->duration;
  }
  if (!length_.at_most) return source_end;
  const MonotonicTime planned = *start_ + *length_.at_most;
  return source_end ? std::min(*source_end, planned) : planned;
}

std::optional<MonotonicTime> ItemTimeline::expected_end() const {
  if (const auto known = end()) return known;
  const PreparedProgress progress = item_->progress();
  if (!start_ || !progress.facts || !progress.facts->duration) return std::nullopt;
  return *start_ + *progress.facts->duration;
}

std::optional<MonotonicTime> ItemTimeline::next_frame_due() {
  if (!start_) return std::nullopt;
  look_ahead();
  if (next_) return *start_ + next_->pts;
  const PreparedProgress progress = item_->progress();
  if (progress.source_ended || !current_) return std::nullopt;
  return *start_ + current_->pts + current_->duration;
}

}  // namespace conglang::player
