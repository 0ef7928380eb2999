// Every route of the server, in one place.
#pragma once

#include <filesystem>

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

// The officer's API and the kiosks'. `parts` must outlive the routes.
void add_api_routes(Routes& routes, const ApiParts& parts);

// GET /repository/…: the signed files as they lie there, for kiosks and anybody else; what
// they hold is public by nature.
void add_repository_routes(Routes& routes, std::filesystem::path repository);

}  // namespace conglang::server
