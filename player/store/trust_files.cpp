#include "player/store/trust_files.h"

#include <array>
#include <cstdint>
#include <utility>

#include "player/store/parts_file.h"
#include "player/store/takedown_memory.h"
#include "playlists/base/json.h"

namespace conglang::player {
namespace {

constexpr const char* kTrustName = "trust";
constexpr const char* kPublicationsName = "publications";

// Above what all roles, 10,000 takedowns and three documents can reach by their own bounds,
// some of them twice as long when they are written as JSON strings.
constexpr std::int64_t kMaxTrustBytes = 96 << 20;
constexpr std::int64_t kMaxPublicationsBytes = 128 << 20;

constexpr std::array kRoles = {
    std::pair{"root", &TrustedState::root},
    std::pair{"timestamp", &TrustedState::timestamp},
    std::pair{"snapshot", &TrustedState::snapshot},
    std::pair{"targets", &TrustedState::targets},
};

using NamedTexts = std::map<std::string, std::string>;

// Names that come from outside: no names of parts.
std::string write_texts(const NamedTexts& texts) {
  JsonObject object;
  for (const auto& [name, text] : texts) object.emplace_back(name, text);
  return write_json(object);
}

// Nothing for an empty part: an older version of this program wrote none.
Result<NamedTexts> read_texts(const std::string& part) {
  NamedTexts texts;
  if (part.empty()) return texts;
  const auto value = parse_json(part, {static_cast<std::size_t>(kMaxTrustBytes), 2});
  if (!value) return value.error();
  if (value->object() == nullptr) return Error{ErrorKind::malformed, "is no object"};
  for (const auto& [name, text] : *value->object()) {
    if (text.string() == nullptr) return Error{ErrorKind::malformed, name + " is no text"};
    texts[name] = *text.string();
  }
  return texts;
}

void put_state(Parts& parts, const TrustedState& state) {
  for (const auto& [name, member] : kRoles) parts[name] = state.*member;
  parts["delegated"] = write_texts(state.delegated);
}

Result<TrustedState> take_state(Parts& parts) {
  TrustedState state;
  for (const auto& [name, member] : kRoles) state.*member = std::move(parts[name]);
  auto delegated = read_texts(parts["delegated"]);
  if (!delegated) return delegated.error();
  state.delegated = std::move(*delegated);
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
  auto state = take_state(*parts);
  if (!state) return about(kTrustName, state.error());
  auto takedowns = read_seen_takedowns((*parts)["takedowns"]);
  if (!takedowns) return about(kTrustName, takedowns.error());
  auto urgent = read_texts((*parts)["urgent"]);
  if (!urgent) return about(kTrustName, urgent.error());
  return KeptTrust{std::move(*state), *floor, std::move(*takedowns), std::move(*urgent)};
}

Status TrustFiles::save_trust(const KeptTrust& trust) {
  Parts parts{{"pin", pin_},
              {"floor", format_instant(trust.floor)},
              {"takedowns", write_seen_takedowns(trust.takedowns)},
              {"urgent", write_texts(trust.urgent)}};
  put_state(parts, trust.state);
  return replace_file(folder_, kTrustName, write_parts(parts));
}

Result<KeptPublications> TrustFiles::load_publications() {
  auto parts = load_parts(folder_, kPublicationsName, kMaxPublicationsBytes);
  if (!parts) return parts.error();
  if (Status same = require_pin(*parts, pin_, kPublicationsName); !same) return same.error();
  return KeptPublications{take_publication(*parts, "current-"),
                          take_publication(*parts, "previous-"),
                          take_publication(*parts, "next-"), (*parts)["shown"] == "current"};
}

Status TrustFiles::save_publications(const KeptPublications& publications) {
  Parts parts{{"pin", pin_}};
  put_publication(parts, "current-", publications.current);
  put_publication(parts, "previous-", publications.previous);
  put_publication(parts, "next-", publications.next);
  if (publications.current_was_shown) parts["shown"] = "current";
  return replace_file(folder_, kPublicationsName, write_parts(parts));
}

Status reset_floor(StateFolder& folder, const std::string& pinned_root) {
  TrustFiles files(folder, sha256(std::string_view(pinned_root)));
  auto trust = files.load_trust();
  if (!trust) return trust.error();
  trust->floor = Instant{};
  return files.save_trust(*trust);
}

}  // namespace conglang::player
