#include "content-server/storage/sqlite_connection.h"

#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "content-server/publishing/file_handles.h"
#include "content-server/storage/sql_guard.h"

namespace conglang::server {
namespace {

// Chosen: rare enough to cost nothing, often enough to stop within milliseconds.
constexpr int kStepsBetweenLooks = 10'000;

sqlite_api::sqlite3* handle_of(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

int is_out_of_steps(void* left) {
  auto& steps = *static_cast<std::int64_t*>(left);
  steps -= kStepsBetweenLooks;
  return steps <= 0 ? 1 : 0;
}

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
  return result + "'";
}

// An empty file for its owner alone, which SQLite takes as a new database.
Status make_private(const std::filesystem::path& file) {
  const FileHandle handle(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (handle.is_open()) return {};
  if (errno == EEXIST) {
    return Error{ErrorKind::conflict, file.string() + ": is there already"};
  }
  return Error{ErrorKind::storage,
               file.string() + ": cannot be made: " + std::generic_category().message(errno)};
}

// VACUUM INTO leaves the copy to the system's cache.
Status flush(const std::filesystem::path& file) {
  const FileHandle handle(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (handle.is_open() && ::fsync(handle.get()) == 0) return {};
  return Error{ErrorKind::storage, file.string() + ": cannot be flushed"};
}

}  // namespace

SqliteConnection::SqliteConnection(std::filesystem::path file,
                                   std::unique_ptr<soci::session> session)
    : file_(std::move(file)), session_(std::move(session)) {}

SqliteConnection::~SqliteConnection() = default;

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(
    const std::filesystem::path& file, Access access, std::chrono::milliseconds busy) {
  using Opened = std::unique_ptr<SqliteConnection>;
  if (file.string().find('"') != std::string::npos) {
    return Error{ErrorKind::unsupported, file.string() + ": a quotation mark in its path"};
  }
  if (access == Access::write && file != ":memory:") {
    const Status made = make_private(file);
    if (!made.ok() && made.error().kind != ErrorKind::conflict) return made.error();
  }
  return sql_guard(file.string(), [&]() -> Result<Opened> {
    auto session =
        std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + file.string() + "\"");
    sqlite_api::sqlite3* handle = handle_of(*session);
    sqlite_api::sqlite3_extended_result_codes(handle, 1);
    sqlite_api::sqlite3_busy_timeout(handle, static_cast<int>(busy.count()));
    Opened opened(new SqliteConnection(file, std::move(session)));
    // recursive_triggers: else "insert or replace" would go around the audit log's triggers.
    std::string settings =
        "pragma foreign_keys = on; pragma recursive_triggers = on; pragma trusted_schema = "
        "off;";
    if (access == Access::read_only) settings += "pragma query_only = on;";
    // The first look at the file: says whether it is a database at all.
    const Status status = opened->execute(settings + "select count(*) from sqlite_schema;");
    if (!status.ok()) return status.error();
    return opened;
  });
}

Status SqliteConnection::execute(const std::string& statements) {
  return sql_guard(file_.string(), [&] {
    sqlite_api::sqlite3* handle = handle_of(*session_);
    const int result =
        sqlite_api::sqlite3_exec(handle, statements.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) {
      throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(handle), result);
    }
  });
}

bool SqliteConnection::is_in_transaction() const {
  return sqlite_api::sqlite3_get_autocommit(handle_of(*session_)) == 0;
}

Result<std::int64_t> SqliteConnection::ask_number(const std::string& query) {
  return sql_guard(file_.string(), [&] {
    long long number = 0;
    *session_ << query, soci::into(number);
    return std::int64_t{number};
  });
}

Result<std::string> SqliteConnection::ask_text(const std::string& query) {
  return sql_guard(file_.string(), [&] {
    std::string text;
    *session_ << query, soci::into(text);
    return text;
  });
}

void SqliteConnection::allow_steps(std::int64_t steps) {
  steps_left_ = steps;
  sqlite_api::sqlite3_progress_handler(handle_of(*session_), steps > 0 ? kStepsBetweenLooks : 0,
                                       is_out_of_steps, &steps_left_);
}

Status SqliteConnection::copy_to(const std::filesystem::path& file) {
  Status made = make_private(file);
  if (!made.ok()) return made;
  Status copied = execute("vacuum into " + quoted(file.string()));
  return copied.ok() ? flush(file) : copied;
}

}  // namespace conglang::server
