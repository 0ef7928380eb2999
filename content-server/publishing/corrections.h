// Sets right on the screens what was wrong there: a card that ends by itself.
#pragma once

#include <chrono>
#include <optional>

#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/publishing_desk.h"
#include "playlists/publication/publication.h"

namespace conglang::server {

struct NewCorrection {
  GroupId group;
  CorrectionContent content;
  std::chrono::seconds duration{12};  // each time; 5 to 60 seconds
  std::chrono::days lasting{3};       // 1 to 31 days
};

// `shown` with the correction at the beginning of every playlist and about once a minute in
// it, and without those that have ended at `now`. Pure. `id` names its items.
Publication with_correction(Publication shown, const NewCorrection& correction,
                            const std::string& id, Instant now);

// A submission of what the group shows now with the correction: an approver signs.
// Fails: missing when the group shows nothing; malformed; storage.
Result<Submission> request_correction(const PublishingDesk& desk,
                                      const OfficeRepository& repository,
                                      const NewCorrection& correction);

}  // namespace conglang::server
