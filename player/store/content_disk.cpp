#include "player/store/content_disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <system_error>

namespace conglang::player {
namespace {

constexpr int kFolderFlags = O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW;
constexpr mode_t kFolderMode = 0755;
constexpr mode_t kFileMode = 0644;

Error disk_error(const std::string& name, int error_number) {
  Error error = file_error(name, error_number);
  if (error_number == ENOSPC || error_number == EDQUOT) error.code = kNoSpaceCode;
  return error;
}

struct PathParts {
  std::string_view folder;  // may be empty
  std::string name;
};

PathParts split(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {{}, std::string(path)};
  return {path.substr(0, slash), std::string(path.substr(slash + 1))};
}

enum class WhenMissing { fail, make };

// A folder below `root`, one name after the other, so that no link leads elsewhere.
Result<FileHandle> open_folder_below(const FileHandle& root, std::string_view path,
                                     WhenMissing when) {
  FileHandle folder(::openat(root.get(), ".", kFolderFlags));
  while (folder.is_open() && !path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string name(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (name.empty() || name == "." || name == "..") {
      return Error{ErrorKind::unsupported, name + ": not a plain path below the folder"};
    }
    if (when == WhenMissing::make && ::mkdirat(folder.get(), name.c_str(), kFolderMode) == 0) {
      static_cast<void>(::fsync(folder.get()));  // a lost folder only costs its content
    }
    FileHandle next(::openat(folder.get(), name.c_str(), kFolderFlags));
    if (!next.is_open()) return disk_error(name, errno);
    folder = std::move(next);
  }
  if (!folder.is_open()) return disk_error(std::string(path), errno);
  return folder;
}

class DiskFile : public ContentFile {
 public:
  DiskFile(FileHandle file, std::string name)
      : file_(std::move(file)), name_(std::move(name)) {}

  Status append(std::span<const std::uint8_t> bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) return disk_error(name_, errno);
      if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
  }

  Status sync() override {
    if (::fsync(file_.get()) != 0) return disk_error(name_, errno);
    return {};
  }

 private:
  FileHandle file_;
  std::string name_;
};

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

}  // namespace

Result<ContentDisk> ContentDisk::open(const std::string& path) {
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed) return Error{ErrorKind::storage, path + ": " + failed.message()};
  auto root = open_folder(path);
  if (!root) return root.error();
  return ContentDisk(path, std::move(*root));
}

Result<std::vector<ContentEntry>> ContentDisk::list(const std::string& folder,
                                                    std::size_t most) {
  std::vector<ContentEntry> entries;
  const auto opened = open_folder_below(root_, folder, WhenMissing::fail);
  if (!opened && opened.error().kind == ErrorKind::missing) return entries;
  if (!opened) return opened.error();
  const int again = ::openat(opened->get(), ".", kFolderFlags);
  const std::unique_ptr<DIR, CloseFolder> names(again < 0 ? nullptr : ::fdopendir(again));
  if (!names) {
    const Error error = disk_error(name_of(folder), errno);
    const FileHandle closes_it(again);
    return error;
  }
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(names.get());
    if (entry == nullptr && errno != 0) return disk_error(name_of(folder), errno);
    if (entry == nullptr) break;
    struct stat status {};
    if (::fstatat(opened->get(), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (!S_ISREG(status.st_mode)) continue;
    if (entries.size() == most) {
      return Error{ErrorKind::too_large,
                   name_of(folder) + ": more than " + std::to_string(most) + " files"};
    }
    entries.push_back({entry->d_name, status.st_size});
  }
  std::sort(entries.begin(), entries.end(),
            [](const ContentEntry& a, const ContentEntry& b) { return a.name < b.name; });
  return entries;
}

Result<std::unique_ptr<ContentFile>> ContentDisk::open_after(const std::string& path,
                                                             std::int64_t length) {
  const PathParts parts = split(path);
  const auto folder = open_folder_below(root_, parts.folder, WhenMissing::make);
  if (!folder) return folder.error();
  constexpr int kFlags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  FileHandle file(::openat(folder->get(), parts.name.c_str(), kFlags, kFileMode));
  if (!file.is_open()) return disk_error(name_of(path), errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return disk_error(name_of(path), errno);
  if (!S_ISREG(status.st_mode)) {
    return Error{ErrorKind::unsupported, name_of(path) + ": not a plain file"};
  }
  if (status.st_size < length) {
    return Error{ErrorKind::storage, name_of(path) + ": shorter than it was"};
  }
  if (status.st_size > length && ::ftruncate(file.get(), length) != 0) {
    return disk_error(name_of(path), errno);
  }
  return std::unique_ptr<ContentFile>(
      std::make_unique<DiskFile>(std::move(file), name_of(path)));
}

Result<std::size_t> ContentDisk::read(const std::string& path, std::int64_t offset,
                                      std::span<std::uint8_t> bytes) {
  const auto file = open_below(root_, path);
  if (!file) return file.error();
  while (true) {
    const ssize_t got = ::pread(file->get(), bytes.data(), bytes.size(), offset);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return disk_error(name_of(path), errno);
  }
}

Status ContentDisk::rename(const std::string& from, const std::string& to) {
  const PathParts source = split(from), target = split(to);
  const auto source_folder = open_folder_below(root_, source.folder, WhenMissing::fail);
  if (!source_folder) return source_folder.error();
  const auto target_folder = open_folder_below(root_, target.folder, WhenMissing::make);
  if (!target_folder) return target_folder.error();
  const int code = ::renameat(source_folder->get(), source.name.c_str(), target_folder->get(),
                              target.name.c_str());
  if (code != 0) return disk_error(name_of(to), errno);
  return {};
}

Status ContentDisk::sync_names(const std::string& folder) {
  const auto opened = open_folder_below(root_, folder, WhenMissing::make);
  if (!opened) return opened.error();
  if (::fsync(opened->get()) != 0) return disk_error(name_of(folder), errno);
  return {};
}

Status ContentDisk::remove(const std::string& path) {
  const PathParts parts = split(path);
  const auto folder = open_folder_below(root_, parts.folder, WhenMissing::fail);
  if (!folder) return folder.error();
  if (::unlinkat(folder->get(), parts.name.c_str(), 0) != 0) {
    return disk_error(name_of(path), errno);
  }
  return {};
}

Result<std::int64_t> ContentDisk::free_bytes() {
  struct statvfs status {};
  if (::fstatvfs(root_.get(), &status) != 0) return disk_error(path_, errno);
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const std::uint64_t blocks = status.f_bavail, size = status.f_frsize;
  if (size != 0 && blocks > kMost / size) return std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(blocks * size);
}

}  // namespace conglang::player
