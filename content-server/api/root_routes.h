// /api/root and /api/online-keys: what a browser needs for a root ceremony.
#pragma once

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

// `parts` must outlive the routes.
void add_root_routes(Routes& routes, const ApiParts& parts);

}  // namespace conglang::server
