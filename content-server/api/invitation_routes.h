// /api/invitations: a link becomes a person who can sign in.
#pragma once

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

// `parts` must outlive the routes.
void add_invitation_routes(Routes& routes, const ApiParts& parts);

}  // namespace conglang::server
