// The next root of an office: what a ceremony changes in it, and who has to sign it. Pure.
//
// Source: The Update Framework Specification 1.0.34, section 6.1 (key management).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "content-server/publishing/write_metadata.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"
#include "playlists/trust/metadata.h"

namespace conglang::server {

inline constexpr std::chrono::days kRootLife(5 * 365);

struct NamedKey {
  Role role = Role::targets;
  PublicKey key;
};

struct NamedKeyId {
  Role role = Role::targets;
  std::string id;
};

// Without any change it is the same root with a new end.
struct RootChange {
  std::vector<NamedKey> add = {};
  std::vector<NamedKeyId> remove = {};
  std::optional<std::int64_t> root_threshold = {};  // how many root keys must sign from now on
};

// The root after `current`, ending kRootLife after `now`.
// Fails: conflict for a key that is there already (code "already-named") or serves another
// role (code "one-role"); missing (code "no-such-key"); malformed when a role keeps too few
// keys for its threshold (code "too-few-keys") or snapshot or timestamp has more than one;
// unsupported for a key of a kind that we cannot write.
Result<RootMetadata> next_root(const RootMetadata& current, const RootChange& change,
                               Instant now);

// The signed file. Every signer that either root knows signs.
// Fails: untrusted, code "too-few-signers", naming how many are missing from which root.
Result<std::string> sign_root(const RootMetadata& current, const RootMetadata& next,
                              const Signers& signers);

// Whether a root that was signed elsewhere follows `current`: its version, the signatures of
// both, its end, one role for each key.
// Fails: conflict, code "stale-root"; untrusted (code "bad-signature", "root-expired");
// as next_root().
Result<RootMetadata> check_next_root(const RootMetadata& current, const std::string& bytes,
                                     Instant now);

std::string id_of(const PublicKey& key);

}  // namespace conglang::server
