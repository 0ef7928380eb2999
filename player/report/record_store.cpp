#include "player/report/record_store.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "player/report/plays_schema.h"
#include "player/report/printable.h"
#include "player/report/sqlite_handles.h"
#include "playlists/base/localized_text.h"

namespace conglang::player {
namespace {

constexpr std::int64_t kReservedAhead = 1000;
constexpr std::size_t kName = 200, kWord = 64, kText = 500;  // characters, as the wire says

constexpr const char* kPlays =
    "SELECT seq, id, item, asset, region, programme_version, started_wall_ms, clock_trust,"
    " outcome, reason, shown_ms, frames_shown, frames_late FROM plays WHERE batch = 0"
    " ORDER BY seq LIMIT ?";
constexpr const char* kEvents =
    "SELECT seq, id, at_ms, kind, subject, detail FROM events WHERE batch = 0"
    " ORDER BY seq LIMIT ?";

// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(SqliteDatabase& database) : database_(database) {}
  ~Transaction() {
    // What failed was told already; a rollback that fails has nothing to add.
    if (open_) static_cast<void>(database_.execute("ROLLBACK"));
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Status begin() {
    Status begun = database_.execute("BEGIN IMMEDIATE");
    open_ = begun.ok();
    return begun;
  }
  Status commit() {
    Status done = database_.execute("COMMIT");
    open_ = !done.ok();
    return done;
  }

 private:
  SqliteDatabase& database_;
  bool open_ = false;
};

std::string one_of(const std::string& word, std::initializer_list<const char*> words,
                   const char* otherwise) {
  return std::find(words.begin(), words.end(), word) == words.end() ? otherwise : word;
}

std::int64_t not_negative(std::int64_t number) {
  return std::clamp<std::int64_t>(number, 0, std::int64_t{1} << 53);
}

PlayEntry play_of(SqliteStatement& row) {
  PlayEntry play;
  play.id = row.text(1);
  play.item = wire_text(row.text(2), kName);
  if (play.item.empty()) play.item = "?";
  play.asset = wire_text(row.text(3), kName);
  play.region = wire_text(row.text(4), kWord);
  play.version = wire_text(row.text(5), kWord);
  play.started_at = Instant{Milliseconds{row.integer(6)}};
  play.clock_trust = one_of(row.text(7), {"none", "persisted", "network"}, "none");
  play.outcome =
      one_of(row.text(8), {"completed", "skipped", "failed", "interrupted"}, "failed");
  play.reason = wire_text(row.text(9), kText);
  play.shown_ms = not_negative(row.integer(10));
  play.frames_shown = not_negative(row.integer(11));
  play.frames_late = not_negative(row.integer(12));
  return play;
}

EventEntry event_of(SqliteStatement& row) {
  EventEntry event{row.text(1), Instant{Milliseconds{row.integer(2)}},
                   wire_text(row.text(3), kWord), wire_text(row.text(4), kText),
                   wire_text(row.text(5), kText)};
  if (event.kind.empty()) event.kind = "unknown";
  return event;
}

std::size_t size_of(const PlayEntry& play) {
  return play.item.size() + play.asset.size() + play.reason.size() + 300;
}

std::size_t size_of(const EventEntry& event) {
  return event.subject.size() + event.detail.size() + 150;
}

// What was gathered from a table: the entries, the number of the last row looked at, and the
// rows that no answer could ever name, because the disk damaged their ids.
template <typename Entry>
struct Gathered {
  std::vector<Entry> entries;
  std::int64_t last = 0;
  std::vector<std::int64_t> damaged;
};

// Reads rows until the limits are met.
template <typename Entry, typename Read>
Result<Gathered<Entry>> gather(SqliteDatabase& database, const char* query, BatchLimits& left,
                               Read read) {
  Gathered<Entry> gathered;
  auto rows = database.prepare(query);
  if (!rows) return rows.error();
  rows->bind(1, static_cast<std::int64_t>(left.records));
  while (true) {
    const auto more = rows->step();
    if (!more) return more.error();
    if (!*more) return gathered;
    Entry entry = read(*rows);
    const std::size_t size = size_of(entry);
    if (size > left.bytes && !gathered.entries.empty()) return gathered;
    left.bytes -= std::min(size, left.bytes);
    gathered.last = rows->integer(0);
    if (is_valid_id(entry.id)) {
      gathered.entries.push_back(std::move(entry));
    } else {
      gathered.damaged.push_back(gathered.last);
    }
    if (left.records > 0) --left.records;
  }
}

Status run(SqliteDatabase& database, const char* sql,
           std::initializer_list<std::int64_t> values) {
  auto statement = database.prepare(sql);
  if (!statement) return statement.error();
  int place = 1;
  for (const std::int64_t value : values) statement->bind(place++, value);
  const auto stepped = statement->step();
  return stepped ? Status{} : Status(stepped.error());
}

// A file of the writer's making; nothing while there is none.
Result<std::optional<SqliteDatabase>> open_log(const std::string& path) {
  std::error_code failed;
  if (!std::filesystem::exists(path, failed)) return std::optional<SqliteDatabase>();
  auto database = SqliteDatabase::open(path, SqliteDatabase::Mode::create);
  if (!database) return database.error();
  if (Status set = database->execute("PRAGMA synchronous = FULL"); !set) return set.error();
  const auto version = database->integer("PRAGMA user_version");
  if (!version) return version.error();
  if (*version != kPlaysSchemaVersion) return std::optional<SqliteDatabase>();
  return std::optional<SqliteDatabase>(std::move(*database));
}

Status delete_records(SqliteDatabase& database, const char* table, std::int64_t sequence,
                      const std::set<std::string>& kept) {
  auto statement = database.prepare(
      ("DELETE FROM " + std::string(table) + " WHERE batch = ? AND id = ?").c_str());
  if (!statement) return statement.error();
  for (const std::string& id : kept) {
    statement->bind(1, sequence);
    statement->bind(2, id);
    if (const auto stepped = statement->step(); !stepped) return stepped.error();
    statement->reset();
  }
  return run(database,
             ("UPDATE " + std::string(table) + " SET batch = 0 WHERE batch = ?").c_str(),
             {sequence});
}

}  // namespace

std::string wire_text(std::string_view text, std::size_t most_characters) {
  std::string shown = printable(text);
  auto normal = normalize_text(shown);
  if (!normal) {
    // Valid characters that no text of ours may hold.
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return (c & 0x80) != 0; }, '?');
    normal = shown;
  }
  std::size_t characters = 0, at = 0;
  while (at < normal->size()) {
    const bool starts = ((*normal)[at] & 0xc0) != 0x80;
    if (starts && ++characters > most_characters) break;
    ++at;
  }
  return normal->substr(0, at);
}

Result<std::optional<StoredBatch>> RecordStore::next(std::int64_t after) {
  auto database = open_log(parts_.path);
  if (!database) return database.error();
  if (!*database) return std::optional<StoredBatch>();
  Transaction transaction(**database);
  if (Status begun = transaction.begin(); !begun) return begun.error();
  auto found = find_batch(**database, after);
  if (!found || *found) return found;
  auto made = make_batch(**database);
  if (!made || !*made) return made;
  if (Status kept = transaction.commit(); !kept) return kept.error();
  return made;
}

Result<std::optional<StoredBatch>> RecordStore::find_batch(SqliteDatabase& database,
                                                           std::int64_t after) {
  auto rows = database.prepare(
      "SELECT sequence, body FROM batches WHERE sequence > ? ORDER BY sequence LIMIT 1");
  if (!rows) return rows.error();
  rows->bind(1, after);
  const auto more = rows->step();
  if (!more) return more.error();
  if (!*more) return std::optional<StoredBatch>();
  return std::optional<StoredBatch>({rows->integer(0), rows->text(1)});
}

Result<std::optional<StoredBatch>> RecordStore::make_batch(SqliteDatabase& database) {
  RecordBatch batch;
  batch.kiosk = parts_.kiosk;
  BatchLimits left = parts_.limits;
  auto events = gather<EventEntry>(database, kEvents, left, event_of);
  if (!events) return events.error();
  auto plays = gather<PlayEntry>(database, kPlays, left, play_of);
  if (!plays) return plays.error();
  for (const auto& [sql, damaged] :
       {std::pair{"DELETE FROM events WHERE seq = ?", &events->damaged},
        std::pair{"DELETE FROM plays WHERE seq = ?", &plays->damaged}}) {
    for (const std::int64_t row : *damaged) {
      if (Status gone = run(database, sql, {row}); !gone) return gone.error();
    }
  }
  batch.events = std::move(events->entries);
  batch.plays = std::move(plays->entries);
  if (batch.events.empty() && batch.plays.empty()) return std::optional<StoredBatch>();

  const auto number = take_number(database);
  if (!number) return number.error();
  batch.sequence = *number;
  StoredBatch stored{batch.sequence,
                     write_signed_batch({batch, parts_.sign(record_batch_text(batch))})};
  auto insert = database.prepare("INSERT INTO batches (sequence, body) VALUES (?, ?)");
  if (!insert) return insert.error();
  insert->bind(1, stored.sequence);
  insert->bind(2, stored.body);
  if (const auto stepped = insert->step(); !stepped) return stepped.error();
  for (const auto& [sql, last] :
       {std::pair{"UPDATE events SET batch = ? WHERE batch = 0 AND seq <= ?", events->last},
        std::pair{"UPDATE plays SET batch = ? WHERE batch = 0 AND seq <= ?", plays->last}}) {
    if (Status marked = run(database, sql, {stored.sequence, last}); !marked) {
      return marked.error();
    }
  }
  return std::optional<StoredBatch>(std::move(stored));
}

Result<std::int64_t> RecordStore::take_number(SqliteDatabase& database) {
  const auto reserved = parts_.reserve.reserved();
  if (!reserved) return reserved.error();
  const auto counted = database.integer(
      "SELECT coalesce(max(value), 0) FROM counters WHERE name = 'next_batch'");
  if (!counted) return counted.error();
  // A file that has counted nothing is new: everything reserved may have been used before.
  const std::int64_t number = *counted == 0 ? *reserved : *counted;
  if (number + 1 > *reserved) {
    Status reserve = parts_.reserve.reserve(number + 1 + kReservedAhead);
    if (!reserve) return reserve.error();
  }
  Status counted_on =
      run(database, "INSERT OR REPLACE INTO counters (name, value) VALUES ('next_batch', ?)",
          {number + 1});
  if (!counted_on) return counted_on.error();
  return number;
}

Status RecordStore::acknowledge(std::int64_t sequence, const RecordAnswer& answer) {
  if (answer.sequence != sequence) {
    return Error{ErrorKind::malformed, "answer: is for batch " +
                                           std::to_string(answer.sequence) + ", not " +
                                           std::to_string(sequence)};
  }
  auto database = open_log(parts_.path);
  if (!database) return database.error();
  if (!*database) return Error{ErrorKind::missing, parts_.path + ": no play log"};
  Transaction transaction(**database);
  if (Status begun = transaction.begin(); !begun) return begun;
  auto found = find_batch(**database, sequence - 1);
  if (!found) return found.error();
  if (!*found || (*found)->sequence != sequence) {
    return Error{ErrorKind::missing, "batch " + std::to_string(sequence) + ": is not waiting"};
  }
  const std::set<std::string> kept(answer.kept.begin(), answer.kept.end());
  for (const char* table : {"plays", "events"}) {
    if (Status done = delete_records(**database, table, sequence, kept); !done) return done;
  }
  if (Status gone = run(**database, "DELETE FROM batches WHERE sequence = ?", {sequence});
      !gone) {
    return gone;
  }
  return transaction.commit();
}

Result<std::int64_t> RecordStore::waiting() {
  auto database = open_log(parts_.path);
  if (!database) return database.error();
  if (!*database) return std::int64_t{0};
  return (*database)->integer(
      "SELECT (SELECT count(*) FROM plays) + (SELECT count(*) FROM events)");
}

}  // namespace conglang::player
