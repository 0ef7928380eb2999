#include "player/store/verify_file.h"

#include <cerrno>
#include <span>
#include <vector>

#include "player/store/file_handles.h"

namespace conglang::player {
namespace {

constexpr std::size_t kBlockBytes = 256 << 10;

Error wrong_length(const ExpectedFile& expected, std::int64_t length) {
  return {ErrorKind::untrusted, expected.path + ": wrong-length: " + std::to_string(length) +
                                    " bytes, signed for are " +
                                    std::to_string(expected.length)};
}

Result<Sha256Digest> hash_blocks(const FileHandle& file, const ExpectedFile& expected,
                                 const std::function<bool()>& give_up) {
  Sha256 digest;
  std::vector<std::uint8_t> block(kBlockBytes);
  std::int64_t seen = 0;
  while (true) {
    if (give_up && give_up()) return Error{ErrorKind::stopped, expected.path + ": not needed"};
    const ssize_t got = ::read(file.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error(expected.path, errno);
    if (got == 0) break;
    seen += got;
    // It may grow while it is read.
    if (seen > expected.length) return wrong_length(expected, seen);
    digest.add(std::span(block).first(static_cast<std::size_t>(got)));
  }
  if (seen != expected.length) return wrong_length(expected, seen);
  return digest.finish();
}

}  // namespace

Status verify_file(const ExpectedFile& expected, const std::function<bool()>& give_up) {
  const auto file = open_file(expected.path);
  if (!file) return file.error();
  const auto length = length_of(*file, expected.path);
  if (!length) return length.error();
  if (*length != expected.length) return wrong_length(expected, *length);
  const auto digest = hash_blocks(*file, expected, give_up);
  if (!digest) return digest.error();
  if (*digest == expected.sha256) return {};
  return Error{ErrorKind::untrusted,
               expected.path + ": wrong-hash: the bytes are not those that were signed for"};
}

}  // namespace conglang::player
