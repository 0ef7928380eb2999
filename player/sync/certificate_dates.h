// Lets a TLS connection judge who signed a certificate, but not its dates.
//
// For a kiosk whose clock nobody believes: without this it could not learn the time from
// its own server. Alone in its file, for it is all that the player sees of OpenSSL.
#pragma once

namespace conglang::player {

// `ssl_context` is the SSL_CTX that libcurl hands to CURLOPT_SSL_CTX_FUNCTION.
void ignore_certificate_dates(void* ssl_context);

}  // namespace conglang::player
