// /kiosk/…: what kiosks say and hear. The bodies are those of playlists/wire.
#pragma once

#include "content-server/api/api_parts.h"
#include "content-server/http/routes.h"

namespace conglang::server {

// `parts` must outlive the routes.
void add_kiosk_link_routes(Routes& routes, const ApiParts& parts);

}  // namespace conglang::server
