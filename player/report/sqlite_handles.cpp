#include "player/report/sqlite_handles.h"

#include <utility>

namespace conglang::player {
namespace {

constexpr int kLockWaitMs = 2000;

ErrorKind kind_of(int code) {
  // Without an extended reason this is how a damaged header shows itself.
  if (code == SQLITE_READONLY) return ErrorKind::malformed;
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorKind::malformed;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorKind::conflict;
    default:
      return ErrorKind::storage;
  }
}

Error last_error(sqlite3* database) {
  const char* name = sqlite3_db_filename(database, "main");
  const std::string subject = name == nullptr || *name == '\0' ? "memory database" : name;
  return {kind_of(sqlite3_extended_errcode(database)),
          subject + ": " + sqlite3_errmsg(database)};
}

int flags_of(SqliteDatabase::Mode mode) {
  constexpr int kCommon = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (mode == SqliteDatabase::Mode::read_only) return kCommon | SQLITE_OPEN_READONLY;
  if (mode == SqliteDatabase::Mode::unchanging) {
    return kCommon | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  }
  return kCommon | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

// The path as a URI; only the characters that have a meaning there are escaped.
std::string unchanging_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%') uri += "%25";
    if (c == '?') uri += "%3f";
    if (c == '#') uri += "%23";
    if (c != '%' && c != '?' && c != '#') uri += c;
  }
  return uri + "?immutable=1";
}

std::string name_of(const std::string& path, SqliteDatabase::Mode mode) {
  if (mode == SqliteDatabase::Mode::memory) return ":memory:";
  if (mode == SqliteDatabase::Mode::unchanging) return unchanging_uri(path);
  return path;
}

}  // namespace

void SqliteStatement::bind(int place, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), place, value);
}

void SqliteStatement::bind(int place, std::string_view value) {
  sqlite3_bind_text64(statement_.get(), place, value.data(), value.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
}

Result<bool> SqliteStatement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return last_error(database_);
}

void SqliteStatement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::int64_t SqliteStatement::integer(int column) {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string SqliteStatement::text(int column) {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const int length = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string{}
                          : std::string(bytes, static_cast<std::size_t>(length));
}

Result<SqliteDatabase> SqliteDatabase::open(const std::string& path, Mode mode) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(name_of(path, mode).c_str(), &raw, flags_of(mode), nullptr);
  SqliteDatabase database(raw);
  if (code != SQLITE_OK) {
    return Error{kind_of(code), path + ": " + sqlite3_errstr(code)};
  }
  sqlite3_busy_timeout(raw, kLockWaitMs);
  return database;
}

Status SqliteDatabase::execute(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return last_error(database_.get());
}

Result<SqliteStatement> SqliteDatabase::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql, -1, &statement, nullptr) != SQLITE_OK) {
    return last_error(database_.get());
  }
  return SqliteStatement(database_.get(), statement);
}

Result<std::int64_t> SqliteDatabase::integer(const char* sql) {
  auto answer = text(sql);
  if (!answer) return answer.error();
  return std::int64_t{std::strtoll(answer->c_str(), nullptr, 10)};
}

Result<std::string> SqliteDatabase::text(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  if (!*row) return Error{ErrorKind::malformed, std::string(sql) + ": no answer"};
  return statement->text(0);
}

}  // namespace conglang::player
