#include "player/sync/certificate_dates.h"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace conglang::player {

void judge_certificate_dates(void* ssl_context, std::optional<Instant> today) {
  X509_VERIFY_PARAM* rules = SSL_CTX_get0_param(static_cast<SSL_CTX*>(ssl_context));
  if (!today) {
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_NO_CHECK_TIME);
    return;
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(*today);
  X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(seconds.time_since_epoch().count()));
}

}  // namespace conglang::player
