// GET /api/audit: who did what, the newest first, page by page.
#pragma once

#include <vector>

#include "content-server/api/api_parts.h"
#include "content-server/audit/audit_log.h"
#include "content-server/http/request.h"
#include "content-server/http/routes.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"

namespace conglang::server {

// `parts` must outlive the routes.
void add_audit_routes(Routes& routes, const ApiParts& parts);

// before, most, actor, subject, action (how it begins).
// Fails: malformed, naming the parameter: unknown, no number, out of its range, too long.
Result<AuditQuery> read_audit_query(const TextMap& parameters);

// {"entries":[…],"next_before":12}; next_before is null on the last page.
// Requires: `entries` is what `query` found.
JsonValue write_audit_page(const std::vector<AuditEntry>& entries, const AuditQuery& query);

}  // namespace conglang::server
