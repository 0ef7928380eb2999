#include "player/identity/identity_files.h"

#include <utility>

#include "playlists/base/object_reader.h"
#include "playlists/base/sha256.h"

namespace conglang::player {
namespace {

constexpr const char* kCopies[] = {"identity", "identity-2"};
constexpr std::int64_t kMostBytes = 4096;

// Both are 32 bytes, and so is a digest: its hexadecimal form is read and written there.
std::string seed_hex(const KioskKey::Seed& seed) { return Sha256Digest{seed}.hex(); }

std::string write_copy(const KioskKey& key) {
  return write_json(JsonObject{{"format", 1},
                               {"seed", seed_hex(key.seed())},
                               {"public", Sha256Digest{key.public_key().bytes}.hex()}},
                    1) +
         "\n";
}

// A copy is good when its seed gives its public key: a damaged one does not.
Result<KioskKey> read_copy(StateFolder& folder, const std::string& name) {
  auto bytes = folder.read(name, kMostBytes);
  if (!bytes) return bytes.error();
  const Error damaged{ErrorKind::malformed, name + ": the kiosk's key is damaged",
                      "identity-damaged"};
  const auto json = parse_json(*bytes, {.max_bytes = kMostBytes, .max_depth = 2});
  if (!json) return damaged;
  DocumentErrors errors;
  ObjectReader reader(*json, "", errors);
  reader.integer("format", {1, 1});
  const auto seed = parse_sha256(reader.word("seed"));
  const auto public_key = parse_sha256(reader.word("public"));
  reader.finish();
  if (!errors.empty() || !seed || !public_key) return damaged;
  KioskKey key(seed->bytes);
  if (key.public_key().bytes != public_key->bytes) return damaged;
  return key;
}

bool is_damage(const Error& error) {
  return error.kind == ErrorKind::malformed || error.kind == ErrorKind::too_large;
}

Error worse(const Error& first, const Error& second) {
  if (first.kind == ErrorKind::missing) return second;
  return is_damage(first) && !is_damage(second) && second.kind != ErrorKind::missing ? second
                                                                                     : first;
}

Result<LoadedIdentity> make_identity(StateFolder& folder, const RandomBytes& random) {
  KioskKey::Seed seed{};
  random(seed);
  LoadedIdentity made{KioskKey(seed), true};
  seed.fill(0);
  for (const char* name : kCopies) {
    if (auto kept = replace_file(folder, name, write_copy(made.key)); !kept) {
      return kept.error();
    }
  }
  return made;
}

}  // namespace

Result<LoadedIdentity> load_identity(StateFolder& folder, NewIdentity new_identity,
                                     const RandomBytes& random) {
  auto first = read_copy(folder, kCopies[0]);
  auto second = read_copy(folder, kCopies[1]);
  if (first && second) {
    if (first->public_key() == second->public_key()) return LoadedIdentity{std::move(*first)};
    return Error{ErrorKind::conflict, "identity: its two copies are different keys",
                 "identity-conflict"};
  }
  if (!first && !second) {
    const Error fault = worse(first.error(), second.error());
    if (fault.kind != ErrorKind::missing || new_identity == NewIdentity::refused) return fault;
    return make_identity(folder, random);
  }
  const char* broken = first ? kCopies[1] : kCopies[0];
  LoadedIdentity loaded{std::move(first ? *first : *second)};
  const Status mended = replace_file(folder, broken, write_copy(loaded.key));
  loaded.was_mended = mended.ok();
  if (!mended) loaded.mending_failed = mended.error();
  return loaded;
}

}  // namespace conglang::player
