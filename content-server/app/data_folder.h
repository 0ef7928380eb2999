// The server's data folder: its parts by name, and one server at a time.
#pragma once

#include <filesystem>

#include "content-server/publishing/file_handles.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Everything below one folder, readable for its owner alone.
struct DataFolder {
  std::filesystem::path root;

  std::filesystem::path database() const { return root / "office.sqlite"; }
  std::filesystem::path repository() const { return root / "repository"; }
  std::filesystem::path keys() const { return root / "keys"; }
  std::filesystem::path tls() const { return root / "tls"; }
  std::filesystem::path assets() const { return root / "assets"; }
  std::filesystem::path uploads() const { return root / "uploads"; }
  std::filesystem::path pictures() const { return root / "pictures"; }
  std::filesystem::path backups() const { return root / "backups"; }
  std::filesystem::path settings() const { return root / "conglang.toml"; }
};

// Makes the folders that are missing, and removes what an earlier server left half-uploaded.
// Requires: the lock is held.
// Fails: storage, naming the folder.
Status prepare_data_folder(const DataFolder& folder);

// Held until the handle closes, also by the death of the program.
// Fails: conflict, code "in-use", when another server or command works there; missing;
// storage.
Result<FileHandle> lock_data_folder(const DataFolder& folder);

}  // namespace conglang::server
