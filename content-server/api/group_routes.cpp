#include <algorithm>
#include <utility>

#include "content-server/api/kiosk_bodies.h"
#include "content-server/api/kiosk_routes.h"
#include "content-server/kiosks/places.h"

namespace conglang::server {
namespace {

Response list_places(const ApiParts& parts) {
  JsonArray groups, sites;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto all_groups = stores.kiosks.groups();
    if (!all_groups) return all_groups.error();
    const auto all_sites = stores.kiosks.sites();
    if (!all_sites) return all_sites.error();
    for (const Group& group : *all_groups) groups.push_back(write_group(group));
    for (const Site& site : *all_sites) sites.push_back(write_site(site));
    return {};
  });
  if (!read) return refuse(read.error());
  return answer(JsonObject{{"groups", std::move(groups)}, {"sites", std::move(sites)}});
}

Response put_group(const ApiParts& parts, const Request& request, const Caller& caller) {
  Group group;
  auto refused = read_body(request, group, [&](ObjectReader& reader, const JsonValue&) {
    return Group{GroupId(request.path_values.at("group")),
                 reader.localized("name", kMostKioskName)};
  });
  if (refused) return *refused;
  const Status kept = write_kiosks_as(
      parts, caller, [&](const KioskDesk& desk) { return keep_group(desk, group); });
  return kept ? answer(write_group(group)) : refuse(kept.error());
}

Response put_site(const ApiParts& parts, const Request& request, const Caller& caller) {
  Site site;
  auto refused = read_body(request, site, [&](ObjectReader& reader, const JsonValue&) {
    return Site{SiteId(request.path_values.at("site")),
                reader.localized("name", kMostKioskName),
                static_cast<SiteClass>(reader.choice("class", {"office", "relic", "fair"}))};
  });
  if (refused) return *refused;
  const Status kept = write_kiosks_as(
      parts, caller, [&](const KioskDesk& desk) { return keep_site(desk, site); });
  return kept ? answer(write_site(site)) : refuse(kept.error());
}

}  // namespace

void add_group_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule none = BodyRule::none(), body = BodyRule::memory(kMostKioskBody);
  add_caller_route(routes, parts, {Method::get, "/api/places", none, {}, {}}, Deed::view,
                   [&parts](const Request&, const Caller&) { return list_places(parts); });
  add_caller_route(routes, parts, {Method::put, "/api/groups/{group}", body, {}, {}},
                   Deed::manage_kiosks, [&parts](const Request& request, const Caller& caller) {
                     return put_group(parts, request, caller);
                   });
  add_caller_route(routes, parts, {Method::put, "/api/sites/{site}", body, {}, {}},
                   Deed::manage_kiosks, [&parts](const Request& request, const Caller& caller) {
                     return put_site(parts, request, caller);
                   });
}

}  // namespace conglang::server
