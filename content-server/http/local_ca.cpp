#include "content-server/http/local_ca.h"

#include <algorithm>
#include <utility>

#include "content-server/http/certificates.h"
#include "content-server/http/safe_file.h"
#include "playlists/base/sha256.h"

namespace conglang::server {
namespace {

using std::chrono::days;

constexpr days kAuthorityLife{3653};
constexpr days kServerLife{397};
// A kiosk whose clock is a little slow must take a certificate that was made just now.
constexpr days kBackdated{1};

std::vector<std::string> sorted(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

bool is_same(const CertificateNames& left, const CertificateNames& right) {
  return sorted(left.names) == sorted(right.names) &&
         sorted(left.addresses) == sorted(right.addresses);
}

std::string for_people(const std::string& hex) {
  std::string text;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    if (i > 0 && i % 2 == 0) text += ':';
    text += hex[i] >= 'a' ? static_cast<char>(hex[i] - 'a' + 'A') : hex[i];
  }
  return text;
}

// The four files of the folder, as far as they are there.
struct Files {
  std::filesystem::path folder;
  OpensslHandle<X509> ca;
  OpensslHandle<EVP_PKEY> ca_key;
  OpensslHandle<X509> server;
  OpensslHandle<EVP_PKEY> server_key;
};

struct Part {
  bool is_there = false;
  std::string bytes;
};

Result<Part> read_part(const std::filesystem::path& file) {
  Result<std::optional<std::string>> bytes = read_small_file(file);
  if (!bytes) return bytes.error();
  return Part{bytes->has_value(), std::move(*bytes).value_or("")};
}

Error damaged(const std::filesystem::path& file) {
  return {ErrorKind::malformed, file.string() + ": damaged"};
}

Status read_authority(Files& files) {
  const Result<Part> certificate = read_part(files.folder / "ca.pem");
  if (!certificate) return certificate.error();
  // Without its certificate an authority was never given to anybody: it is made anew.
  if (!certificate->is_there) return {};
  files.ca = read_certificate(certificate->bytes);
  if (files.ca == nullptr) return damaged(files.folder / "ca.pem");
  const Result<Part> key = read_part(files.folder / "ca.key");
  if (!key) return key.error();
  if (!key->is_there) return {};
  files.ca_key = read_key(key->bytes);
  if (files.ca_key == nullptr) return damaged(files.folder / "ca.key");
  if (X509_check_private_key(files.ca.get(), files.ca_key.get()) != 1) {
    return Error{ErrorKind::untrusted,
                 (files.folder / "ca.key").string() + ": the key of another authority"};
  }
  return {};
}

// What does not fit together is left out: it can be made again.
Status read_server(Files& files) {
  const Result<Part> certificate = read_part(files.folder / "server.pem");
  if (!certificate) return certificate.error();
  const Result<Part> key = read_part(files.folder / "server.key");
  if (!key) return key.error();
  OpensslHandle<X509> found = read_certificate(certificate->bytes);
  OpensslHandle<EVP_PKEY> found_key = read_key(key->bytes);
  const bool fits = files.ca != nullptr && found != nullptr && found_key != nullptr &&
                    X509_check_private_key(found.get(), found_key.get()) == 1 &&
                    X509_verify(found.get(), X509_get0_pubkey(files.ca.get())) == 1;
  ERR_clear_error();
  if (!fits) return {};
  files.server = std::move(found);
  files.server_key = std::move(found_key);
  return {};
}

Status make_new_authority(Files& files, const CertificateNames& wanted, Instant now) {
  files.ca_key = make_p256_key();
  if (files.ca_key == nullptr) return Error{ErrorKind::storage, "OpenSSL makes no key"};
  auto made = make_authority(files.ca_key.get(), wanted,
                             {now - kBackdated, now - kBackdated + kAuthorityLife});
  if (!made) return made.error();
  files.ca = std::move(*made);
  // The key first: a certificate without its key would be an authority nobody can use.
  Status kept = write_safely(files.folder / "ca.key", key_pem(files.ca_key.get()));
  if (!kept) return kept;
  return write_safely(files.folder / "ca.pem", certificate_pem(files.ca.get()));
}

// Asks the authority's constraints for one name or address alone.
bool is_allowed(const Files& files, const CertificateNames& one, const Lifetime& lifetime) {
  const auto probe = make_server_certificate({files.ca.get(), files.ca_key.get()},
                                             files.ca_key.get(), one, lifetime);
  return probe && may_sign(files.ca.get(), probe->get());
}

// `wanted` without what the authority may not sign; that goes into `left_out`.
CertificateNames allowed_names(const Files& files, const CertificateNames& wanted,
                               std::vector<std::string>& left_out) {
  const Lifetime lifetime = lifetime_of(files.ca.get());
  CertificateNames allowed;
  for (const std::string& name : sorted(wanted.names)) {
    (is_allowed(files, {{name}, {}}, lifetime) ? allowed.names : left_out).push_back(name);
  }
  for (const std::string& address : sorted(wanted.addresses)) {
    (is_allowed(files, {{}, {address}}, lifetime) ? allowed.addresses : left_out)
        .push_back(address);
  }
  return allowed;
}

Status make_new_server(Files& files, const CertificateNames& names, Instant now) {
  files.server_key = make_p256_key();
  if (files.server_key == nullptr) return Error{ErrorKind::storage, "OpenSSL makes no key"};
  const Instant ends =
      std::min(now - kBackdated + kServerLife, lifetime_of(files.ca.get()).ends);
  auto made = make_server_certificate({files.ca.get(), files.ca_key.get()},
                                      files.server_key.get(), names, {now - kBackdated, ends});
  if (!made) return made.error();
  files.server = std::move(*made);
  // Between the two the pair does not fit, which read_server() sees and repairs.
  Status kept = write_safely(files.folder / "server.key", key_pem(files.server_key.get()));
  if (!kept) return kept;
  return write_safely(files.folder / "server.pem", certificate_pem(files.server.get()));
}

CertificateState state_of(const Files& files) {
  CertificateState state;
  state.ca_ends = lifetime_of(files.ca.get()).ends;
  state.has_server_certificate = files.server != nullptr;
  if (!state.has_server_certificate) return state;
  const Lifetime life = lifetime_of(files.server.get());
  state.server_starts = life.starts;
  state.server_ends = life.ends;
  state.server_names = names_of(files.server.get());
  return state;
}

Instant two_thirds(Instant starts, Instant ends) { return starts + (ends - starts) / 3 * 2; }

LocalCertificates as_given_out(const Files& files) {
  const std::string digest = sha256(certificate_der(files.ca.get())).hex();
  const Lifetime life = lifetime_of(files.server.get());
  LocalCertificates given;
  given.ca_pem = certificate_pem(files.ca.get());
  given.ca_fingerprint = for_people(digest);
  given.ca_digest_hex = digest;
  given.server = {certificate_pem(files.server.get()) + given.ca_pem,
                  key_pem(files.server_key.get())};
  given.server_ends = life.ends;
  given.renew_at = two_thirds(life.starts, life.ends);
  return given;
}

bool is_still_good(const Files& files, Instant now) {
  return files.server != nullptr && now < lifetime_of(files.server.get()).ends;
}

Error key_missing(const std::filesystem::path& folder) {
  return {ErrorKind::missing,
          (folder / "ca.key").string() +
              ": missing; it must come back from a backup, because every kiosk trusts it"};
}

}  // namespace

CertificateStep next_step(const CertificateState& state, const CertificateNames& wanted,
                          Instant now) {
  if (now >= state.ca_ends) return CertificateStep::refuse_ca_expired;
  if (!state.has_server_certificate) return CertificateStep::renew_server;
  if (!is_same(state.server_names, wanted)) return CertificateStep::renew_server;
  if (now < state.server_starts) return CertificateStep::renew_server;
  if (now >= two_thirds(state.server_starts, state.server_ends) &&
      state.server_ends < state.ca_ends) {
    return CertificateStep::renew_server;
  }
  return CertificateStep::keep;
}

Result<CertificateState> look_at_local_ca(const std::filesystem::path& folder) {
  Files files{folder, {}, {}, {}, {}};
  Status done = read_authority(files);
  if (done) done = read_server(files);
  if (!done) return done.error();
  if (files.ca == nullptr) {
    return Error{ErrorKind::missing, (folder / "ca.pem").string() + ": is not made yet"};
  }
  return state_of(files);
}

Result<LocalCertificates> open_local_ca(const std::filesystem::path& folder,
                                        const CertificateNames& wanted, Instant now) {
  std::error_code fault;
  if (std::filesystem::create_directories(folder, fault)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, fault);
  }
  if (fault) return Error{ErrorKind::storage, folder.string() + ": " + fault.message()};
  Files files{folder, {}, {}, {}, {}};
  Status done = read_authority(files);
  if (done) done = read_server(files);
  if (done && files.ca == nullptr) done = make_new_authority(files, wanted, now);
  if (!done) return done.error();
  std::vector<std::string> left_out;
  // Without the authority's key nothing can be changed, so what there is has to do.
  const CertificateNames names =
      files.ca_key == nullptr && files.server != nullptr
          ? names_of(files.server.get())
          : (files.ca_key == nullptr ? wanted : allowed_names(files, wanted, left_out));
  CertificateStep step = next_step(state_of(files), names, now);
  if (step == CertificateStep::refuse_ca_expired) {
    return Error{ErrorKind::untrusted, (folder / "ca.pem").string() + ": has expired"};
  }
  if (step == CertificateStep::renew_server && files.ca_key == nullptr) {
    if (!is_still_good(files, now)) return key_missing(folder);
    step = CertificateStep::keep;
  }
  if (step == CertificateStep::renew_server) done = make_new_server(files, names, now);
  if (!done) return done.error();
  LocalCertificates given = as_given_out(files);
  given.was_renewed = step == CertificateStep::renew_server;
  given.left_out = std::move(left_out);
  return given;
}

}  // namespace conglang::server
