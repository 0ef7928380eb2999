// Makes and reads X.509 certificates over P-256 keys; knows no file and no policy of when.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "content-server/http/local_ca.h"
#include "content-server/http/openssl_handles.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

struct Lifetime {
  Instant starts;
  Instant ends;
};

// Null when OpenSSL fails.
OpensslHandle<EVP_PKEY> make_p256_key();
std::string key_pem(EVP_PKEY* key);
std::string certificate_pem(X509* certificate);
std::string certificate_der(X509* certificate);

// May sign certificates for these names and addresses and for private networks, nothing else,
// and no further authorities. Fails: malformed (a name or address that is none), storage.
Result<OpensslHandle<X509>> make_authority(EVP_PKEY* key, const CertificateNames& names,
                                           const Lifetime& lifetime);

struct Authority {
  X509* certificate = nullptr;
  EVP_PKEY* key = nullptr;
};
// Fails: as make_authority().
Result<OpensslHandle<X509>> make_server_certificate(const Authority& authority, EVP_PKEY* key,
                                                    const CertificateNames& names,
                                                    const Lifetime& lifetime);

Lifetime lifetime_of(X509* certificate);

// The subject alternative names, as they were given to make_server_certificate().
CertificateNames names_of(X509* certificate);

// False when the authority's name constraints forbid it, or it has none.
bool may_sign(X509* authority, X509* server_certificate);

}  // namespace conglang::server
