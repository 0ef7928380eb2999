#include "content-server/publishing/space_reserve.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <system_error>

#include "content-server/publishing/file_handles.h"

namespace conglang::server {
namespace {

// Chosen: a list of 10,000 acts with long reasons is 20 MB; with short ones, as people write
// them, 3 MB. Beside it a takedown writes some 100 KB.
constexpr std::uintmax_t kReserveBytes = 8 << 20;

}  // namespace

Status SpaceReserve::lay_aside() const {
  std::error_code fault;
  if (std::filesystem::file_size(file_, fault) == kReserveBytes && !fault) return {};
  const auto space = std::filesystem::space(file_.parent_path(), fault);
  if (fault || space.available < 2 * kReserveBytes) return {};
  const FileHandle file(::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  const int code = file.is_open() ? ::posix_fallocate(file.get(), 0, kReserveBytes) : errno;
  if (code == 0) return {};
  ::unlink(file_.c_str());
  return Error{ErrorKind::storage, file_.string() + ": cannot be laid aside: " +
                                       std::generic_category().message(code)};
}

bool SpaceReserve::give_up() const { return ::unlink(file_.c_str()) == 0; }

}  // namespace conglang::server
