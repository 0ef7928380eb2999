// /api/kiosks, /api/groups, /api/sites, /api/enrolments, /api/install-sticks: the officer's
// side of the kiosks.
#pragma once

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

// `parts` must outlive the routes.
void add_kiosk_routes(Routes& routes, const ApiParts& parts);
void add_group_routes(Routes& routes, const ApiParts& parts);
void add_enrolment_routes(Routes& routes, const ApiParts& parts);

}  // namespace conglang::server
