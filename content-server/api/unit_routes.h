// /api/units: the units and who answers for them.
#pragma once

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

// `parts` must outlive the routes.
void add_unit_routes(Routes& routes, const ApiParts& parts);

}  // namespace conglang::server
