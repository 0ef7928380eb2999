// Brings trusted metadata up to date by the client rules of TUF, in their order.
//
// Pure: bytes and the time come in as arguments, what may be kept comes back.
// Source: The Update Framework Specification 1.0.34, section 5.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/result.h"
#include "playlists/base/time.h"
#include "playlists/trust/fault.h"
#include "playlists/trust/metadata_source.h"
#include "playlists/trust/verified_target.h"

namespace conglang {

// The newest metadata files that were trusted, byte for byte; empty means none.
// A new kiosk starts with the pinned root alone. Who keeps it writes it whole.
struct TrustedState {
  std::string root;
  std::string timestamp;
  std::string snapshot;
  std::string targets;
  std::map<std::string, std::string> delegated = {};  // by the name of the role

  bool operator==(const TrustedState&) const = default;
};

struct TrustOutcome {
  // What may be kept for the next refresh: advanced by every step that held and
  // by none that failed, so no failure bars a later good update.
  TrustedState state;

  // As `state`, but expired metadata that is otherwise good counts too. A program
  // that goes on showing expired content keeps this one; both refresh() and
  // recall() accept it, and it never trusts anything older.
  TrustedState including_expired;

  // The first step that failed; nothing when all is current but, perhaps, delegated roles.
  std::optional<Fault> fault;

  // What is wrong with delegated roles, which stops nothing: of each such role stays what
  // was trusted of it before. `where` is its name.
  std::vector<Fault> delegated_faults;

  // The newest complete list. Given also beside a fault: the expired list when
  // only time has passed (is_expired()), otherwise what was trusted before.
  std::optional<VerifiedTargets> targets;

  // Kept files that no longer hold (damaged on disk, say) and were left out.
  std::vector<Fault> discarded;
};

// `start` is the time for the whole walk, read once by the caller.
TrustOutcome refresh(const TrustedState& trusted, MetadataSource& source, Instant start);

// What the kept files alone prove, without any repository. The fault is freeze
// when they have expired, missing when they are not complete.
TrustOutcome recall(const TrustedState& trusted, Instant start);

// Whether these bytes are a root that can be pinned: signed by its own threshold.
std::optional<Fault> check_root(std::string_view bytes);

}  // namespace conglang
