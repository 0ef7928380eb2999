#include "player/report/play_spool.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "player/report/plays_schema.h"
#include "player/report/sqlite_handles.h"
#include "playlists/base/uuid.h"

namespace conglang::player {
namespace {

constexpr int kKeptAside = 3;  // chosen: enough to study, too few to fill a disk

constexpr const char* kInsert =
    "INSERT INTO plays (id, item, asset, region, programme_version, started_wall_ms,"
    " started_monotonic_ns, clock_trust, shown_ms, frames_shown, frames_late, outcome, reason)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

// The sequence numbers are dense, so this bounds the rows without counting them.
constexpr const char* kDropOldest =
    "DELETE FROM plays WHERE seq <= (SELECT max(seq) FROM plays) - ?";

constexpr const char* kInsertEvent =
    "INSERT INTO events (id, at_ms, kind, subject, detail) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kDropOldestEvents =
    "DELETE FROM events WHERE seq <= (SELECT max(seq) FROM events) - ?";

void bind_record(SqliteStatement& insert, const PlayRecord& record, const std::string& id) {
  insert.bind(1, id);
  insert.bind(2, record.item.text());
  insert.bind(3, record.asset);
  insert.bind(4, record.region);
  insert.bind(5, record.programme_version);
  insert.bind(6, record.started_wall.time_since_epoch().count());
  insert.bind(7, record.started.time_since_epoch().count());
  insert.bind(8, record.clock_trust);
  insert.bind(9, record.shown.count());
  insert.bind(10, record.frames_shown);
  insert.bind(11, record.frames_late);
  insert.bind(12, to_string(record.outcome));
  insert.bind(13, record.reason);
}

Status check_and_prepare(SqliteDatabase& database) {
  if (Status set = database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                    "PRAGMA journal_size_limit = 4194304");
      !set) {
    return set;
  }
  const auto verdict = database.text("PRAGMA quick_check(1)");
  if (!verdict) return verdict.error();
  if (*verdict != "ok") return Error{ErrorKind::malformed, *verdict};

  const auto version = database.integer("PRAGMA user_version");
  if (!version) return version.error();
  if (*version > kPlaysSchemaVersion) {
    return Error{ErrorKind::unsupported,
                 "written by a newer version (" + std::to_string(*version) + ")"};
  }
  const auto tables = database.integer("SELECT count(*) FROM sqlite_master");
  if (!tables) return tables.error();
  if (*version < 0 || (*version == 0 && *tables != 0)) {
    return Error{ErrorKind::malformed, "a database, but no play log"};
  }
  if (*version < kPlaysSchemaVersion) {
    const std::string steps = *version == 0 ? std::string(kPlaysSchema1) : std::string();
    Status made =
        database.execute(("BEGIN IMMEDIATE;" + steps + kPlaysSchema2 + "COMMIT").c_str());
    // The table of version 1 was not what it should be.
    if (!made && *version > 0) return Error{ErrorKind::malformed, made.error().message};
    if (!made) return made;
  }
  if (database.prepare(kInsert)) return {};
  return Error{ErrorKind::malformed, "its table is not that of a play log"};
}

std::string free_name(const std::string& path, const std::string& suffix) {
  std::string name;
  for (int number = 1; number <= kKeptAside; ++number) {
    name = path + "." + suffix + "-" + std::to_string(number);
    std::error_code ignored;
    if (!std::filesystem::exists(name, ignored)) break;
  }
  return name;
}

}  // namespace

struct PlaySpool::OpenFile {
  SqliteDatabase database;
};

std::string plays_path(const std::string& data_folder) { return data_folder + "/plays.db"; }

PlaySpool::PlaySpool(std::string path, PlaySpoolLimits limits)
    : path_(std::move(path)), limits_(limits) {}

PlaySpool::~PlaySpool() = default;

std::vector<Event> PlaySpool::take_events() { return std::exchange(events_, {}); }

Status PlaySpool::write(std::span<const PlayRecord> records) {
  if (Status open = ensure_open(); !open) return open;
  return in_transaction([&] { return insert_rows(records); });
}

Status PlaySpool::write_events(std::span<const LoggedEvent> events) {
  if (Status open = ensure_open(); !open) return open;
  return in_transaction([&] { return insert_events(events); });
}

Status PlaySpool::in_transaction(const std::function<Status()>& work) {
  Status inserted = insert(work);
  if (inserted || inserted.error().kind != ErrorKind::malformed) return inserted;

  // Damaged while in use: once more with a new file.
  if (Status aside = set_aside(inserted.error().message, "damaged"); !aside) return aside;
  if (Status open = ensure_open(); !open) return open;
  return insert(work);
}

Status PlaySpool::ensure_open() {
  if (file_) return {};
  for (const bool may_replace : {true, false}) {
    const auto mode =
        path_.empty() ? SqliteDatabase::Mode::memory : SqliteDatabase::Mode::create;
    auto database = SqliteDatabase::open(path_, mode);
    Status ready = database ? check_and_prepare(*database) : Status(database.error());
    if (ready) {
      file_ = std::make_unique<OpenFile>(OpenFile{std::move(*database)});
      return {};
    }
    const ErrorKind kind = ready.error().kind;
    const bool newer = kind == ErrorKind::unsupported;
    if (!may_replace || (kind != ErrorKind::malformed && !newer)) return ready;
    // Closed before it is renamed, so that nothing is written under the new name.
    { const auto closed = std::move(database); }
    Status aside = set_aside(ready.error().message, newer ? "newer" : "damaged");
    if (!aside) return aside;
  }
  return {};
}

Status PlaySpool::set_aside(const std::string& why, const std::string& suffix) {
  file_.reset();
  const std::string name = free_name(path_, suffix);
  for (const char* part : {"", "-wal", "-shm"}) {
    std::error_code failed;
    std::filesystem::rename(path_ + part, name + part, failed);
    if (failed && failed != std::errc::no_such_file_or_directory) {
      return Error{ErrorKind::storage, path_ + part + ": " + failed.message()};
    }
  }
  events_.push_back({EventKind::play_log_replaced, path_, why + "; kept as " + name});
  return {};
}

Status PlaySpool::insert(const std::function<Status()>& work) {
  SqliteDatabase& database = file_->database;
  if (Status begun = database.execute("BEGIN IMMEDIATE"); !begun) return begun;
  Status done = work();
  if (done) done = database.execute("COMMIT");
  if (!done) {
    // What failed is told by `done`; a rollback that fails has nothing to add.
    static_cast<void>(database.execute("ROLLBACK"));
  }
  return done;
}

Status PlaySpool::insert_rows(std::span<const PlayRecord> records) {
  SqliteDatabase& database = file_->database;
  auto insert = database.prepare(kInsert);
  if (!insert) return insert.error();
  for (const PlayRecord& record : records) {
    bind_record(*insert, record, record.id.empty() ? fresh_id(record.started_wall) : record.id);
    if (const auto stepped = insert->step(); !stepped) return stepped.error();
    insert->reset();
  }
  return drop_oldest();
}

Status PlaySpool::insert_events(std::span<const LoggedEvent> events) {
  SqliteDatabase& database = file_->database;
  auto insert = database.prepare(kInsertEvent);
  if (!insert) return insert.error();
  for (const LoggedEvent& logged : events) {
    insert->bind(1, fresh_id(logged.at));
    insert->bind(2, logged.at.time_since_epoch().count());
    insert->bind(3, to_string(logged.event.kind));
    insert->bind(4, logged.event.subject);
    insert->bind(5, logged.event.detail);
    if (const auto stepped = insert->step(); !stepped) return stepped.error();
    insert->reset();
  }
  auto drop = database.prepare(kDropOldestEvents);
  if (!drop) return drop.error();
  drop->bind(1, limits_.events);
  const auto stepped = drop->step();
  return stepped ? Status{} : Status(stepped.error());
}

Status PlaySpool::drop_oldest() {
  SqliteDatabase& database = file_->database;
  auto drop = database.prepare(kDropOldest);
  if (!drop) return drop.error();
  drop->bind(1, limits_.records);
  if (const auto stepped = drop->step(); !stepped) return stepped.error();
  const std::int64_t dropped = database.changes();
  if (dropped == 0) return {};

  auto count = database.prepare("UPDATE counters SET value = value + ? WHERE name = 'dropped'");
  if (!count) return count.error();
  count->bind(1, dropped);
  const auto stepped = count->step();
  return stepped ? Status{} : Status(stepped.error());
}

std::string PlaySpool::fresh_id(Instant instant) {
  const auto draw = [this] { return (std::uint64_t{random_()} << 32) | random_(); };
  const std::uint64_t high = draw();
  return make_uuid7(instant, high, draw());
}

}  // namespace conglang::player
