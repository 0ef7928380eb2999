// A file that an approver carries to a machine of their own, to look at and sign there: the
// candidate, and everything that proves what is shown now.
//
// Nothing in it is believed: review_approval() checks it against the root that the approver
// keeps. So a server that was taken over cannot hide what a signature would do.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content-server/access/locked_key.h"
#include "content-server/publishing/difference.h"
#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/submission.h"
#include "playlists/base/ids.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"
#include "playlists/trust/refresh.h"

namespace conglang::server {

inline constexpr std::size_t kMostApprovalBytes = std::size_t{64} << 20;

struct ApprovalRequest {
  SubmissionId submission;
  GroupId group;
  std::string body;         // the unsigned targets metadata in canonical form
  std::string publication;  // the bytes that the group is to show
  // Of the repository as it is published, by path: metadata, and what every group shows.
  std::map<std::string, std::string> files;
  std::optional<LockedKey> key;  // the approver's own, as the office keeps it
};

// Requires: the candidate stands on what is published.
// Fails: as read_published(); too_large beyond kMostApprovalBytes.
Result<ApprovalRequest> gather_approval_request(const Candidate& candidate,
                                                const GroupId& group,
                                                const OfficeRepository& repository,
                                                Instant now);

JsonValue write_approval_request(const ApprovalRequest& request);

// Fails: malformed, naming the member; too_large.
Result<ApprovalRequest> read_approval_request(std::string_view bytes);

// What a person must see before they sign, found without believing the office.
struct ApprovalReview {
  std::int64_t published = 0;  // what is shown now; 0 for nothing yet
  std::int64_t version = 0;    // what the signature makes of it
  Sha256Digest body;
  std::vector<Difference> differences;
  RootMetadata root;  // the newest that follows the approver's own
  TrustedState seen;  // to be kept: an older state of the office is refused from now on
};

// Fails: untrusted when what is said to be shown does not follow from `trusted` (code
// "office"), or when the signature would do more than the differences say (code
// "more-than-shown"); malformed.
Result<ApprovalReview> review_approval(const ApprovalRequest& request,
                                       const TrustedState& trusted, Instant now);

}  // namespace conglang::server
