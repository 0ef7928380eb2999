// How a kiosk and an office come to know each other.
//
// The kiosk commits to its key and a nonce before it sees the office's nonce, and reveals
// them after; so nobody in between can search for a key that gives the same number on both
// sides. A person compares that number, and only then the office takes the kiosk in.
//
//   kiosk                          office
//   EnrolmentRequest (commitment)  ->
//                                  <- EnrolmentOffer (code, the office's nonce)
//   EnrolmentReveal (key, nonce)   ->
//                                  <- EnrolmentAnchors (CA, root.json)
//   both show comparison_number(); the officer compares and confirms
//   EnrolmentPoll (signed), again and again ->
//                                  <- EnrolmentProgress, at last with a KioskGrant
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/ids.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"
#include "playlists/wire/read_body.h"

namespace conglang {

// POST /kiosk/enrolments
struct EnrolmentRequest {
  Sha256Digest commitment;
  std::string program;  // "conglang-player 0.1.0"

  bool operator==(const EnrolmentRequest&) const = default;
};

struct EnrolmentOffer {
  std::string enrolment;  // its id
  std::string code;       // "K7M2-Q9XD", for people
  Bytes32 office_nonce{};
  Instant ends_at{};
  std::string link;  // "https://…/enrol#…", for the officer's phone

  bool operator==(const EnrolmentOffer&) const = default;
};

// POST /kiosk/enrolments/{enrolment}/reveal
struct EnrolmentReveal {
  Bytes32 public_key{};  // Ed25519
  Bytes32 nonce{};

  bool operator==(const EnrolmentReveal&) const = default;
};

// What the kiosk will pin once a person has confirmed it.
struct EnrolmentAnchors {
  std::string ca_pem;  // empty: the office's certificate is one that every system knows
  std::string root;    // root.json, byte for byte

  bool operator==(const EnrolmentAnchors&) const = default;
};

// POST /kiosk/enrolments/{enrolment}/poll
struct EnrolmentPoll {
  std::string signature;  // of enrolment_poll_text(), 128 hexadecimal digits

  bool operator==(const EnrolmentPoll&) const = default;
};

// What the kiosk is given when it is taken in.
struct KioskGrant {
  KioskId kiosk;
  std::string name;
  GroupId group;
  std::string token;  // bearer token: 64 hexadecimal digits

  bool operator==(const KioskGrant&) const = default;
};

enum class EnrolmentState { waiting, confirmed, refused, expired };

struct EnrolmentProgress {
  EnrolmentState state = EnrolmentState::waiting;
  std::optional<KioskGrant> grant;  // with confirmed, and only then

  bool operator==(const EnrolmentProgress&) const = default;
};

// The file on an install stick: everything that the conversation above finds out.
struct InstallStick {
  std::string server;  // "https://192.168.1.20:8443"
  EnrolmentAnchors anchors;
  std::string token;  // for one kiosk, once: 64 hexadecimal digits

  bool operator==(const InstallStick&) const = default;
};

// POST /kiosk/enrolments/stick; the answer is a KioskGrant.
struct StickEnrolment {
  std::string token;
  Bytes32 public_key{};
  std::string signature;  // of stick_enrolment_text()
  std::string program;

  bool operator==(const StickEnrolment&) const = default;
};

// SHA-256 of nonce and key.
Sha256Digest commitment_of(const EnrolmentReveal& reveal);

struct ComparedThings {
  EnrolmentReveal kiosk;
  EnrolmentAnchors office;
  Bytes32 office_nonce{};
};

// Eight digits as people read them: "1234 5678". The same on both sides only when nobody
// changed anything on the way.
std::string comparison_number(const ComparedThings& things);

// What the kiosk's key signs.
std::string enrolment_poll_text(std::string_view enrolment, const Bytes32& office_nonce);
std::string stick_enrolment_text(std::string_view token, const Bytes32& public_key);

// Read strictly. Fail: malformed, with the place.
Result<EnrolmentRequest> read_enrolment_request(const JsonValue& value);
Result<EnrolmentOffer> read_enrolment_offer(const JsonValue& value);
Result<EnrolmentReveal> read_enrolment_reveal(const JsonValue& value);
Result<EnrolmentAnchors> read_enrolment_anchors(const JsonValue& value);
Result<EnrolmentPoll> read_enrolment_poll(const JsonValue& value);
Result<EnrolmentProgress> read_enrolment_progress(const JsonValue& value);
Result<KioskGrant> read_kiosk_grant(const JsonValue& value);
Result<InstallStick> read_install_stick(const JsonValue& value);
Result<StickEnrolment> read_stick_enrolment(const JsonValue& value);

JsonValue write(const EnrolmentRequest& request);
JsonValue write(const EnrolmentOffer& offer);
JsonValue write(const EnrolmentReveal& reveal);
JsonValue write(const EnrolmentAnchors& anchors);
JsonValue write(const EnrolmentPoll& poll);
JsonValue write(const EnrolmentProgress& progress);
JsonValue write(const KioskGrant& grant);
JsonValue write(const InstallStick& stick);
JsonValue write(const StickEnrolment& enrolment);

}  // namespace conglang
