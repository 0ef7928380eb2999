// Root keys in files that are kept apart from the server: opened for one ceremony, or made.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "content-server/app/commands.h"
#include "content-server/publishing/signing_key.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Asks for the passphrase of each file that is locked, in their order; from a descriptor one
// line each.
// Fails: as reading and unlocking a key file, naming the file.
Result<std::vector<SigningKey>> open_root_keys(const std::vector<std::filesystem::path>& files,
                                               std::optional<int> passphrase_fd,
                                               const CommandStreams& streams);

// A new root key in `file`, locked with a passphrase that is asked for, for its owner alone.
// A root key that lies there already and opens with it is taken: an interrupted command can be
// given again.
// Fails: conflict when the file lies in the data folder, or holds something else; untrusted
// for the wrong passphrase; storage.
Result<SigningKey> make_root_key(const std::filesystem::path& file,
                                 const std::filesystem::path& data,
                                 std::optional<int> passphrase_fd,
                                 const CommandStreams& streams);

}  // namespace conglang::server
