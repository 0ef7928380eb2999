#include "player/app/run_command.h"

#include <iostream>

#include "player/app/checked_files.h"
#include "player/app/enrolled_run.h"
#include "player/app/held_data_folder.h"
#include "player/app/kept_strikes.h"
#include "player/app/programme_events.h"
#include "player/app/repository_watch.h"
#include "player/app/root_file.h"
#include "player/app/show_session.h"
#include "player/platform/system_clock.h"
#include "player/platform/time_synchronised.h"
#include "player/programme/build_programme.h"
#include "player/programme/judge_clock.h"
#include "player/stage/card_preparation.h"
#include "player/store/load_publication.h"
#include "player/store/posix_state_folder.h"

namespace conglang::player {
namespace {

// Empty when nothing is kept, or cannot be.
std::optional<PosixStateFolder> open_data(const std::string& path, EventPrinter& events) {
  if (path.empty()) return std::nullopt;
  auto opened = PosixStateFolder::open(path);
  if (opened) return std::move(*opened);
  events.print({EventKind::storage, path, opened.error().message});
  return std::nullopt;
}

// One kiosk that plays a folder: what it holds at the start, and every version after it.
class FolderRun {
 public:
  FolderRun(const RunOptions& options, std::string root)
      : options_(options),
        root_(std::move(root)),
        repository_(options.repository),
        data_(open_data(options.show.data_dir, events_)) {
    if (data_) lock_ = hold_data_folder(options.show.data_dir, events_);
  }

  Result<SessionEnd> run() {
    const std::string known = timestamp_of(options_.repository);
    const LoadOutcome outcome = load();
    SessionPlan plan = plan_of(outcome, find_assets(repository_, outcome), events_);
    plan.trust = trust_of(outcome);
    plan.check_file = [this](const HeldFile& file) { return checked_.check(file); };
    plan.bring_news = [this, known](std::stop_token stop, ShowControl& show) {
      watch_repository({options_.repository, kLookPeriod, known, [&] { show_news(show); }},
                       std::move(stop));
    };
    std::optional<KeptStrikes> strikes;
    if (data_) strikes.emplace(options_.show.data_dir, clock_, events_).give_to(plan);
    ShowOptions show = options_.show;
    if (!data_) show.data_dir.clear();  // that it cannot be used was said; plays stay in memory
    return run_session(plan, show, clock_, events_);
  }

 private:
  static constexpr Milliseconds kLookPeriod{5000};

  ClockTrust trust_of(const LoadOutcome& outcome) const {
    return judge_clock(is_time_synchronised(), clock_.now(), outcome.floor);
  }

  LoadOutcome load() {
    LoadOutcome outcome =
        load_publication(repository_, data_ ? &*data_ : nullptr,
                         {root_, std::nullopt, {clock_.now(), is_time_synchronised()}});
    for (const Fault& fault : outcome.faults) events_.print(event_of(fault));
    if (const auto event = event_of(outcome.memory_faults)) events_.print(*event);
    return outcome;
  }

  // On the sync thread. Without anything trusted, what is shown stays.
  void show_news(ShowControl& show) {
    const LoadOutcome outcome = load();
    if (!outcome.current) return;
    const AssetPaths assets = find_assets(repository_, outcome);
    ProgrammePair pair{programme_of(outcome.current, assets, events_),
                       programme_of(outcome.previous, assets, events_), trust_of(outcome),
                       outcome.floor};
    events_.print({EventKind::programme_changed, "version " + pair.current->version, ""});
    show.adopt(std::move(pair), Adoption::at_boundary);
  }

  const RunOptions& options_;
  const std::string root_;
  const SystemClock clock_;
  EventPrinter events_;
  RepositoryFiles repository_;
  std::optional<PosixStateFolder> data_;
  std::optional<FileHandle> lock_;
  CheckedFiles checked_;
};

}  // namespace

int run_run(const RunOptions& options) {
  if (options.repository.empty() && options.root.empty()) return run_enrolled(options);
  if (options.repository.empty() || options.root.empty()) {
    std::cerr << "conglang-player: run: --repository and --root belong together\n";
    return 2;
  }
  auto root = read_root_file(options.root);
  if (!root) {
    std::cerr << "conglang-player: " << root.error().message << "\n";
    return 1;
  }
  const auto end = FolderRun(options, std::move(*root)).run();
  if (!end) {
    std::cerr << "conglang-player: " << end.error().message << "\n";
    return 1;
  }
  return 0;
}

}  // namespace conglang::player
