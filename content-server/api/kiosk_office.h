// What the routes of the kiosks must know of the office beside its database.
#pragma once

#include "content-server/kiosks/enrolments.h"
#include "content-server/kiosks/kiosk_link.h"
#include "playlists/wire/signed_time.h"

namespace conglang::server {

// Implemented by app.
//
// Threads: any worker.
class KioskOffice {
 public:
  virtual ~KioskOffice() = default;

  // Our address, and what a kiosk shall pin. Fails: missing before the set-up; storage.
  virtual Result<OfficeLink> link() = 0;

  // Of what is published for that group now. Cheap: asked with every heartbeat.
  virtual Result<PublishedVersions> published(const GroupId& group) = 0;

  // Signed with the online timestamp key.
  virtual Result<SignedTime> sign_time(const TimeQuestion& question, Instant now) = 0;
};

}  // namespace conglang::server
