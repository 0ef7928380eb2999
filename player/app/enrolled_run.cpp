#include "player/app/enrolled_run.h"

#include <algorithm>
#include <iostream>
#include <optional>
#include <random>

#include "player/app/checked_files.h"
#include "player/app/held_data_folder.h"
#include "player/app/kept_strikes.h"
#include "player/app/kept_volume.h"
#include "player/app/kiosk_link.h"
#include "player/app/programme_events.h"
#include "player/identity/identity_files.h"
#include "player/platform/system_clock.h"
#include "player/platform/time_synchronised.h"
#include "player/store/content_disk.h"
#include "player/store/posix_state_folder.h"

namespace conglang::player {
namespace {

int fail(const std::string& message) {
  std::cerr << "conglang-player: " << message << "\n";
  return 1;
}

// A kiosk whose memory of it is damaged is loud rather than silent: somebody notices.
int kept_volume(StateFolder& folder, EventPrinter& events) {
  const auto kept = load_volume(folder);
  if (kept) return *kept;
  events.print({event_kind_of(kept.error().kind), "volume", kept.error().message});
  return kFullVolume;
}

// What keeps this kiosk from its programme, on a screen that is not black: the built-in card
// for a minute, then the service starts it again, and perhaps it works then.
int show_trouble(const RunOptions& options, EventPrinter& events, const Error& error) {
  constexpr Milliseconds kWhile{60'000};
  events.print({event_kind_of(error.kind), options.show.data_dir, error.message});
  SessionPlan plan;
  plan.kiosk = true;
  plan.title = "Cổng Làng";
  plan.background = plan.card_style.background;
  ShowOptions show = options.show;
  show.data_dir.clear();
  show.exit_after = std::min(show.exit_after.value_or(kWhile), kWhile);
  const SystemClock clock;
  const auto end = run_session(plan, show, clock, events);
  return end ? 1 : fail(end.error().message);
}

// Nothing when it is lost: what is on the disk is shown, and hidden, all the same.
std::optional<LoadedIdentity> identity_of(StateFolder& folder, EventPrinter& events) {
  auto identity = load_identity(folder, NewIdentity::refused, random_bytes);
  if (!identity) {
    const Error& error = identity.error();
    events.print(error.code.empty() ? to_string(error.kind) : error.code, "identity",
                 error.message);
    return std::nullopt;
  }
  if (identity->was_mended) {
    events.print("identity-mended", "identity", "one of its copies was not good");
  }
  if (const auto& failed = identity->mending_failed) {
    events.print({event_kind_of(failed->kind), "identity", failed->message});
  }
  return std::move(*identity);
}

int play(const RunOptions& options, PosixStateFolder& folder, Enrolment enrolment,
         EventPrinter& events) {
  const auto identity = identity_of(folder, events);
  const std::string repository = options.show.data_dir + "/repository";
  auto disk = ContentDisk::open(repository);
  if (!disk) return show_trouble(options, events, disk.error());
  auto store = ContentStore::open(*disk, options.content);
  if (!store) return show_trouble(options, events, store.error());

  const SystemClock machine;
  OfficeClock clock(machine);
  CheckedFiles checked;
  KioskLink link({options, enrolment, identity ? &identity->key : nullptr, folder, *disk,
                  *store, clock, events});
  const LoadOutcome outcome = link.start();
  SessionPlan plan =
      plan_of(outcome, find_assets(RepositoryFiles(repository), outcome), events);
  plan.current = plan.previous = nullptr;  // follows from the link
  plan.trust = link.trust();
  plan.volume = kept_volume(folder, events);
  KeptStrikes strikes(options.show.data_dir, clock, events);
  strikes.give_to(plan);
  plan.check_file = [&checked](const HeldFile& file) { return checked.check(file); };
  plan.glass = &link.glass();
  plan.bring_news = [&link](std::stop_token stop, ShowControl& show) {
    link.run(std::move(stop), show);
  };
  const auto end = run_session(plan, options.show, clock, events);
  if (!end) return fail(end.error().message);
  return link.wants_restart() ? kRestartExitCode : 0;
}

}  // namespace

int run_enrolled(const RunOptions& options) {
  const std::string& data = options.show.data_dir;
  if (data.empty()) return fail("run: --data is needed, or --repository and --root");
  auto folder = PosixStateFolder::open(data);
  EventPrinter events;
  if (!folder) return show_trouble(options, events, folder.error());
  const auto lock = hold_data_folder(data, events);
  auto enrolment = load_enrolment(*folder);
  if (!enrolment) return show_trouble(options, events, enrolment.error());
  if (!*enrolment) {
    return fail(data + ": this machine belongs to no office yet; type: conglang-player enrol " +
                "https://OFFICE:8443 --data " + data);
  }
  return play(options, *folder, std::move(**enrolment), events);
}

}  // namespace conglang::player
