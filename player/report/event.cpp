#include "player/report/event.h"

#include <algorithm>
#include <array>
#include <utility>

#include "player/report/printable.h"

namespace conglang::player {
namespace {

constexpr std::size_t kLongestField = 500;  // bytes; chosen: a path and a sentence

constexpr std::array kNames = {
    std::pair{EventKind::missing, "missing"},
    std::pair{EventKind::malformed, "malformed"},
    std::pair{EventKind::unsupported, "unsupported"},
    std::pair{EventKind::too_large, "too-large"},
    std::pair{EventKind::untrusted, "untrusted"},
    std::pair{EventKind::storage, "storage"},
    std::pair{EventKind::undecodable, "undecodable"},
    std::pair{EventKind::empty, "empty"},
    std::pair{EventKind::rollback, "rollback"},
    std::pair{EventKind::freeze, "freeze"},
    std::pair{EventKind::bad_signature, "bad-signature"},
    std::pair{EventKind::wrong_hash, "wrong-hash"},
    std::pair{EventKind::wrong_length, "wrong-length"},
    std::pair{EventKind::mix_and_match, "mix-and-match"},
    std::pair{EventKind::endless_data, "endless-data"},
    std::pair{EventKind::too_late, "too-late"},
    std::pair{EventKind::skipped_unknown_kind, "skipped-unknown-kind"},
    std::pair{EventKind::quarantined, "quarantined"},
    std::pair{EventKind::fallback, "fallback"},
    std::pair{EventKind::programme_changed, "programme-changed"},
    std::pair{EventKind::clock, "clock"},
    std::pair{EventKind::sound, "sound"},
    std::pair{EventKind::display, "display"},
    std::pair{EventKind::play_log_replaced, "play-log-replaced"},
    std::pair{EventKind::play_log_failed, "play-log-failed"},
    std::pair{EventKind::plays_lost, "plays-lost"},
};

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : printable(text.substr(0, kLongestField))) {
    if (c == '"') out += '\\';
    out += c;
  }
  if (text.size() > kLongestField) out += "...";
  return out + '"';
}

}  // namespace

std::string_view to_string(EventKind kind) {
  const auto* named = std::find_if(kNames.begin(), kNames.end(),
                                   [kind](const auto& name) { return name.first == kind; });
  return named == kNames.end() ? "unknown" : named->second;
}

std::optional<EventKind> parse_event_kind(std::string_view name) {
  const auto* named = std::find_if(kNames.begin(), kNames.end(),
                                   [name](const auto& known) { return known.second == name; });
  if (named == kNames.end()) return std::nullopt;
  return named->first;
}

EventKind event_kind_of(ErrorKind kind) {
  return parse_event_kind(conglang::to_string(kind)).value_or(EventKind::storage);
}

std::string format_event_line(const Event& event) {
  std::string line = "event ";
  line += to_string(event.kind);
  line += " subject=" + quoted(event.subject);
  if (!event.detail.empty()) line += " detail=" + quoted(event.detail);
  return line;
}

}  // namespace conglang::player
