#include "content-server/publishing/repository_files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <span>
#include <system_error>
#include <vector>

#include "content-server/publishing/file_handles.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

using Piece = std::span<const std::uint8_t>;

// Chosen: large enough that the system calls do not count, small beside any machine.
constexpr std::size_t kPieceBytes = 1 << 20;

Error failed(const fs::path& path, const char* what) {
  const int code = errno;
  return {code == ENOENT || code == ENOTDIR ? ErrorKind::missing : ErrorKind::storage,
          path.string() + ": " + what + ": " + std::generic_category().message(code),
          code == ENOSPC || code == EDQUOT ? "disk-full" : ""};
}

Result<FileHandle> open_to_read(const fs::path& path) {
  FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open()) return failed(path, "cannot be opened");
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return failed(path, "cannot be opened");
  if (S_ISREG(facts.st_mode)) return file;
  return Error{ErrorKind::storage, path.string() + ": is no file"};
}

Status read_pieces(const fs::path& path, std::int64_t max_bytes,
                   const std::function<Status(Piece)>& take) {
  const Result<FileHandle> file = open_to_read(path);
  if (!file.ok()) return file.error();
  std::vector<std::uint8_t> buffer(kPieceBytes);
  std::int64_t total = 0;
  for (;;) {
    const ssize_t count = ::read(file->get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(path, "cannot be read");
    if (count == 0) return {};
    total += count;
    if (total > max_bytes) {
      return Error{ErrorKind::too_large,
                   path.string() + ": is longer than " + std::to_string(max_bytes) + " bytes"};
    }
    Status taken = take({buffer.data(), static_cast<std::size_t>(count)});
    if (!taken.ok()) return taken;
  }
}

Status write_piece(const FileHandle& file, const fs::path& path, Piece piece) {
  while (!piece.empty()) {
    const ssize_t count = ::write(file.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(path, "cannot be written");
    piece = piece.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

Status flush_folder(const fs::path& folder) {
  const FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle.is_open() || ::fsync(handle.get()) != 0)
    return failed(folder, "cannot be flushed");
  return {};
}

// Fills a temporary file by `fill`, then puts it in the place of `path`.
Status replace_by(const fs::path& path, int mode,
                  const std::function<Status(const FileHandle&, const fs::path&)>& fill) {
  std::string pattern = path.string() + ".XXXXXX.tmp";
  FileHandle file(::mkostemps(pattern.data(), 4, O_CLOEXEC));
  const fs::path temporary(pattern);
  if (!file.is_open()) return failed(path, "cannot be written");

  Status status = fill(file, temporary);
  if (status.ok() &&
      (::fchmod(file.get(), static_cast<mode_t>(mode)) != 0 || ::fsync(file.get()) != 0)) {
    status = failed(path, "cannot be written");
  }
  if (status.ok() && ::rename(temporary.c_str(), path.c_str()) != 0) {
    status = failed(path, "cannot be put in place");
  }
  if (status.ok()) return flush_folder(path.parent_path());
  ::unlink(temporary.c_str());
  return status;
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::int64_t max_bytes) {
  std::string bytes;
  const Status status = read_pieces(path, max_bytes, [&](Piece piece) {
    bytes.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    return Status();
  });
  if (!status.ok()) return status.error();
  return bytes;
}

Result<std::string> read_beginning(const fs::path& path, std::int64_t count) {
  const Result<FileHandle> file = open_to_read(path);
  if (!file.ok()) return file.error();
  std::string bytes(static_cast<std::size_t>(count), '\0');
  const ssize_t read = ::pread(file->get(), bytes.data(), bytes.size(), 0);
  if (read < 0) return failed(path, "cannot be read");
  bytes.resize(static_cast<std::size_t>(read));
  return bytes;
}

Result<FileDigest> digest_file(const fs::path& path, std::int64_t max_bytes) {
  Sha256 digest;
  FileDigest result;
  const Status status = read_pieces(path, max_bytes, [&](Piece piece) {
    digest.add(piece);
    result.length += static_cast<std::int64_t>(piece.size());
    return Status();
  });
  if (!status.ok()) return status.error();
  result.sha256 = digest.finish();
  return result;
}

Status make_folders(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return {};
  const bool is_full = error == std::errc::no_space_on_device || error.value() == EDQUOT;
  return Error{ErrorKind::storage, folder.string() + ": cannot be made: " + error.message(),
               is_full ? "disk-full" : ""};
}

Status replace_file(const fs::path& path, std::string_view bytes, int mode) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const Piece piece(data, bytes.size());
  return replace_by(path, mode, [&](const FileHandle& file, const fs::path& temporary) {
    return write_piece(file, temporary, piece);
  });
}

Status copy_file(const fs::path& from, const fs::path& to, const FileDigest& expected) {
  return replace_by(to, 0644, [&](const FileHandle& file, const fs::path& temporary) -> Status {
    Sha256 digest;
    Status copied = read_pieces(from, expected.length, [&](Piece piece) {
      digest.add(piece);
      return write_piece(file, temporary, piece);
    });
    if (!copied.ok()) return copied;
    if (digest.finish() == expected.sha256) return {};
    return Error{ErrorKind::conflict, from.string() + ": was changed while it was read"};
  });
}

Status place_file(const fs::path& from, const fs::path& to, const FileDigest& expected) {
  const Result<FileDigest> found = digest_file(from, expected.length);
  if (!found.ok()) return found.error();
  if (!(*found == expected)) {
    return Error{ErrorKind::conflict, from.string() + ": is not what it was"};
  }
  const std::string beside = to.string() + ".link.tmp";
  ::unlink(beside.c_str());
  if (::link(from.c_str(), beside.c_str()) != 0) return copy_file(from, to, expected);
  if (::rename(beside.c_str(), to.c_str()) != 0) {
    Status refused = failed(to, "cannot be put in place");
    ::unlink(beside.c_str());
    return refused;
  }
  // rename() does nothing when both are the same file already.
  ::unlink(beside.c_str());
  return flush_folder(to.parent_path());
}

Status move_file(const fs::path& from, const fs::path& to) {
  if (::chmod(from.c_str(), 0644) != 0 || ::rename(from.c_str(), to.c_str()) != 0) {
    return failed(to, "cannot be put in place");
  }
  return flush_folder(to.parent_path());
}

}  // namespace conglang::server
