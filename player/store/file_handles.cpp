#include "player/store/file_handles.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace conglang::player {
namespace {

constexpr int kRead = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
constexpr std::size_t kBlockBytes = 64 << 10;

Error no_plain_path(std::string_view path) {
  return {ErrorKind::unsupported, std::string(path) + ": not a plain path below the folder"};
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('\0') == name.npos;
}

Result<FileHandle> require_plain_file(FileHandle file, std::string_view path) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return file_error(path, errno);
  if (!S_ISREG(status.st_mode)) {
    return Error{ErrorKind::unsupported, std::string(path) + ": not a plain file"};
  }
  return file;
}

int open_at(int folder, std::string_view name, int flags) {
  return ::openat(folder, std::string(name).c_str(), flags | O_NOFOLLOW);
}

}  // namespace

Error file_error(std::string_view path, int error_number) {
  const bool is_missing = error_number == ENOENT || error_number == ENOTDIR;
  if (error_number == ELOOP) return no_plain_path(path);
  return {is_missing ? ErrorKind::missing : ErrorKind::storage,
          std::string(path) + ": " + std::generic_category().message(error_number)};
}

Result<FileHandle> open_folder(const std::string& path) {
  FileHandle folder(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
  if (!folder.is_open()) return file_error(path, errno);
  return folder;
}

Result<FileHandle> open_file(const std::string& path) {
  FileHandle file(::open(path.c_str(), kRead));
  if (!file.is_open()) return file_error(path, errno);
  return require_plain_file(std::move(file), path);
}

Result<FileHandle> open_below(const FileHandle& folder, std::string_view path) {
  FileHandle parent(-1);
  std::string_view rest = path;
  while (true) {
    const std::size_t slash = rest.find('/');
    const std::string_view name = rest.substr(0, slash);
    if (!is_plain_name(name)) return no_plain_path(path);
    const bool is_last = slash == std::string_view::npos;
    const int from = parent.is_open() ? parent.get() : folder.get();
    FileHandle next(open_at(from, name, is_last ? kRead : kRead | O_DIRECTORY));
    if (!next.is_open()) return file_error(path, errno);
    if (is_last) return require_plain_file(std::move(next), path);
    parent = std::move(next);
    rest.remove_prefix(slash + 1);
  }
}

Result<std::int64_t> length_of(const FileHandle& file, std::string_view path) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return file_error(path, errno);
  return std::int64_t{status.st_size};
}

Result<std::string> read_whole(const FileHandle& file, std::string_view path,
                               std::int64_t max_bytes) {
  std::string bytes;
  const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(max_bytes, 0));
  while (true) {
    const std::size_t held = bytes.size();
    // One byte beyond the limit tells that there is more.
    const std::size_t wanted = std::min(kBlockBytes, limit + 1 - held);
    bytes.resize(held + wanted);
    const ssize_t got = ::read(file.get(), bytes.data() + held, wanted);
    if (got < 0 && errno != EINTR) return file_error(path, errno);
    bytes.resize(held + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return bytes;
    if (bytes.size() > limit) {
      return Error{ErrorKind::too_large,
                   std::string(path) + ": longer than " + std::to_string(max_bytes) + " bytes"};
    }
  }
}

}  // namespace conglang::player
