#include "player/app/run_command.h"

#include <fstream>
#include <iostream>
#include <sstream>

#include "player/app/checked_files.h"
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

constexpr std::streamsize kMostRootBytes = 512 * 1024;

Result<std::string> read_root(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorKind::missing, path + ": cannot be read"};
  std::string bytes(static_cast<std::size_t>(kMostRootBytes) + 1, '\0');
  file.read(bytes.data(), kMostRootBytes + 1);
  if (file.gcount() > kMostRootBytes) {
    return Error{ErrorKind::too_large, path + ": is larger than any root.json"};
  }
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

Event event_of(const Fault& fault) {
  const EventKind kind = parse_event_kind(name_of(fault.kind)).value_or(EventKind::untrusted);
  return {kind, "repository: " + fault.where, fault.message};
}

Event event_of(const LeftOut& left_out) {
  const EventKind kind = left_out.kind == LeftOutKind::unknown_kind
                             ? EventKind::skipped_unknown_kind
                             : EventKind::missing;
  return {kind, left_out.item.text(), left_out.detail};
}

std::shared_ptr<const Programme> programme_of(const std::optional<LoadedPublication>& loaded,
                                              const AssetPaths& assets, EventPrinter& events) {
  if (!loaded) return nullptr;
  BuiltProgramme built = build_programme(loaded->publication.publication(), assets,
                                         std::to_string(loaded->version));
  for (const LeftOut& left_out : built.left_out) events.print(event_of(left_out));
  return std::make_shared<const Programme>(std::move(built.programme));
}

// Empty when nothing is kept, or cannot be.
std::optional<PosixStateFolder> open_data(const std::string& path, EventPrinter& events) {
  if (path.empty()) return std::nullopt;
  auto opened = PosixStateFolder::open(path);
  if (opened) return std::move(*opened);
  events.print({EventKind::storage, path, opened.error().message});
  return std::nullopt;
}

SessionPlan plan_of(const LoadOutcome& outcome, const AssetPaths& assets,
                    EventPrinter& events) {
  SessionPlan plan;
  plan.kiosk = true;
  plan.title = "Cổng Làng";
  plan.current = programme_of(outcome.current, assets, events);
  plan.previous = programme_of(outcome.previous, assets, events);
  const auto& shown = outcome.current ? outcome.current : outcome.previous;
  if (shown) {
    const Publication& publication = shown->publication.publication();
    plan.title = publication.title.vi;
    plan.card_style = card_style(publication.theme);
  }
  plan.background = plan.card_style.background;
  plan.floor = outcome.floor;
  return plan;
}

}  // namespace

int run_run(const RunOptions& options) {
  const auto root = read_root(options.root);
  if (!root) {
    std::cerr << "conglang-player: " << root.error().message << "\n";
    return 1;
  }
  const SystemClock clock;
  EventPrinter events;
  const bool synchronised = is_time_synchronised();
  auto data = open_data(options.show.data_dir, events);
  RepositoryFiles repository(options.repository);
  const LoadOutcome outcome = load_publication(
      repository, data ? &*data : nullptr, {*root, std::nullopt, {clock.now(), synchronised}});
  for (const Fault& fault : outcome.faults) events.print(event_of(fault));
  for (const Error& fault : outcome.memory_faults) {
    events.print({event_kind_of(fault.kind), "data folder", fault.message});
  }

  CheckedFiles checked;
  SessionPlan plan = plan_of(outcome, find_assets(repository, outcome), events);
  plan.trust = judge_clock(synchronised, clock.now(), outcome.floor);
  plan.check_file = [&checked](const HeldFile& file) { return checked.check(file); };
  const auto end = run_session(plan, options.show, clock, events);
  if (!end) {
    std::cerr << "conglang-player: " << end.error().message << "\n";
    return 1;
  }
  return 0;
}

}  // namespace conglang::player
