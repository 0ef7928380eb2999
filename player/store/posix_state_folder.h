// The StateFolder of a real disk.
#pragma once

#include <string>

#include "player/store/file_handles.h"
#include "player/store/state_folder.h"

namespace conglang::player {

class PosixStateFolder : public StateFolder {
 public:
  // Makes the folder, with its parents, when it is not there; files are readable by the
  // owner only.
  static Result<PosixStateFolder> open(const std::string& path);

  // A folder on something that others made, such as a stick: made when it is not there, refused
  // when it is a symbolic link. `name` is a plain file name of ours.
  // Fails: unsupported (no folder, but a link), storage.
  static Result<PosixStateFolder> open_inside(const std::string& path, const std::string& name);

  // What an ordinary user may still write there.
  Result<std::int64_t> free_bytes() const;

  Result<std::string> read(std::string_view name, std::int64_t max_bytes) override;
  Status write_synced(std::string_view name, std::string_view bytes) override;
  Status rename(std::string_view from, std::string_view to) override;
  Status sync_names() override;
  Status remove(std::string_view name) override;

 private:
  PosixStateFolder(std::string path, FileHandle folder)
      : path_(std::move(path)), folder_(std::move(folder)) {}

  std::string path_of(std::string_view name) const { return path_ + "/" + std::string(name); }

  std::string path_;
  FileHandle folder_;
};

}  // namespace conglang::player
