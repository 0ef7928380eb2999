// The form of the play log's file, known to its writer and its reader only.
#pragma once

#include <cstdint>

namespace conglang::player {

// PRAGMA user_version; raised with every change of the tables.
inline constexpr std::int64_t kPlaysSchemaVersion = 1;

inline constexpr const char* kPlaysSchema = R"(
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

}  // namespace conglang::player
