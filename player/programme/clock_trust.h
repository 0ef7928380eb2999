// How much the wall clock may be believed.
#pragma once

#include <string_view>

namespace conglang::player {

enum class ClockTrust {
  none,       // nothing says that it is right: evergreen items only
  persisted,  // a plausible hardware clock, or above what was signed and stored
  network,    // synchronised
};

// "none", "persisted", "network": as play records carry it.
constexpr std::string_view to_string(ClockTrust trust) {
  switch (trust) {
    case ClockTrust::none:
      return "none";
    case ClockTrust::persisted:
      return "persisted";
    case ClockTrust::network:
      return "network";
  }
  return "none";
}

}  // namespace conglang::player
