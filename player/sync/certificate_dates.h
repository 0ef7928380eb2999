// By which time a TLS connection judges the dates of certificates, if at all.
//
// OpenSSL would take the machine's own clock, which at a kiosk without a battery is not the
// one that is believed; and a kiosk that believes no clock must still learn the time from its
// own server. Alone in its file, for it is all that the player sees of OpenSSL.
#pragma once

#include <optional>

#include "playlists/base/time.h"

namespace conglang::player {

// Nothing: who signed a certificate is judged, but not its dates.
// `ssl_context` is the SSL_CTX that libcurl hands to CURLOPT_SSL_CTX_FUNCTION.
void judge_certificate_dates(void* ssl_context, std::optional<Instant> today);

}  // namespace conglang::player
