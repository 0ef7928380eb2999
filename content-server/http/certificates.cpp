#include "content-server/http/certificates.h"

#include <arpa/inet.h>
#include <openssl/rand.h>

#include <array>

#include "content-server/http/openssl_handles.h"

namespace conglang::server {
namespace {

// Where an office's machines live. Source: RFC 1918, 3927, 4193, 4291; loopback for tests and
// for the machine itself. The address that the office's router gives may change, and the
// authority must not.
constexpr std::array<std::string_view, 8> kPrivateNetworks = {
    "10.0.0.0/255.0.0.0",      "172.16.0.0/255.240.0.0",
    "192.168.0.0/255.255.0.0", "169.254.0.0/255.255.0.0",
    "127.0.0.0/255.0.0.0",     "fc00::/fe00::",
    "fe80::/ffc0::",           "::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
};

Error refused(const std::string& what) {
  ERR_clear_error();
  return {ErrorKind::malformed, what};
}

bool set_serial(X509* certificate) {
  std::array<unsigned char, 16> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return false;
  random[0] = static_cast<unsigned char>((random[0] & 0x7FU) | 0x40U);  // positive, full length
  BIGNUM* const number = BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr);
  const bool is_set = number != nullptr &&
                      BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
  BN_free(number);
  return is_set;
}

bool set_lifetime(X509* certificate, const Lifetime& lifetime) {
  const auto seconds = [](Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
  };
  return ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(lifetime.starts)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(lifetime.ends)) != nullptr;
}

bool set_subject(X509* certificate, const std::string& name) {
  X509_NAME* const subject = X509_get_subject_name(certificate);
  return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(name.data()),
                                    static_cast<int>(name.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  const bool is_added = extension != nullptr && X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return is_added;
}

// Only what cannot change the meaning of OpenSSL's own little language of extensions.
bool is_plain_name(std::string_view name) {
  if (name.empty() || name.size() > 253) return false;
  for (const char c : name) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (!is_plain) return false;
  }
  return true;
}

bool is_address(const std::string& text, int family) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return ::inet_pton(family, text.c_str(), bytes.data()) == 1;
}

Status check_names(const CertificateNames& names) {
  for (const std::string& name : names.names) {
    if (!is_plain_name(name)) return refused("no name for a certificate: \"" + name + "\"");
  }
  for (const std::string& address : names.addresses) {
    if (!is_address(address, AF_INET) && !is_address(address, AF_INET6)) {
      return refused("no address for a certificate: \"" + address + "\"");
    }
  }
  if (names.names.empty() && names.addresses.empty()) {
    return refused("a certificate without a name");
  }
  return {};
}

std::string constraints_text(const CertificateNames& names) {
  std::string text = "critical";
  for (const std::string& name : names.names) text += ",permitted;DNS:" + name;
  if (names.names.empty()) text += ",permitted;DNS:localhost";
  for (const std::string_view network : kPrivateNetworks) {
    text.append(",permitted;IP:").append(network);
  }
  for (const std::string& address : names.addresses) {
    const bool is_v4 = is_address(address, AF_INET);
    text += ",permitted;IP:" + address +
            (is_v4 ? "/255.255.255.255" : "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
  }
  return text;
}

std::string alternative_names(const CertificateNames& names) {
  std::string text;
  for (const std::string& name : names.names) text += (text.empty() ? "DNS:" : ",DNS:") + name;
  for (const std::string& address : names.addresses) {
    text += (text.empty() ? "IP:" : ",IP:") + address;
  }
  return text;
}

OpensslHandle<X509> begin_certificate(EVP_PKEY* key, const std::string& name,
                                      const Lifetime& lifetime) {
  OpensslHandle<X509> made(X509_new());
  const bool is_good = made != nullptr && X509_set_version(made.get(), 2) == 1 &&
                       set_serial(made.get()) && set_lifetime(made.get(), lifetime) &&
                       set_subject(made.get(), name) && X509_set_pubkey(made.get(), key) == 1;
  if (!is_good) made.reset();
  return made;
}

template <typename Write>
std::string written(Write write) {
  const OpensslHandle<BIO> bio(BIO_new(BIO_s_mem()));
  if (bio == nullptr || write(bio.get()) != 1) return {};
  char* bytes = nullptr;
  const auto length = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(length)};
}

Instant instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return std::chrono::floor<Milliseconds>(
      std::chrono::sys_seconds(std::chrono::seconds{::timegm(&parts)}));
}

}  // namespace

OpensslHandle<EVP_PKEY> make_p256_key() { return OpensslHandle<EVP_PKEY>(EVP_EC_gen("P-256")); }

std::string key_pem(EVP_PKEY* key) {
  return written([key](BIO* bio) {
    return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
}

std::string certificate_pem(X509* certificate) {
  return written([certificate](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

std::string certificate_der(X509* certificate) {
  return written([certificate](BIO* bio) { return i2d_X509_bio(bio, certificate); });
}

Result<OpensslHandle<X509>> make_authority(EVP_PKEY* key, const CertificateNames& names,
                                           const Lifetime& lifetime) {
  const Status good = check_names(names);
  if (!good) return good.error();
  OpensslHandle<X509> made = begin_certificate(key, "Cổng Làng", lifetime);
  X509* const ca = made.get();
  const bool is_made =
      ca != nullptr && X509_set_issuer_name(ca, X509_get_subject_name(ca)) == 1 &&
      add_extension(ca, ca, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
      add_extension(ca, ca, NID_key_usage, "critical,keyCertSign,cRLSign") &&
      add_extension(ca, ca, NID_subject_key_identifier, "hash") &&
      add_extension(ca, ca, NID_name_constraints, constraints_text(names)) &&
      X509_sign(ca, key, EVP_sha256()) != 0;
  if (!is_made) return refused("OpenSSL could not make the authority");
  return made;
}

Result<OpensslHandle<X509>> make_server_certificate(const Authority& authority, EVP_PKEY* key,
                                                    const CertificateNames& names,
                                                    const Lifetime& lifetime) {
  const Status good = check_names(names);
  if (!good) return good.error();
  const std::string& first = names.names.empty() ? names.addresses[0] : names.names[0];
  OpensslHandle<X509> made = begin_certificate(key, first.substr(0, 64), lifetime);
  X509* const leaf = made.get();
  X509* const ca = authority.certificate;
  const bool is_made =
      leaf != nullptr && X509_set_issuer_name(leaf, X509_get_subject_name(ca)) == 1 &&
      add_extension(leaf, ca, NID_basic_constraints, "critical,CA:FALSE") &&
      add_extension(leaf, ca, NID_key_usage, "critical,digitalSignature") &&
      add_extension(leaf, ca, NID_ext_key_usage, "serverAuth") &&
      add_extension(leaf, ca, NID_subject_key_identifier, "hash") &&
      add_extension(leaf, ca, NID_authority_key_identifier, "keyid:always") &&
      add_extension(leaf, ca, NID_subject_alt_name, alternative_names(names)) &&
      X509_sign(leaf, authority.key, EVP_sha256()) != 0;
  if (!is_made) return refused("OpenSSL could not make the certificate of the server");
  return made;
}

Lifetime lifetime_of(X509* certificate) {
  return {instant_of(X509_get0_notBefore(certificate)),
          instant_of(X509_get0_notAfter(certificate))};
}

CertificateNames names_of(X509* certificate) {
  CertificateNames found;
  const OpensslHandle<GENERAL_NAMES> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    int kind = 0;
    const auto* const value = static_cast<const ASN1_STRING*>(
        GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &kind));
    const unsigned char* const bytes = ASN1_STRING_get0_data(value);
    const int length = ASN1_STRING_length(value);
    if (kind == GEN_DNS) {
      found.names.emplace_back(reinterpret_cast<const char*>(bytes),
                               static_cast<std::size_t>(length));
    } else if (kind == GEN_IPADD && (length == 4 || length == 16)) {
      std::array<char, INET6_ADDRSTRLEN> text{};
      ::inet_ntop(length == 4 ? AF_INET : AF_INET6, bytes, text.data(), text.size());
      found.addresses.emplace_back(text.data());
    }
  }
  return found;
}

bool may_sign(X509* authority, X509* server_certificate) {
  const OpensslHandle<NAME_CONSTRAINTS> rules(static_cast<NAME_CONSTRAINTS*>(
      X509_get_ext_d2i(authority, NID_name_constraints, nullptr, nullptr)));
  // OpenSSL looks at what it found when it read a certificate, so it has to read this one.
  const OpensslHandle<X509> read = read_certificate(certificate_pem(server_certificate));
  if (rules == nullptr || read == nullptr) return false;
  X509_check_purpose(read.get(), -1, 0);
  return NAME_CONSTRAINTS_check(read.get(), rules.get()) == X509_V_OK;
}

}  // namespace conglang::server
