// The one connection that writes: transactions, their durability, and what follows a commit.
//
// Threads: one at a time.
#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <span>

#include "content-server/storage/bound_stores.h"
#include "content-server/storage/database.h"
#include "content-server/storage/sqlite_connection.h"
#include "content-server/transactions/transactions.h"
#include "playlists/base/result.h"

namespace conglang::server {

// One of several writes that share a commit.
struct GroupedWrite {
  const Transactions::Work* work = nullptr;
  Status result;
  std::exception_ptr thrown;  // what the work threw, for its own caller
  bool is_done = false;
};

class DatabaseWriter {
 public:
  DatabaseWriter(std::unique_ptr<SqliteConnection> connection, const DatabaseOptions& options);

  // On the disk when it returns well.
  Status write(const Transactions::Work& work);

  // One commit for all; a work that fails is undone alone. Sets each result.
  void write_group(std::span<GroupedWrite* const> group);

 private:
  enum class Flush { at_commit, by_the_system };

  Status begin(Flush flush);
  void run_one(GroupedWrite& one);
  std::int64_t newest_entry();  // of the audit log; 0: none
  void keep_anchor();
  void empty_log();

  std::unique_ptr<SqliteConnection> connection_;
  BoundStores stores_;
  std::filesystem::path anchor_file_, log_file_;
  const std::int64_t most_steps_, log_bytes_;
  std::int64_t anchored_ = 0;
  std::int64_t empty_log_at_;  // raised while readers keep it from being emptied
};

}  // namespace conglang::server
