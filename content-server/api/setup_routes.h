// /api/setup and /api/office: from an empty folder to an office, and its settings.
#pragma once

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

// `parts` must outlive the routes.
void add_setup_routes(Routes& routes, const ApiParts& parts);

}  // namespace conglang::server
