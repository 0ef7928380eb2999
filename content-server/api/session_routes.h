// /api/session, /api/sessions: signing in and out, one's own password and approver key.
#pragma once

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

// `parts` must outlive the routes.
void add_session_routes(Routes& routes, const ApiParts& parts);

}  // namespace conglang::server
