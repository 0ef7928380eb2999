// The one place where objects of OpenSSL are held.
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string_view>

namespace conglang::server {

struct FreeOpensslObject {
  void operator()(BIO* object) const { BIO_free_all(object); }
  void operator()(X509* object) const { X509_free(object); }
  void operator()(X509_NAME* object) const { X509_NAME_free(object); }
  void operator()(EVP_PKEY* object) const { EVP_PKEY_free(object); }
  void operator()(SSL_CTX* object) const { SSL_CTX_free(object); }
  void operator()(GENERAL_NAMES* object) const { GENERAL_NAMES_free(object); }
  void operator()(NAME_CONSTRAINTS* object) const { NAME_CONSTRAINTS_free(object); }
  void operator()(ASN1_TIME* object) const { ASN1_TIME_free(object); }
};

template <typename Object>
using OpensslHandle = std::unique_ptr<Object, FreeOpensslObject>;

inline OpensslHandle<BIO> memory_bio(std::string_view bytes) {
  return OpensslHandle<BIO>(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

// Null when `pem` holds none, or one that asks for a passphrase.
inline OpensslHandle<EVP_PKEY> read_key(std::string_view pem) {
  const auto no_passphrase = [](char*, int, int, void*) { return -1; };
  const OpensslHandle<BIO> bio = memory_bio(pem);
  return OpensslHandle<EVP_PKEY>(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
}

// The first of `pem`; null when there is none.
inline OpensslHandle<X509> read_certificate(std::string_view pem) {
  const OpensslHandle<BIO> bio = memory_bio(pem);
  return OpensslHandle<X509>(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

}  // namespace conglang::server
