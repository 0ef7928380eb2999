// /api/people: who works here, and what they may do.
#pragma once

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

// `parts` must outlive the routes.
void add_people_routes(Routes& routes, const ApiParts& parts);

}  // namespace conglang::server
