#include "player/store/trust_files.h"

#include <array>
#include <cstdint>
#include <utility>

#include "player/store/parts_file.h"

namespace conglang::player {
namespace {

constexpr const char* kTrustName = "trust";
constexpr const char* kPublicationsName = "publications";

// Above what four roles and two documents can reach by their own bounds.
constexpr std::int64_t kMaxTrustBytes = 32 << 20;
constexpr std::int64_t kMaxPublicationsBytes = 128 << 20;

constexpr std::array kRoles = {
    std::pair{"root", &TrustedState::root},
    std::pair{"timestamp", &TrustedState::timestamp},
    std::pair{"snapshot", &TrustedState::snapshot},
    std::pair{"targets", &TrustedState::targets},
};

void put_state(Parts& parts, const TrustedState& state) {
  for (const auto& [name, member] : kRoles) parts[name] = state.*member;
}

TrustedState take_state(Parts& parts) {
  TrustedState state;
  for (const auto& [name, member] : kRoles) state.*member = std::move(parts[name]);
  return state;
}

void put_publication(Parts& parts, const std::string& prefix,
                     const std::optional<KeptPublication>& publication) {
  if (!publication) return;
  parts[prefix + "targets"] = publication->targets;
  parts[prefix + "path"] = publication->path;
  parts[prefix + "document"] = publication->document;
}

std::optional<KeptPublication> take_publication(Parts& parts, const std::string& prefix) {
  if (parts.find(prefix + "document") == parts.end()) return std::nullopt;
  return KeptPublication{std::move(parts[prefix + "targets"]),
                         std::move(parts[prefix + "path"]),
                         std::move(parts[prefix + "document"])};
}

Error about(const char* name, const Error& error) {
  return {error.kind, "kept " + std::string(name) + ": " + error.message};
}

Result<Parts> load_parts(StateFolder& folder, const char* name, std::int64_t max_bytes) {
  const auto bytes = folder.read(name, max_bytes);
  if (!bytes) return about(name, bytes.error());
  auto parts = read_parts(*bytes);
  if (!parts) return about(name, parts.error());
  return parts;
}

Status require_pin(Parts& parts, const std::string& pin, const char* name) {
  if (parts["pin"] == pin) return {};
  return about(name, {ErrorKind::conflict, "belongs to another pinned root"});
}

}  // namespace

Result<KeptTrust> TrustFiles::load_trust() {
  auto parts = load_parts(folder_, kTrustName, kMaxTrustBytes);
  if (!parts) return parts.error();
  if (Status same = require_pin(*parts, pin_, kTrustName); !same) return same.error();
  const auto floor = parse_instant((*parts)["floor"]);
  if (!floor) return about(kTrustName, floor.error());
  return KeptTrust{take_state(*parts), *floor};
}

Status TrustFiles::save_trust(const KeptTrust& trust) {
  Parts parts{{"pin", pin_}, {"floor", format_instant(trust.floor)}};
  put_state(parts, trust.state);
  return replace_file(folder_, kTrustName, write_parts(parts));
}

Result<KeptPublications> TrustFiles::load_publications() {
  auto parts = load_parts(folder_, kPublicationsName, kMaxPublicationsBytes);
  if (!parts) return parts.error();
  if (Status same = require_pin(*parts, pin_, kPublicationsName); !same) return same.error();
  return KeptPublications{take_publication(*parts, "current-"),
                          take_publication(*parts, "previous-")};
}

Status TrustFiles::save_publications(const KeptPublications& publications) {
  Parts parts{{"pin", pin_}};
  put_publication(parts, "current-", publications.current);
  put_publication(parts, "previous-", publications.previous);
  return replace_file(folder_, kPublicationsName, write_parts(parts));
}

}  // namespace conglang::player
