#include "content-server/http/body_file.h"

#include <fcntl.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

namespace conglang::server {
namespace {

Error storage_error(const std::filesystem::path& path, int fault) {
  return {ErrorKind::storage, path.string() + ": " + std::strerror(fault),
          fault == ENOSPC || fault == EDQUOT ? "disk-full" : ""};
}

}  // namespace

Result<std::unique_ptr<BodyFile>> BodyFile::create(const std::filesystem::path& folder) {
  std::string name = (folder / "body-XXXXXX").string();
  FileHandle file(::mkostemp(name.data(), O_CLOEXEC));
  if (!file.is_open()) return storage_error(folder, errno);
  return std::unique_ptr<BodyFile>(new BodyFile(name, std::move(file)));
}

BodyFile::~BodyFile() { ::unlink(path_.c_str()); }

Status BodyFile::write(std::span<const char> bytes) {
  digest_.add({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t written = ::write(file_.get(), bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return storage_error(path_, errno);
    done += static_cast<std::size_t>(written);
  }
  length_ += static_cast<std::int64_t>(bytes.size());
  return {};
}

Result<UploadedFile> BodyFile::finish() {
  if (::fsync(file_.get()) != 0) return storage_error(path_, errno);
  file_ = FileHandle();
  return UploadedFile{path_, length_, digest_.finish()};
}

}  // namespace conglang::server
