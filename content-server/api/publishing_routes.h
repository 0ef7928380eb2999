// The way of a publication over the API: files, submissions, approval, releases, hiding.
#pragma once

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

// `parts` must outlive the routes; the same holds below.
void add_asset_routes(Routes& routes, const ApiParts& parts);
void add_submission_routes(Routes& routes, const ApiParts& parts);
void add_approval_routes(Routes& routes, const ApiParts& parts);
void add_release_routes(Routes& routes, const ApiParts& parts);
void add_takedown_routes(Routes& routes, const ApiParts& parts);
void add_message_routes(Routes& routes, const ApiParts& parts);  // urgent ones, corrections

}  // namespace conglang::server
