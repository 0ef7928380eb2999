// What is answered, as plain values.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace conglang::server {

// A file sent as it lies on the disk. The server answers Range, If-Range, If-None-Match
// and HEAD by itself.
struct FileBody {
  std::filesystem::path path;
  std::string etag;           // with its quotes; strong
  bool is_immutable = false;  // its name says its content: may be kept for ever
};

// An open stream of server-sent events: everything published to one of these topics.
struct EventStreamBody {
  std::vector<std::string> topics;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::variant<std::string, FileBody, EventStreamBody> body;

  std::string fault = {};  // what went wrong, for the server's log; never sent
};

}  // namespace conglang::server
