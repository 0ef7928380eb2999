#include "content-server/storage/sql_transaction.h"

namespace conglang::server {

SqlTransaction::~SqlTransaction() {
  // Fails only where SQLite has rolled back by itself, as after a full disk.
  if (is_open_) (void)connection_.execute("rollback");
}

Status SqlTransaction::begin(const std::string& statement) {
  Status status = connection_.execute(statement);
  is_open_ = status.ok();
  return status;
}

Status SqlTransaction::commit() {
  Status status = connection_.execute("commit");
  if (status.ok()) is_open_ = false;
  return status;
}

}  // namespace conglang::server
