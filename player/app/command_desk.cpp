#include "player/app/command_desk.h"

#include <utility>

#include "player/app/identify_card.h"
#include "player/app/kept_volume.h"
#include "player/report/record_store.h"
#include "playlists/wire/read_body.h"

namespace conglang::player {
namespace {

constexpr std::chrono::seconds kIdentifyTime{10};

}  // namespace

void CommandDesk::obey(const Command& command, const CommandReach& reach) {
  switch (command.kind) {
    case CommandKind::identify:
      identify(reach.show);
      return finish({command.id, CommandOutcome::done, ""});
    case CommandKind::screenshot:
      return take_picture(command, reach);
    case CommandKind::refresh:
      reach.look_now();
      return finish({command.id, CommandOutcome::done, ""});
    case CommandKind::restart:
      wants_restart_ = true;
      return reach.show.end();  // its result is told by the next start
    case CommandKind::volume:
      return finish(turn_volume(command, reach.show));
    case CommandKind::display_on:
    case CommandKind::display_off:
      return switch_display(command, reach);
  }
}

void CommandDesk::finish(const CommandResult& result) {
  CommandResult told = result;  // in which a disk, for one, had a word
  told.detail = wire_text(result.detail, wire_bounds::kTextCharacters);
  parts_.memory.finish(told);
  has_results_ = true;
}

void CommandDesk::identify(ShowControl& show) {
  identified_until_ = parts_.clock.monotonic() + kIdentifyTime;
  show.interrupt(Interlude{"identify", identify_card(parts_.enrolment), identified_until_});
}

CommandResult CommandDesk::turn_volume(const Command& command, ShowControl& show) {
  if (command.argument < 0 || command.argument > kFullVolume) {
    return {command.id, CommandOutcome::failed, "volume: not 0 to 100"};
  }
  const int percent = static_cast<int>(command.argument);
  show.set_volume(percent);
  if (const Status kept = save_volume(parts_.folder, percent); !kept) {
    return {command.id, CommandOutcome::failed,
            "it holds until the next start only: " + kept.error().message};
  }
  return {command.id, CommandOutcome::done,
          parts_.is_mute ? "kept; this player was started with --mute and stays silent" : ""};
}

// Its result follows the picture.
void CommandDesk::take_picture(const Command& command, const CommandReach& reach) {
  const bool waits =
      reach.show.take_picture([this, wake = reach.wake, id = command.id](FramePtr picture) {
        taken_.try_push({id, std::move(picture)});
        wake();
      });
  if (!waits) finish({command.id, CommandOutcome::failed, "too many pictures wait"});
}

void CommandDesk::switch_display(const Command& command, const CommandReach& reach) {
  const bool on = command.kind == CommandKind::display_on;
  const bool waits = reach.show.switch_display(
      {on, [this, wake = reach.wake, id = command.id, on](const Status& power) {
         switched_.try_push({id, on, power});
         wake();
       }});
  if (!waits) finish({command.id, CommandOutcome::failed, "too many such commands wait"});
}

bool CommandDesk::collect() {
  while (const auto taken = taken_.try_pop()) keep_picture(*taken);
  while (const auto switched = switched_.try_pop()) tell_display(*switched);
  return std::exchange(has_results_, false);
}

void CommandDesk::keep_picture(const TakenPicture& taken) {
  if (!taken.picture) {
    return finish({taken.command, CommandOutcome::failed, "the screen gave no picture"});
  }
  const Status kept = parts_.pictures.add(taken.command, *taken.picture);
  finish(kept ? CommandResult{taken.command, CommandOutcome::done, ""}
              : CommandResult{taken.command, CommandOutcome::failed, kept.error().message});
}

void CommandDesk::tell_display(const SwitchedDisplay& switched) {
  // The officer must not take a dark screen for a fault, nor forget it.
  parts_.tell(switched.on ? SyncEvent{"recovered", "display", ""}
                          : SyncEvent{"display-off", "display", "the office asked for it"});
  const bool power_stays = !switched.power && !switched.on;
  finish({switched.command, CommandOutcome::done,
          power_stays ? "plain black: " + switched.power.error().message : ""});
}

}  // namespace conglang::player
