// The numbered steps from an empty database to the one this program works with.
//
// Each step is a file content-server/storage/migrations/NNN_name.sql, built into the program.
// Once released it is never edited: what changes is the next number.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

class SqliteConnection;

struct Migration {
  int number = 0;    // from 1, without a gap
  std::string name;  // "001_audit.sql"
  std::string sql;
};

// What the program was built with, by number.
std::vector<Migration> embedded_migrations();

struct MigrationOptions {
  std::filesystem::path backups;  // where the copy goes that is made before; empty: none
  Instant now{};
};

// Brings the database from whatever number it has to the last one: one transaction for each
// step, each beginning with an exclusive lock, so that two programs cannot migrate at once.
// Fails: conflict, code "migration-edited" when a step that was applied is another now, code
// "newer-database" when it was made by a newer program; storage, naming the step. What was
// applied before the failing step stays.
Status migrate(SqliteConnection& connection, const std::vector<Migration>& migrations,
               const MigrationOptions& options);

}  // namespace conglang::server
