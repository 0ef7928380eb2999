#include "playlists/tool/folder_source.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <vector>

#include "playlists/tool/file_handles.h"

namespace conglang {
namespace {

// Chosen: large enough that the system calls do not count.
constexpr std::size_t kPieceBytes = 1 << 20;

Error failed(std::string_view path, int code) {
  const bool is_missing = code == ENOENT || code == ENOTDIR;
  return {is_missing ? ErrorKind::missing : ErrorKind::storage,
          std::string(path) + ": " + std::generic_category().message(code)};
}

}  // namespace

Result<std::string> FolderSource::read(std::string_view path, std::int64_t max_bytes) {
  std::string bytes;
  bool is_too_long = false;
  const Status status = stream(path, [&](std::span<const std::uint8_t> piece) {
    bytes.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    is_too_long = static_cast<std::int64_t>(bytes.size()) > max_bytes;
    return !is_too_long;
  });
  if (!status.ok()) return status.error();
  if (!is_too_long) return bytes;
  return Error{ErrorKind::too_large,
               std::string(path) + ": is longer than " + std::to_string(max_bytes) + " bytes"};
}

Status FolderSource::stream(
    std::string_view path,
    const std::function<bool(std::span<const std::uint8_t>)>& take) const {
  // O_NONBLOCK: a pipe put in the place of a file must not hold us up.
  const FileHandle file(::open((folder_ / path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open()) return failed(path, errno);
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return failed(path, errno);
  if (!S_ISREG(facts.st_mode)) {
    return Error{ErrorKind::storage, std::string(path) + ": is no file"};
  }
  std::vector<std::uint8_t> buffer(kPieceBytes);
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(path, errno);
    if (count == 0) return {};
    if (!take({buffer.data(), static_cast<std::size_t>(count)})) return {};
  }
}

}  // namespace conglang
