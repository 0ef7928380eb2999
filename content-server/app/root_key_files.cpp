#include "content-server/app/root_key_files.h"

#include <ostream>
#include <string>
#include <utility>

#include "content-server/app/read_passphrase.h"
#include "content-server/publishing/key_file.h"
#include "content-server/publishing/repository_files.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostKeyBytes = 64 << 10;
constexpr int kOnlyOwner = 0600;

Error in_file(const fs::path& file, const Error& error) {
  return {error.kind, file.string() + ": " + error.message, error.code};
}

// A person at a terminal must know which file is meant.
void say_which(const fs::path& file, std::optional<int> descriptor,
               const CommandStreams& streams) {
  if (!descriptor) streams.err << file.string() << "\n" << std::flush;
}

Result<SigningKey> open_root_key(const fs::path& file, std::optional<int> passphrase_fd,
                                 const CommandStreams& streams) {
  const Result<std::string> bytes = read_file(file, kMostKeyBytes);
  if (!bytes.ok()) return bytes.error();
  const Result<bool> locked = is_locked(*bytes);
  if (!locked.ok()) return in_file(file, locked.error());
  std::optional<Secret> passphrase;
  if (*locked) {
    say_which(file, passphrase_fd, streams);
    Result<Secret> given = read_passphrase(PassphraseUse::unlock, passphrase_fd);
    if (!given.ok()) return given.error();
    passphrase = std::move(*given);
  }
  Result<SigningKey> key = read_key_file(*bytes, "root", passphrase ? &*passphrase : nullptr);
  if (!key.ok()) return in_file(file, key.error());
  return key;
}

bool lies_in(const fs::path& file, const fs::path& folder) {
  std::error_code ignored;  // what is not there is compared by its name
  const fs::path inner = fs::weakly_canonical(fs::absolute(file), ignored);
  const fs::path outer = fs::weakly_canonical(fs::absolute(folder), ignored);
  const fs::path between = inner.lexically_relative(outer);
  return !between.empty() && *between.begin() != "..";
}

}  // namespace

Result<std::vector<SigningKey>> open_root_keys(const std::vector<fs::path>& files,
                                               std::optional<int> passphrase_fd,
                                               const CommandStreams& streams) {
  std::vector<SigningKey> keys;
  for (const fs::path& file : files) {
    Result<SigningKey> key = open_root_key(file, passphrase_fd, streams);
    if (!key.ok()) return key.error();
    keys.push_back(std::move(*key));
  }
  return keys;
}

Result<SigningKey> make_root_key(const fs::path& file, const fs::path& data,
                                 std::optional<int> passphrase_fd,
                                 const CommandStreams& streams) {
  if (lies_in(file, data)) {
    return Error{ErrorKind::conflict,
                 file.string() + ": a root key must lie outside of the server's data folder",
                 "root-key-place"};
  }
  std::error_code error;
  if (fs::exists(file, error)) {
    auto key = open_root_key(file, passphrase_fd, streams);
    if (key.ok()) streams.out << file.string() << " is there already, and is taken as it is\n";
    return key;
  }
  say_which(file, passphrase_fd, streams);
  const Result<Secret> passphrase = read_passphrase(PassphraseUse::set_new, passphrase_fd);
  if (!passphrase.ok()) return passphrase.error();
  SigningKey key = SigningKey::generate();
  const Result<std::string> bytes = write_locked_key_file("root", key, *passphrase);
  if (!bytes.ok()) return bytes.error();
  const Status kept = replace_file(fs::absolute(file), *bytes, kOnlyOwner);
  if (!kept.ok()) return kept.error();
  return key;
}

}  // namespace conglang::server
