#include "player/media/open_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace conglang::player {

Result<OpenFile> OpenFile::open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) {
    const bool absent = errno == ENOENT || errno == ENOTDIR;
    return Error{absent ? ErrorKind::missing : ErrorKind::storage,
                 path + ": " + std::generic_category().message(errno)};
  }
  OpenFile file(fd, 0);
  struct stat facts {};
  if (::fstat(fd, &facts) != 0) return Error{ErrorKind::storage, path + ": cannot be examined"};
  if (!S_ISREG(facts.st_mode)) return Error{ErrorKind::unsupported, path + ": is not a file"};
  if (facts.st_size == 0) return Error{ErrorKind::malformed, path + ": is empty"};
  file.size_ = facts.st_size;
  return file;
}

OpenFile::~OpenFile() {
  if (fd_ >= 0) ::close(fd_);
}

std::ptrdiff_t OpenFile::read(std::span<std::uint8_t> into) const {
  for (;;) {
    const ssize_t count = ::read(fd_, into.data(), into.size());
    if (count >= 0) return count;
    if (errno != EINTR) return -errno;
  }
}

std::ptrdiff_t OpenFile::read_fully(std::span<std::uint8_t> into) const {
  std::size_t done = 0;
  while (done < into.size()) {
    const std::ptrdiff_t count = read(into.subspan(done));
    if (count < 0) return count;
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return static_cast<std::ptrdiff_t>(done);
}

std::int64_t OpenFile::seek(std::int64_t offset, int whence) const {
  const off_t position = ::lseek(fd_, offset, whence);
  return position < 0 ? -errno : position;
}

}  // namespace conglang::player
