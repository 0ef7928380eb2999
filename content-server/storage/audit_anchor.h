// How far the audit log had come, kept beside the database, so that a log that lost its
// newest entries is found.
#pragma once

#include <filesystem>
#include <optional>

#include "content-server/audit/verify_audit.h"
#include "playlists/base/result.h"

namespace conglang::server {

// {"format":1,"number":12,"digest":"…"}
// Fails: malformed; storage. No file: no anchor.
Result<std::optional<AuditAnchor>> read_audit_anchor(const std::filesystem::path& file);

Status write_audit_anchor(const std::filesystem::path& file, const AuditAnchor& anchor);

}  // namespace conglang::server
