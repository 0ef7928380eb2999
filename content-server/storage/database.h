// The office's database: one SQLite file with a write-ahead log, migrated when it is opened.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "content-server/transactions/transactions.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

struct DatabaseOptions {
  int readers = 4;                          // connections that read beside the writer
  std::chrono::milliseconds busy{5000};     // how long another program's lock is waited for
  std::int64_t most_steps = 2'000'000'000;  // of SQLite's machine in one transaction; minutes
  std::int64_t log_bytes = 32 << 20;        // the write-ahead log is emptied beyond that

  // Where the copy goes that is made before a migration. Empty: "backups" beside the file.
  std::filesystem::path backups = {};
};

// Reads run on one of a few connections, each with a view that does not change. Writes with
// Durability::power_cut are flushed to the disk one by one. Writes with Durability::crash
// that arrive together share one commit: each has its own savepoint, and returns when the
// commit is done; their work may run on the thread of another writer that waits likewise.
//
// Threads: any. When all readers are in use, read() waits for one.
class Database : public Transactions {
 public:
  // Opens or makes `file`; checks it; migrates it. Beside it lies audit.anchor.
  // Fails: storage, code "damaged-database", naming restore; storage, code "lost-entries"
  // when the file is older than its audit.anchor (a lost -wal file, an old copy put back);
  // as migrate().
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file,
                                                const DatabaseOptions& options, Instant now);
  ~Database() override;

  Status read(const Work& work) override;
  Status write(Durability durability, const Work& work) override;

  // A whole and compact copy while others go on working.
  // Fails: conflict when `copy` is there already; storage.
  Status copy_to(const std::filesystem::path& copy);

  // Every page and every index, which takes seconds for each gigabyte.
  // Fails: storage, code "damaged-database".
  Status check_integrity();

 private:
  struct Parts;
  explicit Database(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace conglang::server
