#include "content-server/access/login_key_hasher.h"

#include <sodium.h>

#include <array>

#include "content-server/access/hex.h"
#include "playlists/base/check.h"

namespace conglang::server {
namespace {

constexpr int kAtOnce = 2;
constexpr int kMostWaiting = 16;  // some 0.6 s
constexpr std::size_t kLoginKeyBytes = 32;

Error no_memory() { return {ErrorKind::storage, "login key: no 64 MiB of memory to hash it"}; }

// Empty without memory.
std::string hash_of(const Secret& login_key) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const std::string_view key = login_key.text();
  if (crypto_pwhash_str(text.data(), key.data(), key.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return {};
  }
  return text.data();
}

}  // namespace

// One of the few that may hash; waits for it.
class LoginKeyHasher::Turn {
 public:
  explicit Turn(LoginKeyHasher& hasher) : hasher_(hasher) {
    MutexLock lock(hasher_.mutex_);
    if (hasher_.waiting_ >= kMostWaiting) return;
    ++hasher_.waiting_;
    while (hasher_.running_ >= kAtOnce) hasher_.turn_is_free_.wait(hasher_.mutex_);
    --hasher_.waiting_;
    ++hasher_.running_;
    is_taken_ = true;
  }
  ~Turn() {
    if (!is_taken_) return;
    {
      MutexLock lock(hasher_.mutex_);
      --hasher_.running_;
    }
    hasher_.turn_is_free_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool is_taken() const { return is_taken_; }
  static Error refused() {
    return {ErrorKind::stopped, "sign-in: too many people sign in at once", "busy"};
  }

 private:
  LoginKeyHasher& hasher_;
  bool is_taken_ = false;
};

LoginKeyHasher::LoginKeyHasher() {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  Secret random(kLoginKeyBytes);
  randombytes_buf(random.data(), random.size());
  nobody_ = hash_of(random);
  check(!nobody_.empty(), "64 MiB of memory are there for one hash");
}

Result<std::string> LoginKeyHasher::hash(const Secret& login_key) {
  const Turn turn(*this);
  if (!turn.is_taken()) return Turn::refused();
  std::string text = hash_of(login_key);
  if (text.empty()) return no_memory();
  return text;
}

Result<bool> LoginKeyHasher::matches(const std::string& login_hash, const Secret& login_key) {
  const Turn turn(*this);
  if (!turn.is_taken()) return Turn::refused();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (login_hash.size() >= text.size()) return false;
  login_hash.copy(text.data(), login_hash.size());
  const std::string_view key = login_key.text();
  return crypto_pwhash_str_verify(text.data(), key.data(), key.size()) == 0;
}

Result<Secret> parse_login_key(std::string_view hex) {
  auto key = from_hex(hex);
  if (!key.ok() || key->size() != kLoginKeyBytes || to_hex(*key) != hex) {
    return Error{ErrorKind::malformed,
                 "login_key: must be 64 hexadecimal digits in lower case"};
  }
  return key;
}

}  // namespace conglang::server
