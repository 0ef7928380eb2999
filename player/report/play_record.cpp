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

void append_hex(std::string& out, std::uint64_t bits, int digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
    out += kDigits[(bits >> shift) & 15];
}

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

std::string make_record_id(Instant instant, std::uint64_t random_high,
                           std::uint64_t random_low) {
  const auto millis = static_cast<std::uint64_t>(instant.time_since_epoch().count());
  std::string id;
  append_hex(id, millis >> 16, 8);
  id += '-';
  append_hex(id, millis & 0xFFFF, 4);
  id += '-';
  append_hex(id, 0x7000 | (random_high & 0x0FFF), 4);
  id += '-';
  append_hex(id, 0x8000 | ((random_low >> 48) & 0x3FFF), 4);
  id += '-';
  append_hex(id, random_low & 0xFFFF'FFFF'FFFF, 12);
  return id;
}

}  // namespace conglang::player
