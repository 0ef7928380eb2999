#include "player/report/play_record.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace conglang::player {
namespace {

constexpr std::array kNames = {
    std::pair{PlayOutcome::completed, "completed"},
    std::pair{PlayOutcome::skipped, "skipped"},
    std::pair{PlayOutcome::failed, "failed"},
    std::pair{PlayOutcome::interrupted, "interrupted"},
};

}  // namespace

std::string_view to_string(PlayOutcome outcome) {
  const auto* named = std::find_if(kNames.begin(), kNames.end(), [outcome](const auto& name) {
    return name.first == outcome;
  });
  return named == kNames.end() ? "unknown" : named->second;
}

std::optional<PlayOutcome> parse_play_outcome(std::string_view name) {
  const auto* named = std::find_if(kNames.begin(), kNames.end(),
                                   [name](const auto& known) { return known.second == name; });
  if (named == kNames.end()) return std::nullopt;
  return named->first;
}

}  // namespace conglang::player
