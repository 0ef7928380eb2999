// One transaction on one connection.
#pragma once

#include <string>

#include "content-server/storage/sqlite_connection.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Rolls back unless committed.
class SqlTransaction {
 public:
  explicit SqlTransaction(SqliteConnection& connection) : connection_(connection) {}
  ~SqlTransaction();
  SqlTransaction(const SqlTransaction&) = delete;
  SqlTransaction& operator=(const SqlTransaction&) = delete;

  // "begin", "begin immediate", "begin exclusive".
  Status begin(const std::string& statement);
  Status commit();

 private:
  SqliteConnection& connection_;
  bool is_open_ = false;
};

}  // namespace conglang::server
