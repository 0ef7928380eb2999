#include "content-server/http/safe_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "content-server/http/file_handles.h"

namespace conglang::server {
namespace {

constexpr std::size_t kMostBytes = 256 * 1024;  // chosen: many times a certificate chain

Error storage_error(const std::filesystem::path& path) {
  return {ErrorKind::storage, path.string() + ": " + std::strerror(errno)};
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

Status write_safely(const std::filesystem::path& file, std::string_view bytes) {
  const std::filesystem::path beside = file.string() + ".new";
  {
    const FileHandle open(
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    // A file left by an earlier attempt may have had another mode.
    const bool is_whole = open.is_open() && ::fchmod(open.get(), 0600) == 0 &&
                          write_all(open.get(), bytes) && ::fsync(open.get()) == 0;
    if (!is_whole) return storage_error(beside);
  }
  if (::rename(beside.c_str(), file.c_str()) != 0) return storage_error(file);
  const std::filesystem::path folder = file.parent_path();
  const FileHandle open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!open.is_open() || ::fsync(open.get()) != 0) return storage_error(folder);
  return {};
}

Result<std::optional<std::string>> read_small_file(const std::filesystem::path& file) {
  const FileHandle open(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!open.is_open() && errno == ENOENT) return std::optional<std::string>();
  if (!open.is_open()) return storage_error(file);
  std::string bytes;
  std::array<char, 4096> piece{};
  while (true) {
    const ssize_t count = ::read(open.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return storage_error(file);
    if (count == 0) return std::optional<std::string>(std::move(bytes));
    bytes.append(piece.data(), static_cast<std::size_t>(count));
    if (bytes.size() > kMostBytes) {
      return Error{ErrorKind::too_large, file.string() + ": too large for a certificate"};
    }
  }
}

}  // namespace conglang::server
