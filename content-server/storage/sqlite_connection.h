// One connection to the SQLite file, ready for SOCI, and what SOCI does not offer.
//
// Threads: one at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "playlists/base/result.h"

namespace soci {
class session;
}  // namespace soci

namespace conglang::server {

class SqliteConnection {
 public:
  enum class Access { write, read_only };  // read_only: what writes is refused

  // Makes the file, for its owner alone, when it is not there. Waits up to `busy` for another
  // connection's lock. Fails: storage, code "damaged-database" when it is no database;
  // conflict, code "busy".
  static Result<std::unique_ptr<SqliteConnection>> open(const std::filesystem::path& file,
                                                        Access access,
                                                        std::chrono::milliseconds busy);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  soci::session& session() { return *session_; }
  const std::filesystem::path& file() const { return file_; }

  // One or more statements without values.
  // Fails: as sql_error().
  Status execute(const std::string& statements);

  // False also after SQLite gave a transaction up by itself, as on a full disk.
  bool is_in_transaction() const;

  // The only value of the only row.
  Result<std::int64_t> ask_number(const std::string& query);
  Result<std::string> ask_text(const std::string& query);

  // From now on what runs is interrupted (code "timeout") after so many steps of SQLite's
  // machine; 0: never. Steps, because below app/ nobody reads a clock; some ten million of
  // them take a second.
  void allow_steps(std::int64_t steps);

  // A whole and compact copy, as the database is at this moment.
  // Fails: conflict when `file` is there already; storage.
  Status copy_to(const std::filesystem::path& file);

 private:
  SqliteConnection(std::filesystem::path file, std::unique_ptr<soci::session> session);

  std::filesystem::path file_;
  std::unique_ptr<soci::session> session_;
  std::int64_t steps_left_ = 0;
};

}  // namespace conglang::server
