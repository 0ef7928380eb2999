#include "player/programme/place_name.h"

#include <cstddef>
#include <string>

namespace conglang::player {
namespace {

bool holds_on(const PlaceName& name, LocalDate day) {
  if (name.valid_from && day < *name.valid_from) return false;
  return !name.valid_until || day < *name.valid_until;
}

std::size_t present_index(const Place& place, std::optional<LocalDate> day) {
  const std::size_t last = place.names.size() - 1;
  if (!day) return last;
  for (std::size_t i = last + 1; i-- > 0;) {
    if (holds_on(place.names[i], *day)) return i;
  }
  return last;
}

}  // namespace

LocalizedText place_name(const Place& place, std::optional<LocalDate> day) {
  const std::size_t present = present_index(place, day);
  const LocalizedText& now = place.names[present].name;
  if (present == 0) return now;

  const LocalizedText& before = place.names[present - 1].name;
  LocalizedText name = now;
  name.vi = before.vi + " (nay thuộc " + now.vi + ")";
  if (before.find("en") != nullptr && now.find("en") != nullptr) {
    name.others["en"] = *before.find("en") + " (now part of " + *now.find("en") + ")";
  }
  return name;
}

}  // namespace conglang::player
