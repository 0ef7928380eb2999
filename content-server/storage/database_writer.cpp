#include "content-server/storage/database_writer.h"

#include <string>
#include <utility>

#include "content-server/storage/audit_anchor.h"
#include "content-server/storage/sql_transaction.h"

namespace conglang::server {

DatabaseWriter::DatabaseWriter(std::unique_ptr<SqliteConnection> connection,
                               const DatabaseOptions& options)
    : connection_(std::move(connection)),
      stores_(connection_->session()),
      anchor_file_(connection_->file().parent_path() / "audit.anchor"),
      log_file_(connection_->file().string() + "-wal"),
      most_steps_(options.most_steps),
      log_bytes_(options.log_bytes),
      empty_log_at_(options.log_bytes) {}

Status DatabaseWriter::begin(Flush flush) {
  connection_->allow_steps(most_steps_);
  return connection_->execute(flush == Flush::at_commit ? "pragma synchronous = full"
                                                        : "pragma synchronous = normal");
}

Status DatabaseWriter::write(const Transactions::Work& work) {
  Status status = begin(Flush::at_commit);
  if (!status.ok()) return status;
  std::int64_t before = 0;
  {
    SqlTransaction transaction(*connection_);
    status = transaction.begin("begin immediate");
    if (status.ok()) before = newest_entry();
    if (status.ok()) status = work(stores_.stores());
    if (status.ok()) status = transaction.commit();
  }
  if (!status.ok()) return status;
  // A commit that changed nothing flushes nothing: entries of a group before it may be lost
  // yet.
  if (newest_entry() != before) keep_anchor();
  empty_log();
  return {};
}

void DatabaseWriter::run_one(GroupedWrite& one) {
  if (!connection_->is_in_transaction()) {  // else the savepoint would be one of its own
    one.result = Error{ErrorKind::storage, connection_->file().string() +
                                               ": gave up a write that shared this commit"};
    return;
  }
  one.result = connection_->execute("savepoint one");
  if (!one.result.ok()) return;
  try {
    one.result = (*one.work)(stores_.stores());
  } catch (...) {  // never into the thread of another writer
    one.thrown = std::current_exception();
    one.result = Error{ErrorKind::storage, connection_->file().string() + ": a write threw"};
  }
  const Status ended =
      connection_->execute(one.result.ok() ? "release one" : "rollback to one; release one");
  if (one.result.ok()) one.result = ended;
}

void DatabaseWriter::write_group(std::span<GroupedWrite* const> group) {
  Status status = begin(Flush::by_the_system);
  if (status.ok()) {
    SqlTransaction transaction(*connection_);
    status = transaction.begin("begin immediate");
    if (status.ok()) {
      for (GroupedWrite* one : group) run_one(*one);
      status = transaction.commit();
    }
  }
  for (GroupedWrite* one : group) {
    if (!status.ok() && one->result.ok()) one->result = status;
  }
  empty_log();
}

std::int64_t DatabaseWriter::newest_entry() {
  const auto newest = stores_.stores().audit.read({.most = 1});
  return newest.ok() && !newest->empty() ? newest->front().number : 0;
}

// After the commit, so that it never speaks of an entry that a power cut took. What was
// committed stays committed when this file cannot be written; the next one catches up.
void DatabaseWriter::keep_anchor() {
  const auto newest = stores_.stores().audit.read({.most = 1});
  if (!newest.ok() || newest->empty() || newest->front().number == anchored_) return;
  const AuditAnchor anchor{newest->front().number, newest->front().digest};
  if (write_audit_anchor(anchor_file_, anchor).ok()) anchored_ = anchor.number;
}

// SQLite copies pages back by itself, but begins the log anew only at a moment without
// readers; under constant reading it would grow for ever. This waits for such a moment.
void DatabaseWriter::empty_log() {
  std::error_code absent;
  const auto size = std::filesystem::file_size(log_file_, absent);
  if (absent || static_cast<std::int64_t>(size) <= empty_log_at_) return;
  const auto is_blocked = connection_->ask_number("pragma wal_checkpoint(truncate)");
  const bool is_empty = is_blocked.ok() && *is_blocked == 0;
  empty_log_at_ = is_empty ? log_bytes_ : static_cast<std::int64_t>(size) + log_bytes_;
}

}  // namespace conglang::server
