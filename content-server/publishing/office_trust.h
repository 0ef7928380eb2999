// What the set-up of an office needs from its repository: the server's half of the first root.
#pragma once

#include <string>

#include "content-server/access/setup.h"
#include "content-server/publishing/office_repository.h"

namespace conglang::server {

// Threads: any. Requires: the repository outlives it.
class OfficeTrust final : public InitialTrust {
 public:
  explicit OfficeTrust(const OfficeRepository& repository) : repository_(repository) {}

  // The online keys are made when they are asked for the first time.
  Result<JsonValue> online_keys() override;

  Result<Sha256Digest> begin(const std::string& root,
                             const std::array<std::uint8_t, 32>& approver_key,
                             Instant now) override;

 private:
  const OfficeRepository& repository_;
};

// Whether a first root says what this office needs: our online keys for snapshot and
// timestamp and nobody else's, the approver's key for targets, and a root key that is none of
// these, so that it can be kept elsewhere. Pure.
// Fails: untrusted, naming the role.
Status check_first_root(const RootMetadata& root, const OnlineKeys& online,
                        const std::array<std::uint8_t, 32>& approver_key, Instant now);

}  // namespace conglang::server
