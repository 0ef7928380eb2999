// Kiosks and how they come to the office, as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/ids.h"
#include "playlists/base/localized_text.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"
#include "playlists/wire/enrolment.h"
#include "playlists/wire/heartbeat.h"

namespace conglang::server {

// Kiosks that show the same publication.
struct Group {
  GroupId id;
  LocalizedText name;

  bool operator==(const Group&) const = default;
};

// Where kiosks stand; its class says how soon silence is a fault.
enum class SiteClass { office, relic, fair };

struct Site {
  SiteId id;
  LocalizedText name;
  SiteClass site_class = SiteClass::office;

  bool operator==(const Site&) const = default;
};

struct Kiosk {
  KioskId id;
  std::string name;  // as people here call it
  GroupId group;
  std::optional<SiteId> site;
  Bytes32 public_key{};  // Ed25519; its own
  Sha256Digest token;    // of the bearer token
  std::int64_t token_counter = 0;
  Instant made_at{};
  std::optional<Instant> revoked_at;  // for ever: a kiosk that comes back is enrolled anew

  bool operator==(const Kiosk&) const = default;
};

// What a kiosk said last.
struct KioskLife {
  Heartbeat heartbeat;
  Instant seen_at{};
  std::string address;
  std::string earlier_run;  // the run before this one

  bool operator==(const KioskLife&) const = default;
};

struct KioskCommand {
  Command command;
  KioskId kiosk;
  Instant made_at{};
  std::string actor;
  std::optional<CommandResult> result;
  std::optional<Instant> done_at;

  bool operator==(const KioskCommand&) const = default;
};

// A kiosk on its way in.
struct Enrolment {
  std::string id;
  std::string code;  // "K7M2-Q9XD"
  Sha256Digest commitment;
  Bytes32 office_nonce{};
  std::string program;  // what it calls itself
  std::string address;
  EnrolmentState state = EnrolmentState::waiting;
  std::optional<EnrolmentReveal> reveal;
  std::string number;            // to compare; empty until it revealed
  std::optional<KioskId> kiosk;  // once confirmed
  Instant made_at{};
  Instant ends_at{};

  bool operator==(const Enrolment&) const = default;
};

// An install stick that was made: for one kiosk, once.
struct StickGrant {
  Sha256Digest token;
  std::string name;
  GroupId group;
  std::optional<SiteId> site;
  Instant ends_at{};
  std::optional<KioskId> used_by;

  bool operator==(const StickGrant&) const = default;
};

std::string_view to_string(SiteClass site_class);
std::optional<SiteClass> parse_site_class(std::string_view word);

// "enrolment waiting", ...
std::string_view to_string(EnrolmentState state);

}  // namespace conglang::server
