// How we speak TLS: the one set of options for every listener.
#pragma once

#include <memory>

#include "content-server/http/http_settings.h"
#include "content-server/http/openssl_handles.h"
#include "playlists/base/result.h"

namespace conglang::server {

// TLS 1.2 and 1.3, tickets without state on the server, HTTP/1.1 in ALPN. The name that a
// client asks for (SNI) is not looked at: there is one certificate.
// Fails: malformed: no certificate, no key, or the key is of another certificate.
Result<std::shared_ptr<SSL_CTX>> make_tls_context(const TlsCertificate& certificate);

}  // namespace conglang::server
