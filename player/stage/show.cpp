#include "player/stage/show.h"

#include <utility>

#include "player/sound/sound_source.h"
#include "player/stage/show_times.h"

namespace conglang::player {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

// NEXT is begun this long before its turn, so that a slow disk is no gap.
constexpr nanoseconds kLead = 5s;
// A video that brings no new frame for so long is given up.
constexpr nanoseconds kFrozen = 1s;
// Nothing could be chosen: look again then.
constexpr nanoseconds kLookAgain = 1s;
// A turn that is missed by no more than this keeps its planned start.
constexpr int kPeriodsOnTime = 2;

// A still for which nobody said how long.
constexpr Milliseconds kUnknownStill = 8s;
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

std::string version_of(const std::shared_ptr<const Programme>& programme) {
  return programme ? programme->version : std::string();
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

Rect Show::region_of(const Programme* programme) const {
  return main_region(programme != nullptr ? programme->layouts : settings_.layouts,
                     settings_.size);
}

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
  if (interlude_is_on())
    return std::max(interlude_->until - kLead, ask_order_at_.value_or(MonotonicTime{}));
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
  const Rect where = region_of(now_->programme.get());
  return facts && facts->is_still && chosen.id == now_->item.id &&
         order_.programme_of(chosen) == now_->programme &&
         now_->prepared_for == Size{where.width, where.height};
}

void Show::prepare_next(MonotonicTime at) {
  const auto due = preparation_due();
  if (!due || *due > at) return;
  const auto chosen = choose_next(at);
  if (!chosen) {
    ask_order_at_ = at + kLookAgain;
    return;
  }
  const auto programme = order_.programme_of(*chosen);
  const Rect where = region_of(programme.get());
  if (now_ && !now_over_at_ && follows_itself(*chosen)) {
    ask_order_at_ = now_->timeline->end();  // see repeat_still()
    return;
  }
  auto item =
      begin_(*chosen, {where.width, where.height}, now_ ? Priming::full : Priming::first_frame);
  if (!item) return;  // every place is taken: at the next picture
  ask_order_at_.reset();
  resumed_.reset();
  chosen_before_ = std::exchange(last_chosen_, chosen);
  next_.emplace();
  next_->item = *chosen;
  next_->programme = programme;
  next_->prepared_for = {where.width, where.height};
  next_->timeline = std::make_unique<ItemTimeline>(std::move(item), length_of(*chosen));
}

void Show::drop_next(MonotonicTime at, const Error& error, bool too_late) {
  observer_.fault({next_->item, error, too_late, false, version_of(next_->programme)});
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
  observer_.fault({now_->item, *error, false, true, version_of(now_->programme)});
  order_.failed(now_->item, at);
  finish_now(at, ItemOutcome::cut_short, error->message);
}

void Show::report_end(const Slot& slot, MonotonicTime at, ItemOutcome outcome,
                      const std::string& reason) {
  if (outcome == ItemOutcome::completed) order_.succeeded(slot.item);
  const ItemTimeline& timeline = *slot.timeline;
  observer_.ended({slot.item, timeline.started_at(), at, timeline.counters(), outcome, reason,
                   version_of(slot.programme)});
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
  was_cut_ = false;
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
  advance_interlude(at);
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

void Show::resize(Size size) {
  settings_.size = size;
  if (!next_) return;
  const Rect where = region_of(next_->programme.get());
  if (next_->prepared_for == Size{where.width, where.height}) return;
  const auto facts = next_->timeline->item().progress().facts;
  const bool moves =
      std::holds_alternative<ShowVideo>(next_->item.content) || (facts && !facts->is_still);
  if (!moves) cancel_next();
}

MonotonicTime Show::next_change(MonotonicTime after) {
  const MonotonicTime next_picture = after + settings_.period;
  if (dark_) return black_is_drawn_ ? after + std::chrono::hours{1} : next_picture;
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
  if (interlude_) consider(interlude_->until);
  if (interlude_ && interlude_->name != interlude_name_ &&
      (!interlude_item_ || interlude_item_->queued_frames() > 0)) {
    consider(next_picture);
  }
  if (interlude_picture_ && !interlude_) consider(next_picture);
  if (fallback_item_ && !fallback_ && !now_) consider(next_picture);
  return due;
}

void Show::interrupt(MonotonicTime at) {
  if (leaving_) report_end(*leaving_, at, ItemOutcome::interrupted, "the show was ended");
  if (now_) finish_now(at, ItemOutcome::interrupted, "the show was ended");
  finished_ = true;
}

}  // namespace conglang::player
