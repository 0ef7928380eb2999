#include "playlists/trust/metadata.h"

#include <algorithm>

namespace conglang {

std::string_view name_of(Role role) {
  switch (role) {
    case Role::root:
      return "root";
    case Role::timestamp:
      return "timestamp";
    case Role::snapshot:
      return "snapshot";
    case Role::targets:
      return "targets";
  }
  return "unknown";
}

std::int64_t max_bytes(Role role) {
  switch (role) {
    case Role::root:
      return 512 << 10;
    case Role::timestamp:
      return 64 << 10;
    case Role::snapshot:
      return 2 << 20;
    case Role::targets:
      return 16 << 20;
  }
  return 0;
}

namespace {

// '*' is any number of characters, '?' is one; neither is a '/'.
bool matches(std::string_view pattern, std::string_view path) {
  std::size_t at = 0, in = 0;
  std::size_t star = pattern.npos, tried = 0;
  while (in < path.size()) {
    const bool has = at < pattern.size();
    if (has && pattern[at] == '*') {
      star = at++;
      tried = in;
    } else if (has && (pattern[at] == path[in] || (pattern[at] == '?' && path[in] != '/'))) {
      ++at;
      ++in;
    } else if (star != pattern.npos && path[tried] != '/') {
      in = ++tried;
      at = star + 1;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') ++at;
  return at == pattern.size();
}

}  // namespace

bool is_delegated(const DelegatedRole& role, std::string_view path) {
  const auto fits = [&](const std::string& pattern) { return matches(pattern, path); };
  if (std::any_of(role.paths.begin(), role.paths.end(), fits)) return true;
  if (role.path_hash_prefixes.empty()) return false;
  const std::string digest = sha256(path).hex();
  const auto begins = [&](const std::string& prefix) { return digest.starts_with(prefix); };
  return std::any_of(role.path_hash_prefixes.begin(), role.path_hash_prefixes.end(), begins);
}

}  // namespace conglang
