// What a client asked, as plain values: no socket, no library of HTTP.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/sha256.h"

namespace conglang::server {

enum class Method {
  get,
  head,
  post,
  put,
  patch,
  delete_  // NOLINT(readability-identifier-naming): delete is taken
};

// "GET", "HEAD", ...
std::string_view to_string(Method method);

using TextMap = std::map<std::string, std::string, std::less<>>;

// A body that was too large for memory: it lies in a file, complete, flushed to the disk.
// The file is removed after the handler returned, unless the handler renamed it.
struct UploadedFile {
  std::filesystem::path path;
  std::int64_t length = 0;
  Sha256Digest sha256;
};

struct Request {
  Method method = Method::get;
  std::string path;     // decoded, UTF-8, no empty, "." or ".." part, no control character
  TextMap path_values;  // of the route's {names}
  TextMap query;        // decoded; a name that comes twice is refused before
  TextMap headers;      // names in lower case
  TextMap cookies;
  std::string body;                  // of routes that take it in memory
  std::optional<UploadedFile> file;  // of routes that take it as a file
  std::string peer;        // address of the client; behind a trusted proxy what that says
  bool is_secure = false;  // TLS here, or at the trusted proxy

  // Empty when there is none. Requires: `name` in lower case.
  std::string_view header(std::string_view name) const;
};

}  // namespace conglang::server
