#include "player/report/read_plays.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <optional>
#include <system_error>
#include <utility>

#include "player/report/plays_schema.h"
#include "player/report/sqlite_handles.h"

namespace conglang::player {
namespace {

constexpr const char* kNewest =
    "SELECT seq, id, item, asset, region, programme_version, started_wall_ms,"
    " started_monotonic_ns, clock_trust, shown_ms, frames_shown, frames_late, outcome, reason"
    " FROM plays ORDER BY seq DESC LIMIT ?";

std::optional<PlayRecord> read_row(SqliteStatement& row) {
  const auto outcome = parse_play_outcome(row.text(12));
  if (!outcome) return std::nullopt;
  PlayRecord record;
  record.id = row.text(1);
  record.item = ItemId{row.text(2)};
  record.asset = row.text(3);
  record.region = row.text(4);
  record.programme_version = row.text(5);
  record.started_wall = Instant{Milliseconds{row.integer(6)}};
  record.started = MonotonicTime{std::chrono::nanoseconds{row.integer(7)}};
  record.clock_trust = row.text(8);
  record.shown = Milliseconds{row.integer(9)};
  record.frames_shown = row.integer(10);
  record.frames_late = row.integer(11);
  record.outcome = *outcome;
  record.reason = row.text(13);
  return record;
}

Status check_version(SqliteDatabase& database, const std::string& path) {
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return version.error();
  // Version 1 has the same columns; the player brings it up to date when it writes.
  if (*version == 1 || *version == kPlaysSchemaVersion) return {};
  if (*version > kPlaysSchemaVersion) {
    return Error{ErrorKind::unsupported, path + ": written by a newer version"};
  }
  return Error{ErrorKind::malformed, path + ": no play log"};
}

Status read_newest(SqliteDatabase& database, std::size_t limit, PlayHistory& history) {
  auto rows = database.prepare(kNewest);
  if (!rows) return rows.error();
  constexpr std::size_t kMost = std::numeric_limits<std::int64_t>::max();
  rows->bind(1, static_cast<std::int64_t>(std::min(limit, kMost)));
  while (true) {
    const auto more = rows->step();
    if (!more) return more.error();
    if (!*more) break;
    auto record = read_row(*rows);
    if (!record) ++history.unreadable;
    if (record) history.plays.push_back(std::move(*record));
  }
  std::reverse(history.plays.begin(), history.plays.end());
  return {};
}

Result<PlayHistory> read_history(SqliteDatabase& database, const std::string& path,
                                 std::size_t limit) {
  // One transaction, so that the counts fit the rows while the player writes.
  if (Status begun = database.execute("BEGIN"); !begun) return begun.error();
  if (Status known = check_version(database, path); !known) return known.error();
  PlayHistory history;
  if (Status read = read_newest(database, limit, history); !read) return read.error();
  const auto stored = database.integer("SELECT count(*) FROM plays");
  if (!stored) return stored.error();
  const auto dropped =
      database.integer("SELECT coalesce(sum(value), 0) FROM counters WHERE name = 'dropped'");
  if (!dropped) return dropped.error();
  history.stored = *stored;
  history.dropped = *dropped;
  return history;
}

bool can_lock(const std::string& path) {
  std::error_code failed;
  if (std::filesystem::exists(path + "-shm", failed)) return true;
  const auto folder = std::filesystem::path(path).parent_path();
  return ::access(folder.empty() ? "." : folder.c_str(), W_OK) == 0;
}

}  // namespace

Result<PlayHistory> read_plays(const std::string& path, std::size_t limit) {
  std::error_code failed;
  if (!std::filesystem::exists(path, failed)) {
    return Error{ErrorKind::missing, path + ": no play log here yet"};
  }
  // Beside a player, the lock files are there or can be made. In a folder that we may only
  // read and where no player runs, they cannot be made and are not needed.
  const auto mode =
      can_lock(path) ? SqliteDatabase::Mode::read_only : SqliteDatabase::Mode::unchanging;
  auto database = SqliteDatabase::open(path, mode);
  if (!database) return database.error();
  return read_history(*database, path, limit);
}

}  // namespace conglang::player
