// The end of a root ceremony: the signed root is published, and people's keys follow it.
#pragma once

#include <string>

#include "content-server/access/access_desk.h"
#include "content-server/publishing/office_repository.h"
#include "playlists/base/result.h"
#include "playlists/trust/metadata.h"

namespace conglang::server {

// Checks and publishes `bytes`, the root after the published one, with its entries in the
// audit log. Publishing comes last, so that what fails before it changes nothing; a power cut
// between the files and the end of the transaction is mended by follow_root(). The published
// root once more succeeds.
// Requires: the last step of a transaction that is kept over a power cut.
// Fails: as OfficeRepository::accept_root(), apply_root().
Result<RootMetadata> change_root(const AccessDesk& desk, const OfficeRepository& repository,
                                 const std::string& bytes);

// Brings the people's keys to the published root, where that was changed and the end of the
// ceremony was interrupted. Nothing to do otherwise, and before the set-up.
// Returns: whether something was behind.
Result<bool> follow_root(const AccessDesk& desk, const OfficeRepository& repository);

// The key that waits for the next ceremony (snapshot, timestamp) or approval (takedown), made
// when there is none, with its entry in the audit log.
// Fails: as OfficeRepository::make_waiting_key().
Result<SigningKey> prepare_online_key(const AccessDesk& desk,
                                      const OfficeRepository& repository,
                                      const std::string& role);

// The public key of everybody whom `root` lets approve.
std::vector<std::array<std::uint8_t, 32>> approver_keys_of(const RootMetadata& root);

}  // namespace conglang::server
