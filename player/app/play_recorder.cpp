#include "player/app/play_recorder.h"

#include <utility>

namespace conglang::player {
namespace {

PlayOutcome outcome_of(ItemOutcome outcome) {
  switch (outcome) {
    case ItemOutcome::completed:
      return PlayOutcome::completed;
    case ItemOutcome::cut_short:
      return PlayOutcome::failed;
    case ItemOutcome::interrupted:
      return PlayOutcome::interrupted;
  }
  return PlayOutcome::failed;
}

}  // namespace

void PlayRecorder::add_record(PlayRecord record, const ShowItem& item) {
  record.item = item.id;
  record.asset = item.name;
  record.region = "main";
  record.clock_trust = to_string(parts_.trust);
  record.started_wall = parts_.clock.now() - std::chrono::duration_cast<Milliseconds>(
                                                 parts_.clock.monotonic() - record.started);
  parts_.log.add(std::move(record));
}

void PlayRecorder::ended(const EndedItem& item) {
  PlayRecord record;
  record.started = item.started;
  record.shown = std::chrono::duration_cast<Milliseconds>(item.ended - item.started);
  record.frames_shown = item.frames.shown;
  record.frames_late = item.frames.late + item.frames.skipped;
  record.outcome = outcome_of(item.outcome);
  record.reason = item.reason;
  record.programme_version = item.programme_version;
  add_record(std::move(record), item.item);
  if (item.outcome == ItemOutcome::cut_short) return;
  ++shown_;
  told_.erase(item.item.id.text());
}

void PlayRecorder::fault(const ItemFault& fault) {
  ++faults_;
  if (!told_.insert(fault.item.id.text()).second) return;
  const EventKind kind =
      fault.came_too_late ? EventKind::too_late : event_kind_of(fault.error.kind);
  parts_.tell({kind, fault.item.name, fault.error.message});
  if (fault.was_shown) return;  // ended() makes the record
  PlayRecord record;
  record.started = parts_.clock.monotonic();
  record.outcome = PlayOutcome::skipped;
  record.reason = fault.error.message;
  record.programme_version = fault.programme_version;
  add_record(std::move(record), fault.item);
}

}  // namespace conglang::player
