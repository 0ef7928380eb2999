// The folder of keys that a new office makes once and then keeps apart.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "content-server/access/secret.h"
#include "content-server/publishing/signing_key.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

struct KeyFolderOptions {
  int root_keys = 2;  // one suffices to sign; the others lie elsewhere
  Instant now{};
};

inline constexpr int kMaxRootKeys = 9;

// Makes `folder` with root-1.key ... , targets.key (locked), snapshot.key,
// timestamp.key, takedown.key and the signed root.json, all of them or none.
// Returns the names of the files.
// Fails: conflict when the folder holds anything already; storage.
Result<std::vector<std::string>> create_keys(const std::filesystem::path& folder,
                                             const Secret& passphrase,
                                             const KeyFolderOptions& options);

// The keys of everyday, and the anchor that they hang on.
struct PackKeys {
  std::string root;  // root.json, checked
  SigningKey targets;
  SigningKey snapshot;
  SigningKey timestamp;
  SigningKey takedown;
};

// Fails: as reading and unlocking a key file, naming the file.
Result<PackKeys> open_keys(const std::filesystem::path& folder, const Secret& passphrase);

}  // namespace conglang::server
