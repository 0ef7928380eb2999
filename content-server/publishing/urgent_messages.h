// What an approver says on the screens at once: the next file of the role "urgent", and what
// becomes of its signature. Nothing is kept between the two: what was signed comes back whole.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/publishing_desk.h"
#include "playlists/publication/urgent_message.h"

namespace conglang::server {

inline constexpr std::size_t kMostUrgentMessages = 20;

struct NewUrgentMessage {
  std::vector<GroupId> groups;  // empty: all
  LocalizedText title;
  std::optional<LocalizedText> text;
  std::chrono::minutes lasting{60};  // 5 minutes to 24 hours
};

// One of the two or both.
struct UrgentChange {
  std::optional<NewUrgentMessage> add;
  std::vector<UrgentId> end;  // before their time
};

struct UrgentCandidate {
  std::string body;                              // unsigned metadata in canonical form
  std::map<std::string, std::string> documents;  // by target path
};

// What is said now and holds at `now`.
// Fails: untrusted when what is published does not hold; storage.
Result<std::vector<UrgentMessage>> urgent_messages(const OfficeRepository& repository,
                                                   Instant now);

// What holds still, with the change; what has ended is left out.
// Fails: malformed; missing for a message that is not there; conflict, code
// "nothing-published"; too_large.
Result<UrgentCandidate> make_urgent_candidate(const OfficeRepository& repository,
                                              const UrgentChange& change, Instant now);

struct UrgentApproval {
  UrgentCandidate candidate;
  std::string key_id;     // of a key that the published targets trust with urgent messages
  std::string signature;  // 128 hexadecimal digits
};

// Checks it as a kiosk will, notes it and publishes it.
// Fails: untrusted, code "bad-signature"; malformed; as OfficeRepository::write_urgent().
Result<std::vector<UrgentMessage>> approve_urgent(const PublishingDesk& desk,
                                                  const OfficeRepository& repository,
                                                  const UrgentApproval& approval);

}  // namespace conglang::server
