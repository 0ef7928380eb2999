#include "content-server/kiosks/places.h"

#include <algorithm>
#include <utility>

namespace conglang::server {
namespace {

constexpr std::size_t kMostNameBytes = 400;  // 100 characters

Status check_id(const std::string& noun, const std::string& id) {
  if (is_valid_id(id)) return {};
  return Error{ErrorKind::malformed, noun + ": \"" + id + "\" is no id like office-1"};
}

template <typename Place, typename Id>
const Place* find_place(const std::vector<Place>& all, const Id& id) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Place& place) { return place.id == id; });
  return found == all.end() ? nullptr : &*found;
}

template <typename Place>
Status check_room(const std::vector<Place>& all, const Place& next, const std::string& noun) {
  if (find_place(all, next.id) != nullptr || all.size() < kMostPlaces) return {};
  return Error{ErrorKind::too_large, noun + ": there are 200 already"};
}

JsonValue for_audit(const Kiosk& kiosk) {
  return JsonObject{{"name", kiosk.name},
                    {"group", kiosk.group.text()},
                    {"site", kiosk.site ? JsonValue(kiosk.site->text()) : JsonValue()}};
}

}  // namespace

Status keep_group(const KioskDesk& desk, const Group& group) {
  if (Status valid = check_id("group", group.id.text()); !valid) return valid;
  const auto all = desk.kiosks.groups();
  if (!all) return all.error();
  if (Status room = check_room(*all, group, "group"); !room) return room;
  const Group* before = find_place(*all, group.id);
  if (Status kept = desk.kiosks.keep(group); !kept) return kept;
  return desk.note("group.changed", "group:" + group.id.text(),
                   before == nullptr ? JsonValue() : JsonValue(before->name.vi), group.name.vi);
}

Status keep_site(const KioskDesk& desk, const Site& site) {
  if (Status valid = check_id("site", site.id.text()); !valid) return valid;
  const auto all = desk.kiosks.sites();
  if (!all) return all.error();
  if (Status room = check_room(*all, site, "site"); !room) return room;
  const Site* before = find_place(*all, site.id);
  if (Status kept = desk.kiosks.keep(site); !kept) return kept;
  return desk.note("site.changed", "site:" + site.id.text(),
                   before == nullptr ? JsonValue() : JsonValue(before->name.vi), site.name.vi);
}

Status check_place(const KioskDesk& desk, const NewKiosk& kiosk) {
  if (kiosk.name.empty() || kiosk.name.size() > kMostNameBytes) {
    return Error{ErrorKind::malformed, "name: must have 1 to 100 characters"};
  }
  const auto groups = desk.kiosks.groups();
  if (!groups) return groups.error();
  if (find_place(*groups, kiosk.group) == nullptr) {
    return Error{ErrorKind::malformed, "group: " + kiosk.group.text() + " is not there"};
  }
  if (!kiosk.site) return {};
  const auto sites = desk.kiosks.sites();
  if (!sites) return sites.error();
  if (find_place(*sites, *kiosk.site) != nullptr) return {};
  return Error{ErrorKind::malformed, "site: " + kiosk.site->text() + " is not there"};
}

Result<Kiosk> change_kiosk(const KioskDesk& desk, const KioskId& id, const NewKiosk& next) {
  auto kiosk = find_kiosk(desk, id);
  if (!kiosk) return kiosk;
  if (Status place = check_place(desk, next); !place) return place.error();
  const JsonValue before = for_audit(*kiosk);
  kiosk->name = next.name;
  kiosk->group = next.group;
  kiosk->site = next.site;
  if (Status kept = desk.kiosks.keep(*kiosk); !kept) return kept.error();
  const Status noted =
      desk.note("kiosk.changed", "kiosk:" + id.text(), before, for_audit(*kiosk));
  if (!noted) return noted.error();
  return kiosk;
}

}  // namespace conglang::server
