// What goes its way from a draft to the screens, and what became of it, as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/ids.h"
#include "playlists/base/time.h"

namespace conglang::server {

using SubmissionId = Id<struct SubmissionTag>;

enum class SubmissionState {
  submitted,   // checked, waits for an approver
  returned,    // sent back with a reason
  withdrawn,   // taken back by whoever submitted it
  approved,    // signed; its files are being written
  released,    // what its group shows now
  superseded,  // what its group showed before
};

// Where a submission comes from.
enum class SubmissionOrigin { draft, earlier_release, reinstatement, correction };

struct Submission {
  SubmissionId id;
  GroupId group;
  std::string document;  // published form, without what only an approval adds
  std::string author;    // as an actor of the audit log
  SubmissionOrigin origin = SubmissionOrigin::draft;
  SubmissionState state = SubmissionState::submitted;
  std::vector<TakedownId> reinstates;  // asked for; signed with it
  Instant made_at{};

  bool operator==(const Submission&) const = default;
};

// One step of its history.
struct SubmissionStep {
  SubmissionId submission;
  SubmissionState state = SubmissionState::submitted;
  std::string actor;
  std::string reason;  // why it was returned or made; may be empty
  Instant at{};

  bool operator==(const SubmissionStep&) const = default;
};

// What an approver is asked to sign: the exact bytes, and what they stand on.
struct Candidate {
  SubmissionId submission;
  std::int64_t base_version = 0;  // of the targets it follows; 0: the first
  std::int64_t version = 0;
  std::string body;         // the unsigned targets metadata in canonical form
  std::string publication;  // the publication's bytes as a kiosk will read them
  Instant made_at{};

  bool operator==(const Candidate&) const = default;
};

enum class ReleaseState { approved, released, given_up };

struct Release {
  std::int64_t version = 0;  // of the signed targets
  std::int64_t base_version = 0;
  SubmissionId submission;
  GroupId group;
  ReleaseState state = ReleaseState::approved;
  std::string approver;     // as an actor of the audit log
  std::string key_id;       // that signed it
  std::string targets;      // the signed metadata file
  std::string publication;  // the publication's bytes
  Instant approved_at{};
  std::optional<Instant> released_at;

  bool operator==(const Release&) const = default;
};

enum class HiddenKind { item, entry, asset };

// Something hidden at once, by one person.
struct TakedownAct {
  TakedownId id;
  HiddenKind kind = HiddenKind::item;
  std::string target_id;
  Instant at{};
  std::string reason;
  std::string actor;

  bool operator==(const TakedownAct&) const = default;
};

// "submitted", "earlier-release", ...; the parsers give nothing for an unknown word.
std::string_view to_string(SubmissionState state);
std::string_view to_string(SubmissionOrigin origin);
std::string_view to_string(ReleaseState state);
std::string_view to_string(HiddenKind kind);
std::optional<SubmissionState> parse_submission_state(std::string_view word);
std::optional<SubmissionOrigin> parse_submission_origin(std::string_view word);
std::optional<ReleaseState> parse_release_state(std::string_view word);
std::optional<HiddenKind> parse_hidden_kind(std::string_view word);

}  // namespace conglang::server
