#include "player/app/play_command.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "player/app/show_session.h"
#include "player/platform/system_clock.h"

namespace conglang::player {
namespace {

// More than any folder of an office, little enough to be listed in a moment.
constexpr std::size_t kMostFiles = 10'000;

ShowItem local_item(const std::filesystem::path& path, std::size_t index,
                    const ShowOptions& options) {
  ShowItem item;
  item.id = ItemId{"file-" + std::to_string(index + 1)};
  item.name = path.filename().string();
  item.content = ShowFile{{path.string(), {}, 0}};
  // The fade to the next one comes on top: each picture has its full time.
  item.duration = options.still_time + options.crossfade;
  if (options.crossfade.count() > 0) {
    item.transition = {TransitionKind::crossfade, options.crossfade};
  }
  return item;
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
    const bool hidden = entry.path().filename().string().starts_with('.');
    if (entry.is_regular_file(fault) && !hidden && found.size() < kMostFiles) {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

Result<Programme> local_programme(const PlayOptions& options) {
  Programme programme;
  programme.theme.background = {0, 0, 0};
  for (const std::string& name : options.files) {
    std::error_code fault;
    const bool folder = std::filesystem::is_directory(name, fault);
    const auto files = folder ? files_of(name) : std::vector<std::filesystem::path>{name};
    for (const auto& file : files) {
      if (programme.items.size() == kMostFiles) break;
      programme.items.push_back(local_item(file, programme.items.size(), options.show));
    }
  }
  if (programme.items.empty())
    return Error{ErrorKind::missing, "play: there is no file to show"};
  return programme;
}

int run_play(const PlayOptions& options) {
  auto programme = local_programme(options);
  if (!programme) {
    std::cerr << "conglang-player: " << programme.error().message << "\n";
    return 1;
  }
  SessionPlan plan;
  plan.current = std::make_shared<const Programme>(std::move(*programme));
  plan.trust = ClockTrust::network;  // local files have no dates
  plan.round_and_round = options.show.loop;
  plan.title = "Cổng Làng";
  plan.background = {0, 0, 0, 255};
  plan.check_file = [](const HeldFile&) { return Status{}; };

  const SystemClock clock;
  EventPrinter events;
  const auto end = run_session(plan, options.show, clock, events);
  if (!end) {
    std::cerr << "conglang-player: " << end.error().message << "\n";
    return 1;
  }
  return end->shown == 0 && end->faults > 0 ? 1 : 0;
}

}  // namespace conglang::player
