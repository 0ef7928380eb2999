// The one page that is served without TLS: it explains the office's own certificate, so that
// a browser can be taught to trust it. It holds nothing secret and takes no input.
#pragma once

#include <string>

namespace conglang::server {

struct HelpFacts {
  std::string address;         // "https://192.168.1.20:8443"
  std::string ca_fingerprint;  // "AB:CD:..." of the certificate that /ca.crt gives
};

// HTML in Vietnamese and English, without scripts.
std::string help_page(const HelpFacts& facts);

}  // namespace conglang::server
