#include "player/store/posix_state_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace conglang::player {
namespace {

Status write_all(const FileHandle& file, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return file_error(path, errno);
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status sync(const FileHandle& file, const std::string& path) {
  // Not tried again when it fails: the kernel may have dropped the pages it could not write.
  if (::fsync(file.get()) != 0) return file_error(path, errno);
  return {};
}

}  // namespace

Result<PosixStateFolder> PosixStateFolder::open(const std::string& path) {
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed) return Error{ErrorKind::storage, path + ": " + failed.message()};
  auto folder = open_folder(path);
  if (!folder) return folder.error();
  return PosixStateFolder(path, std::move(*folder));
}

Result<PosixStateFolder> PosixStateFolder::open_inside(const std::string& path,
                                                       const std::string& name) {
  const auto parent = open_folder(path);
  if (!parent) return parent.error();
  const std::string whole = path + "/" + name;
  constexpr mode_t kEverybodyReads = 0755;
  if (::mkdirat(parent->get(), name.c_str(), kEverybodyReads) != 0 && errno != EEXIST) {
    return file_error(whole, errno);
  }
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW;
  FileHandle folder(::openat(parent->get(), name.c_str(), kFlags));
  if (!folder.is_open()) {
    // With O_DIRECTORY a link is ENOTDIR, which would be called missing.
    return Error{ErrorKind::unsupported, whole + ": not a plain folder"};
  }
  return PosixStateFolder(whole, std::move(folder));
}

Result<std::int64_t> PosixStateFolder::free_bytes() const {
  struct statvfs facts {};
  if (::fstatvfs(folder_.get(), &facts) != 0) return file_error(path_, errno);
  return static_cast<std::int64_t>(facts.f_bavail) * static_cast<std::int64_t>(facts.f_frsize);
}

Result<std::string> PosixStateFolder::read(std::string_view name, std::int64_t max_bytes) {
  auto file = open_below(folder_, name);
  if (!file) return Error{file.error().kind, path_ + "/" + file.error().message};
  return read_whole(*file, path_of(name), max_bytes);
}

Status PosixStateFolder::write_synced(std::string_view name, std::string_view bytes) {
  // Without waiting: on a stick there may be a pipe of that name.
  constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  constexpr mode_t kOwnerOnly = 0600;
  const FileHandle file(::openat(folder_.get(), std::string(name).c_str(), kFlags, kOwnerOnly));
  if (!file.is_open()) return file_error(path_of(name), errno);
  if (Status written = write_all(file, path_of(name), bytes); !written) return written;
  return sync(file, path_of(name));
}

Status PosixStateFolder::rename(std::string_view from, std::string_view to) {
  const int code = ::renameat(folder_.get(), std::string(from).c_str(), folder_.get(),
                              std::string(to).c_str());
  if (code != 0) return file_error(path_of(to), errno);
  return {};
}

Status PosixStateFolder::sync_names() { return sync(folder_, path_); }

Status PosixStateFolder::remove(std::string_view name) {
  if (::unlinkat(folder_.get(), std::string(name).c_str(), 0) != 0) {
    return file_error(path_of(name), errno);
  }
  return {};
}

}  // namespace conglang::player
