// What the kiosks' routes ask of the repository and the certificates.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "content-server/api/kiosk_office.h"
#include "content-server/publishing/office_repository.h"
#include "playlists/base/clock.h"
#include "playlists/base/mutex.h"

namespace conglang::server {

// Threads: any. What is published is read again only when timestamp.json is another file.
class RepositoryLink final : public KioskOffice {
 public:
  struct Parts {
    const OfficeRepository& repository;
    const Clock& clock;
    std::function<std::string()> address;
    std::function<std::string()> ca_pem;  // empty: a certificate that every system knows
  };

  // Requires: what the parts refer to outlives it.
  explicit RepositoryLink(Parts parts) : parts_(std::move(parts)) {}

  Result<OfficeLink> link() override;
  Result<PublishedVersions> published(const GroupId& group) override;
  Result<SignedTime> sign_time(const TimeQuestion& question, Instant now) override;

 private:
  struct Known {
    std::string timestamp;  // which file it was: time and size
    std::int64_t targets = 0, takedown = 0;
    std::set<std::string> groups;
  };

  Result<Known> read_known(const std::string& timestamp) const;

  const Parts parts_;
  Mutex mutex_;
  Known known_ CONGLANG_GUARDED_BY(mutex_);
};

}  // namespace conglang::server
