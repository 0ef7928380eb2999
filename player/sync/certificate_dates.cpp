#include "player/sync/certificate_dates.h"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace conglang::player {

void ignore_certificate_dates(void* ssl_context) {
  X509_VERIFY_PARAM* rules = SSL_CTX_get0_param(static_cast<SSL_CTX*>(ssl_context));
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_NO_CHECK_TIME);
}

}  // namespace conglang::player
