#include <string>
#include <utility>

#include "content-server/api/answers.h"
#include "content-server/api/publishing_bodies.h"
#include "content-server/api/publishing_routes.h"

namespace conglang::server {
namespace {

Result<AssetName> asset_in(const Request& request) {
  return parse_asset_name(request.path_values.at("asset"));
}

JsonValue write_asset(const AssetName& name, std::int64_t length) {
  return JsonObject{
      {"sha256", name.sha256.hex()}, {"extension", name.extension}, {"length", length}};
}

Response take(const ApiParts& parts, const Request& request) {
  const auto name = asset_in(request);
  if (!name) return refuse(name.error());
  if (!request.file) return refuse(400, "malformed", "asset: has no byte");
  const IncomingFile file{request.file->path, request.file->length, request.file->sha256};
  const Status taken = asset_library_of(parts).take(*name, file);
  return taken ? answer(write_asset(*name, file.length), 201) : refuse(taken.error());
}

const char* type_of(const std::string& extension) {
  if (extension == "mp4") return "video/mp4";
  if (extension == "jpg") return "image/jpeg";
  return extension == "png" ? "image/png" : "image/webp";
}

Response show(const ApiParts& parts, const Request& request) {
  const auto name = asset_in(request);
  if (!name) return refuse(name.error());
  const AssetLibrary library = asset_library_of(parts);
  if (!library.length_of(*name)) {
    return refuse(404, "missing", "asset " + name->text() + ": was not uploaded");
  }
  Response response;
  response.headers = {{"Content-Type", type_of(name->extension)},
                      {"Content-Disposition", "inline"}};
  response.body = FileBody{library.path_of(*name), "\"" + name->sha256.hex() + "\"", true};
  return response;
}

}  // namespace

void add_asset_routes(Routes& routes, const ApiParts& parts) {
  add_caller_route(
      routes, parts,
      {Method::put, "/api/assets/{asset}", BodyRule::file(parts.upload_bytes), {}, {}},
      Deed::write,
      [&parts](const Request& request, const Caller&) { return take(parts, request); });
  add_caller_route(
      routes, parts, {Method::get, "/api/assets/{asset}", BodyRule::none(), {}, {}}, Deed::view,
      [&parts](const Request& request, const Caller&) { return show(parts, request); });
}

}  // namespace conglang::server
