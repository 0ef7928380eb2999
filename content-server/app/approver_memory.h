// What an approver's own machine or stick has seen of the office: beside the root, one file.
#pragma once

#include <cstdint>
#include <filesystem>

#include "playlists/base/result.h"
#include "playlists/trust/refresh.h"

namespace conglang::server {

struct ApproverMemory {
  TrustedState office;
  std::int64_t signed_version = 0;  // the newest that was signed here
};

// The root that the approver keeps (`root`), and in `seen` whatever was verified with it
// before; a file that is not there means nothing yet.
// Fails: missing or untrusted for the root; malformed, naming the file.
Result<ApproverMemory> open_approver_memory(const std::filesystem::path& root,
                                            const std::filesystem::path& seen);

// Fails: storage.
Status keep_approver_memory(const std::filesystem::path& seen, const ApproverMemory& memory);

}  // namespace conglang::server
