#include "content-server/ops/backup_archive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "content-server/ops/tar_header.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 1 << 20;  // chosen, as in repository_files

Error failed(const fs::path& path, const char* what) {
  const int code = errno;
  return {code == ENOENT ? ErrorKind::missing : ErrorKind::storage,
          path.string() + ": " + what + ": " + std::generic_category().message(code)};
}

// As many bytes as there are, up to `most`.
Result<std::string> read_piece(const FileHandle& handle, const fs::path& path,
                               std::size_t most) {
  std::string bytes(most, '\0');
  std::size_t count = 0;
  while (count < most) {
    const ssize_t more = ::read(handle.get(), bytes.data() + count, most - count);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return failed(path, "cannot be read");
    if (more == 0) break;
    count += static_cast<std::size_t>(more);
  }
  bytes.resize(count);
  return bytes;
}

std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// One archive on its way from front to back.
class ArchiveWalk {
 public:
  ArchiveWalk(const fs::path& file, FileHandle handle)
      : file_(file), handle_(std::move(handle)) {}

  Result<std::optional<TarEntry>> next() {
    const Result<std::string> block = take(kTarBlock);
    if (!block.ok()) return block.error();
    Result<std::optional<TarEntry>> entry = read_tar_header(*block);
    if (entry.ok()) return entry;
    return Error{entry.error().kind, file_.string() + ": " + entry.error().message};
  }

  Result<FileDigest> bytes_of(const TarEntry& entry, const TakeBytes& taker) {
    Sha256 digest;
    for (std::int64_t left = entry.length; left > 0;) {
      const auto most = std::min<std::int64_t>(left, static_cast<std::int64_t>(kPieceBytes));
      const Result<std::string> piece = take(static_cast<std::size_t>(most));
      if (!piece.ok()) return piece.error();
      digest.add(as_bytes(*piece));
      const Status taken = taker(*piece);
      if (!taken.ok()) return taken.error();
      left -= most;
    }
    const Result<std::string> padding = take(tar_padding(entry.length));
    if (!padding.ok()) return padding.error();
    return FileDigest{entry.length, digest.finish()};
  }

 private:
  Result<std::string> take(std::size_t count) {
    Result<std::string> bytes = read_piece(handle_, file_, count);
    if (!bytes.ok() || bytes->size() == count) return bytes;
    return Error{ErrorKind::malformed, file_.string() + ": the backup ends too early"};
  }

  const fs::path& file_;
  FileHandle handle_;
};

Error untrusted(const fs::path& archive, const std::string& name, const char* why) {
  return {ErrorKind::untrusted, archive.string() + ": " + name + ": " + why};
}

Status compare(const fs::path& archive, const std::map<std::string, FileDigest>& found,
               const BackupManifest& manifest) {
  for (const auto& [name, digest] : found) {
    const auto listed = manifest.files.find(name);
    if (listed == manifest.files.end()) {
      return untrusted(archive, name, "the manifest does not know it");
    }
    if (listed->second != digest) {
      return untrusted(archive, name, "is not what the manifest says");
    }
  }
  for (const auto& [name, digest] : manifest.files) {
    if (!found.contains(name)) return untrusted(archive, name, "is missing");
  }
  return {};
}

Result<BackupManifest> read_last(ArchiveWalk& walk, const TarEntry& entry) {
  if (entry.length > kMostManifestBytes) {
    return Error{ErrorKind::too_large, std::string(kManifestName) + ": is too long"};
  }
  std::string bytes;
  const auto digest = walk.bytes_of(entry, [&](std::string_view piece) {
    bytes += piece;
    return Status();
  });
  if (!digest.ok()) return digest.error();
  const auto end = walk.next();
  if (!end.ok()) return end.error();
  if (*end) return Error{ErrorKind::malformed, (*end)->name + ": comes after the manifest"};
  return read_manifest(bytes);
}

}  // namespace

Result<BackupArchive> BackupArchive::create(const fs::path& file, Instant now,
                                            std::string program) {
  std::error_code unknown;  // then opening it says what is wrong
  if (fs::exists(file, unknown)) {
    return Error{ErrorKind::conflict, file.string() + ": is there already"};
  }
  BackupArchive archive(file, FileHandle(), {now, std::move(program), {}});
  archive.handle_ = FileHandle(::open(
      archive.part().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!archive.handle_.is_open()) return failed(archive.part(), "cannot be written");
  return archive;
}

BackupArchive::~BackupArchive() {
  if (handle_.is_open()) ::unlink(part().c_str());
}

Status BackupArchive::put(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(handle_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(part(), "cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Status BackupArchive::add(const std::string& name, const fs::path& source) {
  const FileHandle from(::open(source.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat facts {};
  if (!from.is_open() || ::fstat(from.get(), &facts) != 0) {
    return failed(source, "cannot be opened");
  }
  if (!S_ISREG(facts.st_mode)) {
    return Error{ErrorKind::unsupported, source.string() + ": is no file"};
  }
  const TarEntry entry{name, facts.st_size};
  const Result<std::string> header = write_tar_header(entry, manifest_.made_at);
  if (!header.ok()) return header.error();
  Status status = put(*header);
  Sha256 digest;
  for (std::int64_t left = entry.length; status.ok() && left > 0;) {
    const auto most = std::min<std::int64_t>(left, static_cast<std::int64_t>(kPieceBytes));
    const Result<std::string> piece = read_piece(from, source, static_cast<std::size_t>(most));
    if (!piece.ok()) return piece.error();
    if (piece->size() < static_cast<std::size_t>(most)) {
      return Error{ErrorKind::conflict, source.string() + ": was cut while it was read"};
    }
    digest.add(as_bytes(*piece));
    status = put(*piece);
    left -= most;
  }
  if (status.ok()) status = put(std::string(tar_padding(entry.length), '\0'));
  if (status.ok()) manifest_.files[name] = {entry.length, digest.finish()};
  return status;
}

Result<BackupManifest> BackupArchive::finish() {
  const std::string manifest = write_manifest(manifest_);
  const auto length = static_cast<std::int64_t>(manifest.size());
  const auto header = write_tar_header({kManifestName, length}, manifest_.made_at);
  if (!header.ok()) return header.error();
  // Two blocks of zeros end an archive.
  const Status status =
      put(*header + manifest + std::string(tar_padding(length) + 2 * kTarBlock, '\0'));
  if (!status.ok()) return status.error();
  if (::fsync(handle_.get()) != 0) return failed(part(), "cannot be flushed");
  if (::rename(part().c_str(), file_.c_str()) != 0) {
    return failed(file_, "cannot be put in place");
  }
  handle_ = FileHandle();
  const fs::path above = fs::absolute(file_).parent_path();
  const FileHandle folder(::open(above.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open() || ::fsync(folder.get()) != 0) {
    return failed(above, "cannot be flushed");
  }
  return manifest_;
}

Result<BackupManifest> read_backup(
    const fs::path& file,
    const std::function<Result<TakeBytes>(const std::string& name)>& begin) {
  FileHandle handle(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!handle.is_open()) return failed(file, "cannot be opened");
  ArchiveWalk walk(file, std::move(handle));
  std::map<std::string, FileDigest> found;
  for (;;) {
    const auto entry = walk.next();
    if (!entry.ok()) return entry.error();
    if (!*entry) return Error{ErrorKind::malformed, file.string() + ": has no manifest"};
    const std::string& name = (*entry)->name;
    if (name == kManifestName) {
      Result<BackupManifest> manifest = read_last(walk, **entry);
      if (!manifest.ok()) return manifest;
      const Status same = compare(file, found, *manifest);
      return same.ok() ? std::move(manifest) : same.error();
    }
    if (!may_be_in_backup(name)) return untrusted(file, name, "has no place in a backup");
    if (found.contains(name)) return untrusted(file, name, "is there twice");
    const Result<TakeBytes> taker = begin(name);
    if (!taker.ok()) return taker.error();
    const Result<FileDigest> digest = walk.bytes_of(**entry, *taker);
    if (!digest.ok()) return digest.error();
    found[name] = *digest;
  }
}

}  // namespace conglang::server
