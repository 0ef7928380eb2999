// Everything an office needs to begin again, in one file, while the server goes on working.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "content-server/ops/backup_manifest.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

struct BackupSource {
  std::filesystem::path data;  // the server's data folder

  // Makes a whole copy of office.sqlite as that file, which is not there yet.
  std::function<Status(const std::filesystem::path& copy)> copy_database;

  std::string program;  // the version that makes it
};

// Told after each file; false stops.
struct BackupProgress {
  std::int64_t files = 0, bytes = 0;  // done so far
  std::string name;                   // the one just done
};
using TellProgress = std::function<bool(const BackupProgress&)>;

// Holds the database with its audit anchor, the online keys, the certificates, the settings,
// the repository and the staged assets. Not: pictures of screens, unfinished uploads, older
// backups. Who has the file has the online keys: it is readable for its owner alone.
// A file that disappears while it is made was removed on purpose and is left out.
// It begins anew when keys or root change meanwhile.
// Fails: conflict when `file` is there already, or, code "keys-changed", when they changed
// again; stopped; storage. Then `file` is not there.
Result<BackupManifest> make_backup(const BackupSource& source,
                                   const std::filesystem::path& file, Instant now,
                                   const TellProgress& tell);

// "conglang-20261123T101500Z.tar": sorts by time.
std::string backup_name(Instant now);

// Removes all but the newest `keep` files named so in `folder`; returns how many.
// Requires: keep > 0.
Result<int> remove_old_backups(const std::filesystem::path& folder, int keep);

// Puts a backup into `data`, which is empty or not there. Every digest is verified before
// `data` comes to be, in one step; then restored.json lies in it.
// Fails: conflict when `data` holds anything; as read_backup(); stopped; storage. Then `data`
// is as it was.
Result<BackupManifest> restore_backup(const std::filesystem::path& file,
                                      const std::filesystem::path& data, Instant now,
                                      const TellProgress& tell);

// What restored.json says. Kiosks have seen newer versions than those in the backup; so
// whoever finds this signs every online role again, with max(previous + 1, unix seconds),
// writes "office.restored" into the audit log, and then removes the mark.
struct RestoredMark {
  Instant restored_at{}, made_at{};
};

// Nothing when the office was not restored. Fails: malformed; storage.
Result<std::optional<RestoredMark>> read_restored_mark(const std::filesystem::path& data);
Status remove_restored_mark(const std::filesystem::path& data);

}  // namespace conglang::server
