// The form of the play log's file, known to its writer and its reader only.
#pragma once

#include <cstdint>

namespace conglang::player {

// PRAGMA user_version; raised with every change of the tables.
inline constexpr std::int64_t kPlaysSchemaVersion = 2;

// Version 1: plays alone.
inline constexpr const char* kPlaysSchema1 = R"(
CREATE TABLE plays (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  item TEXT NOT NULL,
  asset TEXT NOT NULL,
  region TEXT NOT NULL,
  programme_version TEXT NOT NULL,
  started_wall_ms INTEGER NOT NULL,
  started_monotonic_ns INTEGER NOT NULL,
  clock_trust TEXT NOT NULL,
  shown_ms INTEGER NOT NULL,
  frames_shown INTEGER NOT NULL,
  frames_late INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL
);
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT INTO counters (name, value) VALUES ('dropped', 0);
PRAGMA user_version = 1;
)";

// Version 2: events beside the plays, and the signed batches that both are sent in. `batch` is
// the number of the batch that a record travels in; 0: none yet.
inline constexpr const char* kPlaysSchema2 = R"(
ALTER TABLE plays ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
CREATE INDEX plays_by_batch ON plays (batch, seq);
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  batch INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX events_by_batch ON events (batch, seq);
CREATE TABLE batches (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL);
PRAGMA user_version = 2;
)";

}  // namespace conglang::player
