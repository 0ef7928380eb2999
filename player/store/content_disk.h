// The ContentFolder of a real disk.
#pragma once

#include <string>
#include <utility>

#include "player/store/content_folder.h"
#include "player/store/file_handles.h"

namespace conglang::player {

class ContentDisk : public ContentFolder {
 public:
  // Makes the folder, with its parents, when it is not there.
  static Result<ContentDisk> open(const std::string& path);

  Result<std::vector<ContentEntry>> list(const std::string& folder, std::size_t most) override;
  Result<std::unique_ptr<ContentFile>> open_after(const std::string& path,
                                                  std::int64_t length) override;
  Result<std::size_t> read(const std::string& path, std::int64_t offset,
                           std::span<std::uint8_t> bytes) override;
  Status rename(const std::string& from, const std::string& to) override;
  Status sync_names(const std::string& folder) override;
  Status remove(const std::string& path) override;
  Result<std::int64_t> free_bytes() override;

 private:
  ContentDisk(std::string path, FileHandle root)
      : path_(std::move(path)), root_(std::move(root)) {}

  std::string name_of(std::string_view path) const { return path_ + "/" + std::string(path); }

  std::string path_;
  FileHandle root_;
};

}  // namespace conglang::player
