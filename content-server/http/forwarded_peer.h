// Who asks, when a proxy stands in between.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace conglang::server {

struct ForwardedPeer {
  std::string address;
  bool is_secure = false;
};

struct ForwardedHeaders {
  std::string_view addresses;  // X-Forwarded-For, joined by commas in their order
  std::string_view scheme;     // X-Forwarded-Proto
};

// True for "::ffff:127.0.0.1" too when "127.0.0.1" is listed.
bool is_trusted_proxy(std::string_view address, std::span<const std::string> trusted);

// The headers count only when `direct` (who holds the connection) is trusted; then the
// rightmost address that is not a trusted proxy is the client. A word that is no address ends
// the search: what stands left of it was written by anybody.
ForwardedPeer forwarded_peer(std::string_view direct, const ForwardedHeaders& headers,
                             std::span<const std::string> trusted);

}  // namespace conglang::server
