#include "content-server/publishing/key_file.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "content-server/access/hex.h"
#include "playlists/base/check.h"
#include "playlists/base/json.h"
#include "playlists/base/localized_text.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMemoryKib = 64 << 10;
constexpr std::int64_t kPasses = 3;
constexpr const char* kLockName = "argon2id+xchacha20poly1305";

// Another program may have chosen more; beyond this it is a trap, not a choice.
constexpr std::int64_t kMaxMemoryKib = 1 << 20;
constexpr std::int64_t kMaxPasses = 16;

struct Lock {
  Secret salt{crypto_pwhash_SALTBYTES};
  Secret nonce{crypto_aead_xchacha20poly1305_ietf_NPUBBYTES};
  std::int64_t memory_kib = kMemoryKib;
  std::int64_t passes = kPasses;
};

std::size_t count_characters(std::string_view utf8) {
  std::size_t count = 0;
  for (const char byte : utf8) count += (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
  return count;
}

Result<Secret> derive(const Secret& passphrase, const Lock& lock) {
  Secret key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  const int status = crypto_pwhash(
      key.data(), key.size(), reinterpret_cast<const char*>(passphrase.data()),
      passphrase.size(), lock.salt.data(), static_cast<unsigned long long>(lock.passes),
      static_cast<std::size_t>(lock.memory_kib) << 10, crypto_pwhash_ALG_ARGON2ID13);
  if (status == 0) return key;
  return Error{ErrorKind::storage, "no " + std::to_string(lock.memory_kib >> 10) +
                                       " MiB of memory to unlock a key"};
}

JsonObject key_head(std::string_view role, const SigningKey& key) {
  return JsonObject{{"format", 1},
                    {"role", std::string(role)},
                    {"keyid", key.id()},
                    {"key", key.public_json()}};
}

std::string finish(JsonObject document) {
  return write_json(JsonValue(std::move(document)), 2) + "\n";
}

std::string text_of(const JsonValue& parent, std::string_view name) {
  const JsonValue* member = parent.find(name);
  const bool is_text = member != nullptr && member->string() != nullptr;
  return is_text ? *member->string() : std::string();
}

std::int64_t number_of(const JsonValue& parent, std::string_view name) {
  const JsonValue* member = parent.find(name);
  const bool is_number = member != nullptr && member->integer() != nullptr;
  return is_number ? *member->integer() : 0;
}

Error malformed(const std::string& message) { return {ErrorKind::malformed, message}; }

Result<Lock> read_lock(const JsonValue& value) {
  Lock lock;
  Result<Secret> salt = from_hex(text_of(value, "salt"));
  Result<Secret> nonce = from_hex(text_of(value, "nonce"));
  lock.memory_kib = number_of(value, "memory_kib");
  lock.passes = number_of(value, "passes");
  const bool is_bounded = lock.memory_kib >= 8 << 10 && lock.memory_kib <= kMaxMemoryKib &&
                          lock.passes >= 1 && lock.passes <= kMaxPasses;
  if (!salt.ok() || !nonce.ok() || salt->size() != lock.salt.size() ||
      nonce->size() != lock.nonce.size() || !is_bounded) {
    return malformed("the lock of the key is damaged");
  }
  lock.salt = std::move(salt).value();
  lock.nonce = std::move(nonce).value();
  return lock;
}

Result<Secret> unlock(const JsonValue& value, const std::string& key_id,
                      const Secret& passphrase) {
  Result<Lock> lock = read_lock(value);
  if (!lock.ok()) return lock.error();
  const Result<Secret> box = from_hex(text_of(value, "box"));
  constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (!box.ok() || box->size() != crypto_sign_SEEDBYTES + kTag) {
    return malformed("the locked key is damaged");
  }
  const Result<Secret> key = derive(passphrase, *lock);
  if (!key.ok()) return key.error();

  Secret seed(crypto_sign_SEEDBYTES);
  const int status = crypto_aead_xchacha20poly1305_ietf_decrypt(
      seed.data(), nullptr, nullptr, box->data(), box->size(),
      reinterpret_cast<const unsigned char*>(key_id.data()), key_id.size(), lock->nonce.data(),
      key->data());
  if (status == 0) return seed;
  return Error{ErrorKind::untrusted, "the passphrase is not the right one"};
}

Result<Secret> read_seed(const JsonValue& document, const Secret* passphrase) {
  const JsonValue* secret = document.find("private");
  if (secret == nullptr) return malformed("\"private\" is missing");
  const std::string lock = text_of(*secret, "lock");
  if (lock == "none") return from_hex(text_of(*secret, "seed"));
  if (lock != kLockName) return malformed("the lock \"" + lock + "\" is not known");
  if (passphrase == nullptr) return malformed("the key is locked and needs its passphrase");
  return unlock(*secret, text_of(document, "keyid"), *passphrase);
}

}  // namespace

Result<Secret> normalize_passphrase(std::string_view text) {
  Result<std::string> normal = normalize_text(text);
  if (!normal.ok()) return Error{normal.error().kind, "passphrase: it holds odd characters"};
  Secret passphrase{std::string_view(*normal)};
  sodium_memzero(normal->data(), normal->size());
  if (count_characters(passphrase.text()) >= kMinPassphraseCharacters) return passphrase;
  return malformed("passphrase: it needs at least " + std::to_string(kMinPassphraseCharacters) +
                   " characters; four or five words are good");
}

std::string write_key_file(std::string_view role, const SigningKey& key) {
  JsonObject document = key_head(role, key);
  document.emplace_back("private", JsonObject{{"lock", "none"}, {"seed", to_hex(key.seed())}});
  return finish(std::move(document));
}

Result<std::string> write_locked_key_file(std::string_view role, const SigningKey& key,
                                          const Secret& passphrase) {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  Lock lock;
  randombytes_buf(lock.salt.data(), lock.salt.size());
  randombytes_buf(lock.nonce.data(), lock.nonce.size());
  const Result<Secret> derived = derive(passphrase, lock);
  if (!derived.ok()) return derived.error();

  Secret box(key.seed().size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      box.data(), nullptr, key.seed().data(), key.seed().size(),
      reinterpret_cast<const unsigned char*>(key.id().data()), key.id().size(), nullptr,
      lock.nonce.data(), derived->data());
  JsonObject document = key_head(role, key);
  document.emplace_back("private", JsonObject{{"lock", kLockName},
                                              {"memory_kib", lock.memory_kib},
                                              {"passes", lock.passes},
                                              {"salt", to_hex(lock.salt)},
                                              {"nonce", to_hex(lock.nonce)},
                                              {"box", to_hex(box)}});
  return finish(std::move(document));
}

Result<bool> is_locked(std::string_view bytes) {
  const Result<JsonValue> document = parse_json(bytes);
  if (!document.ok()) return document.error();
  const JsonValue* secret = document->find("private");
  if (secret == nullptr) return malformed("\"private\" is missing");
  return text_of(*secret, "lock") != "none";
}

Result<SigningKey> read_key_file(std::string_view bytes, std::string_view role,
                                 const Secret* passphrase) {
  const Result<JsonValue> document = parse_json(bytes);
  if (!document.ok()) return document.error();
  if (number_of(*document, "format") != 1) return malformed("\"format\" must be 1");
  if (text_of(*document, "role") != role) {
    return malformed("it is no key of the role " + std::string(role));
  }
  Result<Secret> seed = read_seed(*document, passphrase);
  if (!seed.ok()) return seed.error();
  Result<SigningKey> key = SigningKey::from_seed(std::move(seed).value());
  if (key.ok() && key->id() != text_of(*document, "keyid")) {
    return malformed("the private key does not belong to the public one");
  }
  return key;
}

}  // namespace conglang::server
