// Whether the bytes of a file on this disk are those that were signed for.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "playlists/base/result.h"
#include "playlists/base/sha256.h"

namespace conglang::player {

struct ExpectedFile {
  std::string path;
  Sha256Digest sha256;
  std::int64_t length = 0;  // bytes
};

// Reads the file once from beginning to end, in blocks of 256 KiB.
//
// Threads: any worker; takes about a second for a gigabyte. `give_up` is asked before each
// block and may be empty.
// Fails: missing, untrusted ("wrong-length" or "wrong-hash" in the message), stopped when
// give_up said so, unsupported when it is no plain file, storage.
Status verify_file(const ExpectedFile& expected, const std::function<bool()>& give_up);

}  // namespace conglang::player
