#include "content-server/app/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace conglang::server {
namespace {

Error failed(const std::filesystem::path& path, int error) {
  return {ErrorKind::storage, path.string() + ": " + std::strerror(error)};
}

Status make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return failed(path, error.value());
  std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  if (error) return failed(path, error.value());
  return {};
}

Status empty_folder(const std::filesystem::path& path) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    std::filesystem::remove_all(entry.path(), error);
    if (error) return failed(entry.path(), error.value());
  }
  if (error) return failed(path, error.value());
  return {};
}

}  // namespace

Status prepare_data_folder(const DataFolder& folder) {
  for (const auto& path :
       {folder.root, folder.repository(), folder.keys(), folder.tls(), folder.assets(),
        folder.uploads(), folder.pictures(), folder.backups()}) {
    if (Status made = make_folder(path); !made) return made;
  }
  return empty_folder(folder.uploads());
}

Result<FileHandle> lock_data_folder(const DataFolder& folder) {
  if (Status made = make_folder(folder.root); !made) return made.error();
  const std::filesystem::path path = folder.root / "lock";
  FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.is_open()) return failed(path, errno);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return file;
  if (errno != EWOULDBLOCK) return failed(path, errno);
  return Error{ErrorKind::conflict,
               folder.root.string() + ": another conglang-server works there", "in-use"};
}

}  // namespace conglang::server
