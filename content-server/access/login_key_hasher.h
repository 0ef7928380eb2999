// Hashes login keys for keeping, and knows them again.
#pragma once

#include <condition_variable>
#include <string>
#include <string_view>

#include "content-server/access/secret.h"
#include "playlists/base/mutex.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Each hash takes 64 MiB and some 70 ms, so at most two run at once and a few wait.
//
// Threads: any. Never called inside a transaction.
class LoginKeyHasher {
 public:
  LoginKeyHasher();

  // For Credentials::login_hash.
  // Fails: stopped, code "busy" when too many wait; storage without memory.
  Result<std::string> hash(const Secret& login_key);
  Result<bool> matches(const std::string& login_hash, const Secret& login_key);

  // A hash that no key matches, so that unknown accounts take as long as known ones.
  const std::string& nobody() const { return nobody_; }

 private:
  class Turn;

  Mutex mutex_;
  std::condition_variable_any turn_is_free_;
  int running_ CONGLANG_GUARDED_BY(mutex_) = 0;
  int waiting_ CONGLANG_GUARDED_BY(mutex_) = 0;
  std::string nobody_;
};

// Fails: malformed unless 64 hexadecimal digits in lower case.
Result<Secret> parse_login_key(std::string_view hex);

}  // namespace conglang::server
