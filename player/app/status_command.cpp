#include "player/app/status_command.h"

#include <iomanip>
#include <ostream>
#include <utility>

#include "player/report/play_spool.h"
#include "player/report/printable.h"
#include "player/report/read_plays.h"
#include "playlists/base/json.h"

namespace conglang::player {
namespace {

JsonValue to_json(const PlayRecord& play) {
  JsonObject object{
      {"id", printable(play.id)},
      {"item", printable(play.item.text())},
      {"asset", printable(play.asset)},
      {"region", printable(play.region)},
      {"programme_version", printable(play.programme_version)},
      {"started", format_instant(play.started_wall)},
      {"started_monotonic_ns", std::int64_t{play.started.time_since_epoch().count()}},
      {"clock_trust", printable(play.clock_trust)},
      {"shown_ms", std::int64_t{play.shown.count()}},
      {"frames_shown", play.frames_shown},
      {"frames_late", play.frames_late},
      {"outcome", std::string(to_string(play.outcome))},
  };
  if (!play.reason.empty()) object.emplace_back("reason", printable(play.reason));
  return object;
}

void write_json_status(const PlayHistory& history, bool with_plays, std::ostream& out) {
  JsonObject status{{"plays_stored", history.stored},
                    {"plays_dropped", history.dropped},
                    {"plays_unreadable", history.unreadable}};
  if (with_plays) {
    JsonArray plays;
    for (const PlayRecord& play : history.plays) plays.push_back(to_json(play));
    status.emplace_back("plays", std::move(plays));
  }
  out << write_json(JsonValue(std::move(status)), 2) << '\n';
}

void write_row(const PlayRecord& play, std::ostream& out) {
  out << std::left << std::setw(26) << format_instant(play.started_wall) << std::right
      << std::setw(9) << play.shown.count() << std::setw(8) << play.frames_shown << std::setw(6)
      << play.frames_late << "  " << std::left << std::setw(12) << to_string(play.outcome)
      << printable(play.item.text());
  if (play.asset != play.item.text()) out << " (" << printable(play.asset) << ')';
  if (!play.reason.empty()) out << ": " << printable(play.reason);
  out << '\n';
}

void write_table(const PlayHistory& history, bool with_plays, std::ostream& out) {
  if (with_plays) {
    out << std::left << std::setw(26) << "started (UTC)" << std::right << std::setw(9)
        << "shown ms" << std::setw(8) << "frames" << std::setw(6) << "late"
        << "  " << std::left << std::setw(12) << "outcome"
        << "item\n";
    for (const PlayRecord& play : history.plays) write_row(play, out);
  }
  out << history.stored << " plays stored, " << history.dropped << " dropped";
  if (history.unreadable != 0) out << ", " << history.unreadable << " unreadable";
  out << '\n';
}

}  // namespace

int run_status(const StatusOptions& options, std::ostream& out, std::ostream& err) {
  const auto history =
      read_plays(plays_path(options.data_folder), options.plays ? options.limit : 0);
  if (!history) {
    err << "conglang-player: " << printable(history.error().message) << '\n';
    return 1;
  }
  if (options.json) {
    write_json_status(*history, options.plays, out);
  } else {
    write_table(*history, options.plays, out);
  }
  return 0;
}

}  // namespace conglang::player
