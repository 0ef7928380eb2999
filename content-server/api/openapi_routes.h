// The description of the API, served beside it: the page's types are made from it.
#pragma once

#include <string_view>

#include "content-server/http/routes.h"

namespace conglang::server {

// content-server/openapi.json, built into the program.
std::string_view openapi_document();

void add_openapi_routes(Routes& routes);

}  // namespace conglang::server
