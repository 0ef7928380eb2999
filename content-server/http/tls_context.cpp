#include "content-server/http/tls_context.h"

#include <array>
#include <cstring>

namespace conglang::server {
namespace {

Error malformed(const char* message) {
  ERR_clear_error();
  return {ErrorKind::malformed, message};
}

// What TLS 1.2 may use: only forward secrecy with authenticated encryption.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL";

// NOLINTNEXTLINE(readability-function-size): the parameters are OpenSSL's
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length,
                    const unsigned char* in, unsigned int in_length, void*) {
  static constexpr std::array<unsigned char, 9> kHttp = {8,   'h', 't', 't', 'p',
                                                         '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_length, kHttp.data(), kHttp.size(), in, in_length) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

bool set_options(SSL_CTX* context) {
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                   SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 1);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  constexpr std::string_view kSessions = "conglang";
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, kCiphers) == 1 &&
         SSL_CTX_set_session_id_context(
             context, reinterpret_cast<const unsigned char*>(kSessions.data()),
             static_cast<unsigned>(kSessions.size())) == 1;
}

// The first certificate is the server's own, the others are its chain.
bool use_chain(SSL_CTX* context, std::string_view pem) {
  const OpensslHandle<BIO> bio = memory_bio(pem);
  bool is_first = true;
  while (true) {
    OpensslHandle<X509> one(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (one == nullptr) return !is_first;
    const bool is_taken = is_first ? SSL_CTX_use_certificate(context, one.get()) == 1
                                   : SSL_CTX_add1_chain_cert(context, one.get()) == 1;
    if (!is_taken) return false;
    is_first = false;
  }
}

}  // namespace

Result<std::shared_ptr<SSL_CTX>> make_tls_context(const TlsCertificate& certificate) {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), FreeOpensslObject{});
  if (context == nullptr || !set_options(context.get())) {
    return malformed("OpenSSL refuses the options of TLS");
  }
  if (!use_chain(context.get(), certificate.chain_pem)) {
    return malformed("the certificate of the server is not well formed");
  }
  const OpensslHandle<EVP_PKEY> key = read_key(certificate.key_pem);
  if (key == nullptr || SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return malformed("the private key of the server is not that of its certificate");
  }
  ERR_clear_error();
  return context;
}

}  // namespace conglang::server
