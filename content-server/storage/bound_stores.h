// Every SQL store of one connection: a member for each slice.
#pragma once

#include "content-server/storage/audit_store.h"
#include "content-server/transactions/transactions.h"

namespace conglang::server {

// Threads: as its connection.
class BoundStores {
 public:
  // Requires: `session` outlives this.
  explicit BoundStores(soci::session& session) : audit_(session) {}
  BoundStores(const BoundStores&) = delete;
  BoundStores& operator=(const BoundStores&) = delete;

  // Designated, so that a slice that forgets its line does not compile.
  Stores stores() { return {.audit = audit_}; }

 private:
  SqlAuditLog audit_;
};

}  // namespace conglang::server
