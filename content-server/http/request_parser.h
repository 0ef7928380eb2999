// Boost.Beast's parser behind plain values, so that one file compiles it.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang::server {

// One request, from its header to the last byte of its body. Reads no socket.
// Requires: read_head() first, once, with the whole header.
class RequestParser {
 public:
  RequestParser();
  ~RequestParser();

  // Fails: malformed; unsupported (code "http-version").
  Status read_head(std::string_view header);

  std::string_view method() const;
  std::string_view target() const;
  bool is_http_1_1() const;
  bool keeps_alive() const;

  struct Step {
    std::size_t taken = 0;  // of `received`
    std::size_t given = 0;  // bytes of the body, now in `into`
    bool is_done = false;   // this was the end of the request
  };
  // Fails: malformed (a chunk that is not well formed).
  Result<Step> read_body(std::string_view received, std::span<char> into);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace conglang::server
