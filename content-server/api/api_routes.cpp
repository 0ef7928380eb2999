#include "content-server/api/api_routes.h"

#include <sys/stat.h>

#include <string>
#include <utility>

#include "content-server/api/answers.h"
#include "content-server/api/audit_routes.h"
#include "content-server/api/invitation_routes.h"
#include "content-server/api/kiosk_link_routes.h"
#include "content-server/api/kiosk_routes.h"
#include "content-server/api/openapi_routes.h"
#include "content-server/api/people_routes.h"
#include "content-server/api/publishing_routes.h"
#include "content-server/api/root_routes.h"
#include "content-server/api/session_routes.h"
#include "content-server/api/setup_routes.h"
#include "content-server/api/unit_routes.h"

namespace conglang::server {
namespace {

constexpr std::string_view kTimestamp = "metadata/timestamp.json";

// Every other file carries its version or its digest in its name and never changes.
Response answer_file(const std::filesystem::path& repository, const std::string& name) {
  const std::filesystem::path path = repository / name;
  struct stat found {};
  // The path of a request has neither "..", nor empty parts; links are ours alone to make,
  // and we make none.
  if (::lstat(path.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) {
    return refuse(404, "missing", name + ": is not in the repository");
  }
  const bool is_timestamp = name == kTimestamp;
  const std::string etag = "\"" + std::to_string(found.st_size) + "-" +
                           std::to_string(found.st_mtim.tv_sec) + "." +
                           std::to_string(found.st_mtim.tv_nsec) + "\"";
  Response response;
  response.headers.emplace_back("Content-Type", name.ends_with(".json")
                                                    ? "application/json"
                                                    : "application/octet-stream");
  if (is_timestamp) response.headers.emplace_back("Cache-Control", "no-cache");
  response.body = FileBody{path, etag, !is_timestamp};
  return response;
}

}  // namespace

void add_api_routes(Routes& routes, const ApiParts& parts) {
  add_setup_routes(routes, parts);
  add_session_routes(routes, parts);
  add_people_routes(routes, parts);
  add_unit_routes(routes, parts);
  add_invitation_routes(routes, parts);
  add_kiosk_routes(routes, parts);
  add_group_routes(routes, parts);
  add_enrolment_routes(routes, parts);
  add_kiosk_link_routes(routes, parts);
  add_asset_routes(routes, parts);
  add_submission_routes(routes, parts);
  add_approval_routes(routes, parts);
  add_release_routes(routes, parts);
  add_takedown_routes(routes, parts);
  add_message_routes(routes, parts);
  add_root_routes(routes, parts);
  add_audit_routes(routes, parts);
  add_openapi_routes(routes);
}

void add_repository_routes(Routes& routes, std::filesystem::path repository) {
  routes.add({Method::get,
              "/repository/{name...}",
              BodyRule::none(),
              [repository = std::move(repository)](const Request& request) {
                return answer_file(repository, request.path_values.at("name"));
              },
              {}});
}

}  // namespace conglang::server
