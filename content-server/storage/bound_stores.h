// Every SQL store of one connection: a member for each slice.
#pragma once

#include "content-server/storage/access_store.h"
#include "content-server/storage/audit_store.h"
#include "content-server/storage/kiosk_store.h"
#include "content-server/storage/publishing_store.h"
#include "content-server/transactions/transactions.h"

namespace conglang::server {

// Threads: as its connection.
class BoundStores {
 public:
  // Requires: `session` outlives this.
  explicit BoundStores(soci::session& session)
      : audit_(session),
        people_(session),
        sessions_(session),
        units_(session),
        office_(session),
        releases_(session),
        kiosks_(session) {}
  BoundStores(const BoundStores&) = delete;
  BoundStores& operator=(const BoundStores&) = delete;

  // Designated, so that a slice that forgets its line does not compile.
  Stores stores() {
    return {.audit = audit_,
            .people = people_,
            .sessions = sessions_,
            .units = units_,
            .office = office_,
            .releases = releases_,
            .kiosks = kiosks_};
  }

 private:
  SqlAuditLog audit_;
  SqlPeopleStore people_;
  SqlSessionStore sessions_;
  SqlUnitStore units_;
  SqlOfficeStore office_;
  SqlReleaseStore releases_;
  SqlKioskStore kiosks_;
};

}  // namespace conglang::server
