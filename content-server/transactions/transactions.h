// The seam to the database: every store of the office, within one transaction.
//
// A use case is a function over the narrow stores that its room declares. Whoever calls it
// opens the transaction here, so that a change and its audit entry are kept together or
// not at all.
#pragma once

#include <functional>

#include "content-server/access/access_store.h"
#include "content-server/audit/audit_log.h"
#include "content-server/kiosks/kiosk_store.h"
#include "content-server/publishing/release_store.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Valid until the function it was given to returns.
struct Stores {
  AuditLog& audit;
  PeopleStore& people;
  SessionStore& sessions;
  UnitStore& units;
  OfficeStore& office;
  ReleaseStore& releases;
  KioskStore& kiosks;
};

enum class Durability {
  crash,      // an answered change survives the death of the process: heartbeats, records
  power_cut,  // and a power cut: publish, takedown, audit, people, keys
};

// Threads: any worker; reads run beside each other and beside one write, writes one after
// another. A transaction inside a transaction is a broken invariant.
class Transactions {
 public:
  virtual ~Transactions() = default;

  using Work = std::function<Status(const Stores&)>;

  // A view that does not change while `work` runs; what it writes is refused.
  // Fails: as `work`, and storage.
  virtual Status read(const Work& work) = 0;

  // Kept when `work` ends well and the disk took it; otherwise nothing of it is.
  // Fails: as `work`, and storage, and conflict when the database was busy for 5 seconds.
  virtual Status write(Durability durability, const Work& work) = 0;
};

}  // namespace conglang::server
