// The office's own certificate authority: for a network without a domain and without internet.
//
// A P-256 authority of 10 years signs the server's certificate of 397 days (the longest that
// browsers take). Kiosks pin the authority when they are enrolled, so it is never replaced by
// itself. Should its key be stolen, its critical name constraints hold it to the office's own
// names, to private networks and to the public addresses that it was made for: it can never
// speak for another web site.
// Source: RFC 5280 4.2.1.10; CA/Browser Forum baseline requirements 6.3.2 (398 days).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "content-server/http/http_settings.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

// What a certificate is for. Names in lower case ("gate.local"), addresses numeric.
struct CertificateNames {
  std::vector<std::string> names;
  std::vector<std::string> addresses;

  bool operator==(const CertificateNames&) const = default;
};

// What is known about the two certificates on the disk.
struct CertificateState {
  Instant ca_ends;
  bool has_server_certificate = false;  // one that fits its key and was signed by the authority
  Instant server_starts;
  Instant server_ends;
  CertificateNames server_names;
};

enum class CertificateStep { keep, renew_server, refuse_ca_expired };

// Renewed at two thirds of its life, and when names or addresses changed.
CertificateStep next_step(const CertificateState& state, const CertificateNames& wanted,
                          Instant now);

struct LocalCertificates {
  std::string ca_pem;          // may be given to anybody
  std::string ca_fingerprint;  // SHA-256 for people: "AB:CD:..."
  std::string ca_digest_hex;   // the same for programs: SHA-256 of the DER form
  TlsCertificate server;
  Instant server_ends;
  Instant renew_at;  // call open_local_ca() again then
  bool was_renewed = false;
  // Wanted, but outside of what the authority may sign (a new public address or name).
  std::vector<std::string> left_out;
};

// What lies in `folder`, which is not changed.
// Fails: missing before the authority is made; as open_local_ca().
Result<CertificateState> look_at_local_ca(const std::filesystem::path& folder);

// Opens `folder` (created when absent) with ca.pem, ca.key, server.pem, server.key, makes what
// is missing and renews what is due. Files are mode 0600 and complete or absent at a power cut.
// Fails: missing (ca.pem without a needed ca.key: it must come back from a backup), malformed
// (a file is damaged), untrusted (ca.key belongs to another authority; or it has expired),
// storage.
Result<LocalCertificates> open_local_ca(const std::filesystem::path& folder,
                                        const CertificateNames& wanted, Instant now);

}  // namespace conglang::server
