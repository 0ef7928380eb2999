#include "content-server/http/forwarded_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <optional>

namespace conglang::server {
namespace {

constexpr std::string_view kMapped = "::ffff:";

// An address in its one usual form; empty when `text` is none.
std::optional<std::string> usual_form(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  std::array<char, INET6_ADDRSTRLEN> written{};
  const std::string plain(text);
  for (const int family : {AF_INET, AF_INET6}) {
    if (::inet_pton(family, plain.c_str(), bytes.data()) != 1) continue;
    ::inet_ntop(family, bytes.data(), written.data(), written.size());
    std::string form = written.data();
    if (form.starts_with(kMapped) && form.find('.') != std::string::npos) {
      form.erase(0, kMapped.size());
    }
    return form;
  }
  return std::nullopt;
}

}  // namespace

bool is_trusted_proxy(std::string_view address, std::span<const std::string> trusted) {
  const auto form = usual_form(address);
  return form && std::any_of(trusted.begin(), trusted.end(),
                             [&](const std::string& one) { return usual_form(one) == form; });
}

ForwardedPeer forwarded_peer(std::string_view direct, const ForwardedHeaders& headers,
                             std::span<const std::string> trusted) {
  ForwardedPeer peer{usual_form(direct).value_or(std::string(direct)), false};
  if (!is_trusted_proxy(direct, trusted)) return peer;
  peer.is_secure = headers.scheme == "https";
  std::string_view rest = headers.addresses;
  while (!rest.empty()) {
    const std::size_t comma = rest.rfind(',');
    const std::string_view last =
        comma == std::string_view::npos ? rest : rest.substr(comma + 1);
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(0, comma);
    const auto address = usual_form(last);
    if (!address) break;
    peer.address = *address;
    if (!is_trusted_proxy(*address, trusted)) break;
  }
  return peer;
}

}  // namespace conglang::server
