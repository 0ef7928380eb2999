#include "content-server/api/openapi_routes.h"

#include <string>

namespace conglang::server {

void add_openapi_routes(Routes& routes) {
  routes.add(
      {Method::get,
       "/api/openapi.json",
       BodyRule::none(),
       [](const Request&) {
         return Response{
             200, {{"Content-Type", "application/json"}}, std::string(openapi_document()), {}};
       },
       {}});
}

}  // namespace conglang::server
