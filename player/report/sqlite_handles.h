// SQLite's handles with an owner and Results instead of codes.
//
// Fails: malformed when the file is damaged or no database, conflict when another program
// holds it, storage for the rest; the message names the file.
// Threads: one at a time for a database and all its statements.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang::player {

struct SqliteCloser {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// Places are counted from 1 for bind and from 0 for columns, as in SQLite.
class SqliteStatement {
 public:
  SqliteStatement(sqlite3* database, sqlite3_stmt* statement)
      : database_(database), statement_(statement) {}

  void bind(int place, std::int64_t value);
  void bind(int place, std::string_view value);

  // True while there is a row to read.
  Result<bool> step();
  void reset();

  std::int64_t integer(int column);
  std::string text(int column);

 private:
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, SqliteCloser> statement_;
};

class SqliteDatabase {
 public:
  // unchanging: nobody writes the file meanwhile, so it is read without its lock files.
  enum class Mode { create, read_only, unchanging, memory };

  // Waits up to two seconds for another program's lock.
  static Result<SqliteDatabase> open(const std::string& path, Mode mode);

  // One or several statements without parameters and without an answer.
  Status execute(const char* sql);
  Result<SqliteStatement> prepare(const char* sql);

  // The first column of the first row, which must be there.
  Result<std::int64_t> integer(const char* sql);
  Result<std::string> text(const char* sql);

  // Rows changed by the last statement.
  std::int64_t changes() const { return sqlite3_changes64(database_.get()); }

 private:
  explicit SqliteDatabase(sqlite3* database) : database_(database) {}

  std::unique_ptr<sqlite3, SqliteCloser> database_;
};

}  // namespace conglang::player
