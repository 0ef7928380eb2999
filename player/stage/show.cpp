#include "player/stage/show.h"

#include <utility>

#include "player/sound/sound_source.h"

namespace conglang::player {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

// How long NOW's last frame is held for an item that is not ready (chosen: long enough
// for a slow card reader, short enough that nobody thinks the screen hangs).
constexpr nanoseconds kPatience = 2s;
// NEXT is begun this long before its turn, so that a slow disk is no gap.
constexpr nanoseconds kLead = 5s;
// A video that brings no new frame for so long is given up.
constexpr nanoseconds kFrozen = 1s;
// Nothing could be chosen: look again then.
constexpr nanoseconds kLookAgain = 1s;
// The first item may take this long before the built-in card is shown in its place.
constexpr nanoseconds kFirstPicture = 500ms;
// A turn that is missed by no more than this keeps its planned start.
constexpr int kPeriodsOnTime = 2;

// A still for which nobody said how long.
constexpr Milliseconds kUnknownStill = 8s;
// Shorter, and a cut between two sounds is heard as a click.
constexpr nanoseconds kDeclick = 10ms;
// Sound that accompanies, under talk in the room (chosen by ear: 8 dB below full).
constexpr double kAmbientLevel = 0.4;

double sound_level(const ShowItem& item) {
  const auto* video = std::get_if<ShowVideo>(&item.content);
  if (video == nullptr) return 1;
  switch (video->sound) {
    case SoundUse::none:
      return 0;
    case SoundUse::ambient:
      return kAmbientLevel;
    case SoundUse::full:
      return 1;
  }
  return 0;
}

// Of a local file nobody knows yet whether it moves: its time is meant for a picture.
ItemLength length_of(const ShowItem& item) {
  const nanoseconds time = item.duration.value_or(kUnknownStill);
  if (std::holds_alternative<ShowFile>(item.content) || !item.duration)
    return {std::nullopt, time};
  return {time, time};
}

FitMode fit_of(const ShowItem& item) {
  if (const auto* video = std::get_if<ShowVideo>(&item.content)) return video->fit;
  if (const auto* image = std::get_if<ShowImage>(&item.content)) return image->fit;
  return FitMode::contain;
}

// Prepared stills have their final size; rounding must not scale them by a pixel.
Rect place(const Frame& frame, FitMode fit, const Rect& region) {
  const Size shown = display_size(frame);
  const Rect where =
      fit == FitMode::cover ? fit_over(shown, region) : fit_inside(shown, region);
  if (std::abs(where.width - shown.width) > 1 || std::abs(where.height - shown.height) > 1) {
    return where;
  }
  return {region.x + (region.width - shown.width) / 2,
          region.y + (region.height - shown.height) / 2, shown.width, shown.height};
}

}  // namespace

Show::Show(RunningOrder& order, ShowObserver& observer, BeginPreparation begin,
           ShowSettings settings)
    : order_(order),
      observer_(observer),
      begin_(std::move(begin)),
      settings_(std::move(settings)) {}

Show::~Show() {
  for (auto* slot : {&leaving_, &now_, &next_}) {
    if (*slot) (*slot)->timeline->item().abandon();
  }
}

Rect Show::region() const { return main_region(settings_.layouts, settings_.size); }

Show::SlotState Show::state_of(const Slot& slot) const {
  switch (slot.timeline->item().progress().state) {
    case ItemState::failed:
      return SlotState::failed;
    case ItemState::idle:
    case ItemState::opening:
    case ItemState::priming:
      return SlotState::waiting;
    default:
      return SlotState::ready;
  }
}

nanoseconds Show::fade_into_next() const {
  const bool fades = now_ && next_ &&
                     next_->item.transition.kind == TransitionKind::crossfade &&
                     next_->item.id != now_->item.id && !now_over_at_ && next_->ready_at;
  return fades ? nanoseconds{next_->item.transition.duration} : nanoseconds{0};
}

std::optional<MonotonicTime> Show::turn_of_next() const {
  if (!now_) return empty_since_;
  if (now_over_at_) return now_over_at_;
  const nanoseconds fade = fade_into_next();
  const auto end = fade > 0ns ? now_->timeline->expected_end() : now_->timeline->end();
  if (!end) return std::nullopt;
  return std::max(*end - fade, now_->timeline->started_at());
}

std::optional<MonotonicTime> Show::preparation_due() const {
  if (next_ || leaving_ || finished_) return std::nullopt;
  if (!now_) return ask_order_at_ ? ask_order_at_ : empty_since_;
  const auto end = now_over_at_ ? now_over_at_ : now_->timeline->expected_end();
  const MonotonicTime earliest = now_->timeline->started_at();
  MonotonicTime due = settings_.preroll && end ? std::max(*end - kLead, earliest) : earliest;
  if (!settings_.preroll) {
    if (!now_over_at_) return std::nullopt;
    due = *now_over_at_;
  }
  return ask_order_at_ ? std::max(*ask_order_at_, due) : due;
}

// True for a still that comes again right after itself.
bool Show::follows_itself(const ShowItem& chosen) const {
  const auto facts = now_->timeline->item().progress().facts;
  const Rect where = region();
  return facts && facts->is_still && chosen.id == now_->item.id &&
         now_->prepared_for == Size{where.width, where.height};
}

void Show::prepare_next(MonotonicTime at) {
  const auto due = preparation_due();
  if (!due || *due > at) return;
  const auto chosen = order_.next(last_chosen_ ? &*last_chosen_ : nullptr, at);
  if (!chosen) {
    ask_order_at_ = at + kLookAgain;
    return;
  }
  const Rect where = region();
  if (now_ && !now_over_at_ && follows_itself(*chosen)) {
    ask_order_at_ = now_->timeline->end();  // see repeat_still()
    return;
  }
  auto item =
      begin_(*chosen, {where.width, where.height}, now_ ? Priming::full : Priming::first_frame);
  if (!item) return;  // every place is taken: at the next picture
  ask_order_at_.reset();
  chosen_before_ = std::exchange(last_chosen_, chosen);
  next_.emplace();
  next_->item = *chosen;
  next_->prepared_for = {where.width, where.height};
  next_->timeline = std::make_unique<ItemTimeline>(std::move(item), length_of(*chosen));
}

void Show::drop_next(MonotonicTime at, const Error& error, bool too_late) {
  observer_.fault({next_->item, error, too_late, false});
  order_.failed(next_->item, at);
  next_->timeline->item().abandon();
  next_.reset();
}

void Show::look_at_next(MonotonicTime at) {
  if (!next_) return;
  switch (state_of(*next_)) {
    case SlotState::failed:
      drop_next(at, *next_->timeline->item().progress().error, false);
      return;
    case SlotState::ready:
      if (!next_->ready_at) next_->ready_at = at;
      return;
    case SlotState::waiting:
      give_up_when_late(at);
      return;
  }
}

void Show::give_up_when_late(MonotonicTime at) {
  const auto turn = turn_of_next();
  if (!turn || at - *turn < kPatience) return;
  const Error error{ErrorKind::stopped, next_->item.name + ": not ready 2 s after its turn"};
  drop_next(at, error, true);
  // The item after it has its own two seconds.
  if (now_over_at_) now_over_at_ = at;
  if (empty_since_) empty_since_ = at;
}

void Show::look_at_now(MonotonicTime at) {
  if (!now_ || now_over_at_) return;
  const PreparedProgress progress = now_->timeline->item().progress();
  std::optional<Error> error = progress.error;
  if (!error && now_->timeline->starved(at) > kFrozen) {
    error = Error{ErrorKind::stopped, now_->item.name + ": no new frame for 1 s"};
  }
  if (!error) return;
  observer_.fault({now_->item, *error, false, true});
  order_.failed(now_->item, at);
  finish_now(at, ItemOutcome::cut_short, error->message);
}

void Show::report_end(const Slot& slot, MonotonicTime at, ItemOutcome outcome,
                      const std::string& reason) {
  if (outcome == ItemOutcome::completed) order_.succeeded(slot.item);
  const ItemTimeline& timeline = *slot.timeline;
  observer_.ended({slot.item, timeline.started_at(), at, timeline.counters(), outcome, reason});
}

// NOW's time is over; its last frame stays until NEXT begins.
void Show::finish_now(MonotonicTime at, ItemOutcome outcome, const std::string& reason) {
  if (now_over_at_) return;
  now_over_at_ = at;
  report_end(*now_, at, outcome, reason);
}

void Show::begin_next(MonotonicTime due, MonotonicTime at) {
  const bool on_time = at - due <= kPeriodsOnTime * settings_.period;
  const MonotonicTime start = on_time ? due : at;
  const nanoseconds fade = fade_into_next();
  observer_.switched({now_ ? now_->item.name : std::string(), next_->item.name, due, at,
                      due - *next_->ready_at});
  next_->timeline->start(start);
  if (const auto& sound = next_->timeline->item().sound()) {
    sound->fade({start, std::max(fade, kDeclick), sound_level(next_->item)});
  }
  if (now_) {
    if (const auto& old = now_->timeline->item().sound()) {
      old->fade({start, std::max(fade, kDeclick), 0});
    }
    if (fade > 0ns) {
      fade_from_ = start;
      fade_until_ = start + fade;
      leaving_ = std::move(now_);
    } else {
      finish_now(start, ItemOutcome::completed, "");
      now_->timeline->item().time_over();
    }
  }
  now_ = std::move(next_);
  next_.reset();
  now_over_at_.reset();
  empty_since_.reset();
}

// One still that follows itself stays as it is: nothing is decoded or drawn again.
void Show::repeat_still(MonotonicTime at) {
  if (next_ || now_over_at_ || leaving_) return;
  const auto end = now_->timeline->end();
  if (!end || *end > at + settings_.period / 2) return;
  const auto chosen = order_.next(&now_->item, at);
  if (!chosen || !follows_itself(*chosen)) return;
  report_end(*now_, *end, ItemOutcome::completed, "");
  ask_order_at_.reset();
  now_->timeline->begin_again(*end);
}

void Show::switch_when_due(MonotonicTime at) {
  const nanoseconds half = settings_.period / 2;
  if (leaving_ && at + half >= *fade_until_) {
    report_end(*leaving_, *fade_until_, ItemOutcome::completed, "");
    leaving_->timeline->item().time_over();
    leaving_.reset();
    fade_from_.reset();
    fade_until_.reset();
  }
  const auto turn = turn_of_next();
  if (!turn || at + half < *turn || leaving_) return;
  if (next_ && next_->ready_at) {
    begin_next(*turn, at);
    return;
  }
  if (now_) finish_now(*turn, ItemOutcome::completed, "");
  if (next_ || !now_) return;
  if (order_.over()) {
    finished_ = true;
  } else if (ask_order_at_) {  // nothing is left to show
    now_->timeline->item().time_over();
    now_.reset();
    now_over_at_.reset();
    empty_since_ = at;
  }
}

void Show::advance(MonotonicTime at) {
  if (finished_) return;
  if (!now_ && !empty_since_) empty_since_ = at;
  look_at_now(at);
  look_at_next(at);
  if (now_) repeat_still(at);
  prepare_next(at);
  look_at_next(at);
  switch_when_due(at);
  prepare_next(at);
  if (!now_ && !next_ && order_.over()) finished_ = true;
}

void Show::draw_slot(Slot& slot, MonotonicTime at, float opacity, ShowPicture& picture) {
  const TimedFrame* frame = slot.timeline->frame_at(at, settings_.period / 2);
  if (frame == nullptr) return;
  const Rect clip = region();
  picture.list.commands.emplace_back(
      DrawPicture{frame->frame, place(*frame->frame, fit_of(slot.item), clip), clip, opacity});
  picture.item = slot.item.name;
  picture.frame = frame->number;
  picture.pts = frame->pts;
  picture.queued = slot.timeline->item().queued_frames();
}

void Show::resize(Size size) {
  settings_.size = size;
  const Rect where = region();
  if (!next_ || next_->prepared_for == Size{where.width, where.height}) return;
  const auto facts = next_->timeline->item().progress().facts;
  const bool moves =
      std::holds_alternative<ShowVideo>(next_->item.content) || (facts && !facts->is_still);
  if (moves) return;
  next_->timeline->item().abandon();
  next_.reset();
  last_chosen_ = chosen_before_;
}

// Nothing is playing. The background alone is enough while the first item is on its way.
void Show::draw_fallback(MonotonicTime at, ShowPicture& picture) {
  const Rect all = whole(settings_.size);
  picture.list.commands.emplace_back(DrawFill{all, settings_.background});
  const bool on_its_way =
      !ask_order_at_ && (!empty_since_ || at - *empty_since_ < kFirstPicture);
  if (on_its_way) return;
  picture.item = "built-in card";
  if (!fallback_item_ && begin_fallback_) fallback_item_ = begin_fallback_(settings_.size);
  if (!fallback_ && fallback_item_) {
    if (auto card = fallback_item_->take_frame()) fallback_ = std::move(card->frame);
  }
  if (fallback_) {
    picture.list.commands.emplace_back(
        DrawPicture{fallback_, fit_inside(display_size(*fallback_), all), all, 1});
  }
}

ShowPicture Show::compose(MonotonicTime at) {
  advance(at);
  ShowPicture picture;
  picture.list.size = settings_.size;
  if (!now_) {
    draw_fallback(at, picture);
    return picture;
  }
  picture.list.commands.emplace_back(DrawFill{whole(settings_.size), settings_.background});
  float opacity = 1;
  if (leaving_) {
    draw_slot(*leaving_, at, 1, picture);
    const double part = std::chrono::duration<double>(at - *fade_from_) /
                        std::chrono::duration<double>(*fade_until_ - *fade_from_);
    opacity = static_cast<float>(std::clamp(part, 0.0, 1.0));
    picture.fading = true;
  }
  draw_slot(*now_, at, opacity, picture);
  return picture;
}

MonotonicTime Show::next_change(MonotonicTime after) {
  const MonotonicTime next_picture = after + settings_.period;
  const bool not_begun = !now_ && !empty_since_;
  if (not_begun) return after;
  if (leaving_) return next_picture;
  MonotonicTime due = after + std::chrono::hours{1};
  const auto consider = [&](std::optional<MonotonicTime> moment) {
    if (moment) due = std::min(due, std::max(*moment, next_picture));
  };
  // A preparation that went on since the last picture is looked at with the next one.
  const bool news = (next_ && !next_->ready_at && state_of(*next_) != SlotState::waiting) ||
                    (now_ && !now_over_at_ && state_of(*now_) == SlotState::failed);
  if (news) return now_ ? next_picture : after;
  if (now_ && !now_over_at_) consider(now_->timeline->next_frame_due());
  if (now_ && !now_over_at_) consider(now_->timeline->end());
  consider(preparation_due());
  if (next_ && !next_->ready_at) {
    if (const auto turn = turn_of_next()) consider(*turn + kPatience);
    if (empty_since_) consider(*empty_since_ + kFirstPicture);
  } else if (next_) {
    consider(turn_of_next());
  }
  if (now_over_at_) consider(next_picture);
  if (fallback_item_ && !fallback_ && !now_) consider(next_picture);
  return due;
}

void Show::interrupt(MonotonicTime at) {
  if (leaving_) report_end(*leaving_, at, ItemOutcome::interrupted, "the show was ended");
  if (now_) finish_now(at, ItemOutcome::interrupted, "the show was ended");
  finished_ = true;
}

}  // namespace conglang::player
