// A backup as one file: plain tar, and at its end a manifest with the digest of every file.
//
// Threads: one at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "content-server/ops/backup_manifest.h"
#include "content-server/publishing/file_handles.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

// Writes into `file`.part, which finish() gives its name; without finish() it is removed.
class BackupArchive {
 public:
  // The archive holds private keys: only its owner may read it.
  // Fails: conflict when `file` is there already; storage.
  static Result<BackupArchive> create(const std::filesystem::path& file, Instant now,
                                      std::string program);
  ~BackupArchive();
  BackupArchive(BackupArchive&&) noexcept = default;
  BackupArchive& operator=(BackupArchive&&) noexcept = delete;

  // Requires: may_be_in_backup(name).
  // Fails: missing when `source` is gone; conflict when it changed its length meanwhile;
  // too_large for a name of more than 255 bytes; storage.
  Status add(const std::string& name, const std::filesystem::path& source);

  // Writes the manifest and flushes everything.
  Result<BackupManifest> finish();

 private:
  BackupArchive(std::filesystem::path file, FileHandle handle, BackupManifest manifest)
      : file_(std::move(file)), handle_(std::move(handle)), manifest_(std::move(manifest)) {}

  std::filesystem::path part() const { return file_.string() + ".part"; }
  Status put(std::string_view bytes);

  std::filesystem::path file_;
  FileHandle handle_;
  BackupManifest manifest_;
};

// Takes a file's bytes, piece by piece.
using TakeBytes = std::function<Status(std::string_view)>;

// Reads an archive from its beginning to its end and compares every file with the manifest.
// `begin` is called for each file, and what it returns takes its bytes; what was taken counts
// only when all ended well.
// Fails: malformed when it is damaged or ends too early; untrusted, naming the file, when one
// is not what the manifest says, or only one of the two knows it; as `begin`; storage.
Result<BackupManifest> read_backup(
    const std::filesystem::path& file,
    const std::function<Result<TakeBytes>(const std::string& name)>& begin);

}  // namespace conglang::server
