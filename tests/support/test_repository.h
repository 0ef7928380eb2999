// A signed repository in memory, with keys of its own: a small world for tests of trust.
#pragma once

#include <sodium.h>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/json.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"
#include "playlists/trust/canonical_json.h"
#include "playlists/trust/metadata_source.h"
#include "playlists/trust/public_key.h"
#include "playlists/trust/verified_target.h"

namespace conglang {

// A key made from a word, so that a test repeats exactly.
class TestKey {
 public:
  explicit TestKey(const std::string& word) {
    const Sha256Digest seed = sha256(std::string_view(word));
    public_.type = "ed25519";
    public_.scheme = "ed25519";
    crypto_sign_seed_keypair(public_.bytes.data(), secret_.data(), seed.bytes.data());
  }

  const PublicKey& public_key() const { return public_; }
  JsonValue json() const { return write_public_key(public_); }
  std::string id() const { return key_id(json()).value(); }

  std::string sign(std::string_view message) const {
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr,
                         reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                         secret_.data());
    std::array<char, 2 * crypto_sign_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), signature.data(), signature.size());
    return hex.data();
  }

 private:
  PublicKey public_;
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_{};
};

using TestKeys = std::vector<TestKey>;

inline JsonValue signature_of(const TestKey& key, std::string_view message) {
  return JsonObject{{"keyid", key.id()}, {"sig", key.sign(message)}};
}

// The envelope around `body`, signed by each of `keys` in turn.
inline std::string signed_file(const JsonValue& body, const TestKeys& keys) {
  const std::string canonical = canonical_json(body).value();
  JsonArray signatures;
  for (const TestKey& key : keys) signatures.push_back(signature_of(key, canonical));
  return canonical_json(JsonObject{{"signatures", signatures}, {"signed", body}}).value();
}

// The keys of one role, and how many of them must sign.
struct TestRole {
  TestKeys keys;
  int threshold = 1;
};

// A role that targets, or another one, delegates to.
struct TestDelegatedRole {
  TestRole role;                   // the keys that sign it, and that it is delegated to
  std::vector<std::string> paths;  // patterns
  std::map<std::string, std::string> targets = {};  // bytes by target path
  std::vector<std::string> delegates = {};          // names of further roles, in order
  bool terminating = false;
  Instant expires = parse_instant("2026-12-01T00:00:00Z").value();
  std::int64_t version = 0;  // that the snapshot lists; 0: it does not
};

class TestRepository : public MetadataSource {
 public:
  std::map<std::string, std::string> files;    // by path below the repository
  std::map<std::string, std::string> targets;  // bytes by target path
  TestRole root{{TestKey("root")}, 1};
  TestRole timestamp{{TestKey("timestamp")}, 1};
  TestRole snapshot{{TestKey("snapshot")}, 1};
  TestRole targets_role{{TestKey("targets")}, 1};
  Instant root_expires = parse_instant("2031-01-01T00:00:00Z").value();
  Instant targets_expires = parse_instant("2027-01-01T00:00:00Z").value();
  Instant snapshot_expires = parse_instant("2026-12-01T00:00:00Z").value();
  Instant timestamp_expires = parse_instant("2026-12-01T00:00:00Z").value();
  std::map<std::string, TestDelegatedRole> delegated;  // by name
  std::vector<std::string> delegates;                  // names, in the order of targets.json
  std::map<std::string, std::int64_t> other_metadata;  // further files the snapshot lists
  bool states_lengths = true;  // whether length and hash of metadata are signed for
  int reads = 0;

  // --- what it holds ---

  // Writes N.root.json, signed by its own root keys and by `previous`, and returns it.
  std::string publish_root(std::int64_t version, const TestKeys& previous = {}) {
    TestKeys signers = previous;
    signers.insert(signers.end(), root.keys.begin(), root.keys.end());
    const std::string bytes = signed_file(root_body(version), signers);
    files["metadata/" + std::to_string(version) + ".root.json"] = bytes;
    return bytes;
  }

  // Delegated roles, targets, snapshot and timestamp, all of one version.
  void publish(std::int64_t version) {
    for (const auto& [role, facts] : delegated) publish_delegated(role, version);
    publish_targets(version);
    publish_snapshot(version, version);
    publish_timestamp(version, version);
  }

  void publish_targets(std::int64_t version) {
    JsonObject body = head("targets", version, targets_expires);
    body.emplace_back("targets", place(targets));
    if (!delegates.empty()) body.emplace_back("delegations", delegations(delegates));
    files[name(version, "targets")] = signed_file(body, targets_role.keys);
  }

  void publish_delegated(const std::string& role, std::int64_t version) {
    TestDelegatedRole& facts = delegated.at(role);
    facts.version = version;
    files[name(version, role)] = signed_file(delegated_body(role, version), facts.role.keys);
  }

  void publish_snapshot(std::int64_t version, std::int64_t targets_version) {
    JsonObject meta{{"targets.json", file_version(targets_version, "targets")}};
    for (const auto& [role, facts] : delegated) {
      if (facts.version == 0) continue;
      meta.emplace_back(role + ".json", file_version(facts.version, role));
    }
    for (const auto& [file, other_version] : other_metadata) {
      meta.emplace_back(file, JsonObject{{"version", other_version}});
    }
    JsonObject body = head("snapshot", version, snapshot_expires);
    body.emplace_back("meta", meta);
    files[name(version, "snapshot")] = signed_file(body, snapshot.keys);
  }

  void publish_timestamp(std::int64_t version, std::int64_t snapshot_version) {
    JsonObject body = head("timestamp", version, timestamp_expires);
    body.emplace_back(
        "meta", JsonObject{{"snapshot.json", file_version(snapshot_version, "snapshot")}});
    files["metadata/timestamp.json"] = signed_file(body, timestamp.keys);
  }

  // --- how it is read ---

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override {
    ++reads;
    const auto found = files.find(std::string(path));
    if (found == files.end()) {
      return Error{ErrorKind::missing, std::string(path) + ": no such file"};
    }
    if (static_cast<std::int64_t>(found->second.size()) > max_bytes) {
      return Error{ErrorKind::too_large, std::string(path) + ": too long"};
    }
    return found->second;
  }

  // --- the parts, for tests that build what is wrong ---

  static std::string name(std::int64_t version, const std::string& role) {
    return "metadata/" + std::to_string(version) + "." + role + ".json";
  }

  static JsonObject head(const std::string& role, std::int64_t version, Instant expires) {
    return JsonObject{{"_type", role},
                      {"spec_version", "1.0.34"},
                      {"version", version},
                      {"expires", format_instant(expires)}};
  }

  JsonObject delegated_body(const std::string& role, std::int64_t version) {
    const TestDelegatedRole& facts = delegated.at(role);
    JsonObject body = head("targets", version, facts.expires);
    body.emplace_back("targets", place(facts.targets));
    if (!facts.delegates.empty()) {
      body.emplace_back("delegations", delegations(facts.delegates));
    }
    return body;
  }

  JsonObject delegations(const std::vector<std::string>& names) const {
    JsonObject keys;
    JsonArray roles;
    for (const std::string& role : names) {
      const TestDelegatedRole& facts = delegated.at(role);
      JsonArray paths;
      for (const std::string& path : facts.paths) paths.emplace_back(path);
      roles.emplace_back(JsonObject{{"name", role},
                                    {"keyids", add_keys(keys, facts.role)},
                                    {"threshold", facts.role.threshold},
                                    {"terminating", facts.terminating},
                                    {"paths", paths}});
    }
    return JsonObject{{"keys", keys}, {"roles", roles}};
  }

  JsonObject root_body(std::int64_t version) const {
    JsonObject keys;
    JsonObject roles;
    add_role(keys, roles, "root", root);
    add_role(keys, roles, "timestamp", timestamp);
    add_role(keys, roles, "snapshot", snapshot);
    add_role(keys, roles, "targets", targets_role);
    JsonObject body = head("root", version, root_expires);
    body.emplace_back("consistent_snapshot", true);
    body.emplace_back("keys", keys);
    body.emplace_back("roles", roles);
    return body;
  }

  JsonObject file_version(std::int64_t version, const std::string& role) const {
    JsonObject entry{{"version", version}};
    const auto found = files.find(name(version, role));
    if (!states_lengths || found == files.end()) return entry;
    const std::string_view bytes = found->second;
    entry.emplace_back("length", static_cast<std::int64_t>(bytes.size()));
    entry.emplace_back("hashes", JsonObject{{"sha256", sha256(bytes).hex()}});
    return entry;
  }

 private:
  // Puts the targets into files, and says what a role lists of them.
  JsonObject place(const std::map<std::string, std::string>& bytes_by_path) {
    JsonObject listed;
    for (const auto& [path, bytes] : bytes_by_path) {
      const TargetFile file{path, static_cast<std::int64_t>(bytes.size()),
                            sha256(std::string_view(bytes))};
      listed.emplace_back(path,
                          JsonObject{{"hashes", JsonObject{{"sha256", file.sha256.hex()}}},
                                     {"length", file.length}});
      files[repository_path(file)] = bytes;
    }
    return listed;
  }

  static JsonArray add_keys(JsonObject& keys, const TestRole& role) {
    JsonArray ids;
    for (const TestKey& key : role.keys) {
      ids.push_back(key.id());
      bool is_listed = false;
      for (const JsonMember& member : keys) is_listed = is_listed || member.first == key.id();
      if (!is_listed) keys.emplace_back(key.id(), key.json());
    }
    return ids;
  }

  static void add_role(JsonObject& keys, JsonObject& roles, const std::string& name,
                       const TestRole& role) {
    roles.emplace_back(
        name, JsonObject{{"keyids", add_keys(keys, role)}, {"threshold", role.threshold}});
  }
};

}  // namespace conglang
