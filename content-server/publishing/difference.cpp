#include "content-server/publishing/difference.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "playlists/publication/write_publication.h"

namespace conglang::server {
namespace {

struct Noun {
  const char* word;  // "item"
  const char* vi;
  const char* en;
};

constexpr Noun kItem{"item", "mục phát", "item"};
constexpr Noun kEntry{"entry", "bài giới thiệu", "entry"};
constexpr Noun kPlaylist{"playlist", "danh sách phát", "playlist"};
constexpr Noun kAsset{"asset", "tệp", "file"};
constexpr Noun kLayout{"layout", "bố cục", "layout"};
constexpr Noun kPlace{"place", "địa danh", "place"};
constexpr Noun kCategory{"category", "chuyên mục", "category"};

using Things = std::map<std::string, JsonValue>;

// The elements of the member `name` by their id.
Things things_of(const JsonValue* document, const char* name) {
  Things things;
  const JsonValue* list = document == nullptr ? nullptr : document->find(name);
  if (list == nullptr || list->array() == nullptr) return things;
  for (const JsonValue& thing : *list->array()) {
    const JsonValue* id = thing.find("id");
    if (id != nullptr && id->string() != nullptr) things.emplace(*id->string(), thing);
  }
  return things;
}

Things items_of(const JsonValue* document) {
  Things items;
  for (const auto& [id, playlist] : things_of(document, "playlists")) {
    items.merge(things_of(&playlist, "items"));
  }
  return items;
}

// A playlist without its items, but with their order.
JsonValue with_order(const JsonValue& playlist) {
  JsonObject object = *playlist.object();
  for (auto& [name, value] : object) {
    if (name != "items") continue;
    JsonArray order;
    for (const JsonValue& item : *value.array()) order.push_back(*item.find("id"));
    value = std::move(order);
  }
  return object;
}

Things playlists_of(const JsonValue* document) {
  Things playlists = things_of(document, "playlists");
  for (auto& [id, playlist] : playlists) playlist = with_order(playlist);
  return playlists;
}

// Its title, or what else a person knows it by, in quotes; else the id.
std::string name_of_thing(const std::string& id, const JsonValue& thing) {
  const JsonValue* title = thing.find("title");
  const JsonValue* vi = title == nullptr ? nullptr : title->find("vi");
  if (vi == nullptr || vi->string() == nullptr) return id;
  return "“" + *vi->string() + "” (" + id + ")";
}

// The members that are not the same, by name.
std::string changed_members(const JsonValue& before, const JsonValue& after) {
  std::set<std::string> names;
  for (const auto* side : {&before, &after}) {
    for (const JsonMember& member : *side->object()) names.insert(member.first);
  }
  std::string changed;
  for (const std::string& name : names) {
    const JsonValue *old_value = before.find(name), *new_value = after.find(name);
    if (old_value != nullptr && new_value != nullptr && *old_value == *new_value) continue;
    changed += (changed.empty() ? "" : ", ") + name;
  }
  return changed;
}

void compare_things(const Noun& noun, const Things& before, const Things& after,
                    std::vector<Difference>& all) {
  const std::string word = noun.word, vi = noun.vi, en = noun.en;
  for (const auto& [id, thing] : after) {
    const auto old = before.find(id);
    const std::string name = name_of_thing(id, thing);
    if (old == before.end()) {
      all.push_back({word + "-added",
                     id,
                     {},
                     thing,
                     "Thêm " + vi + " " + name,
                     "Adds the " + en + " " + name});
    } else if (!(old->second == thing)) {
      const std::string members = changed_members(old->second, thing);
      all.push_back({word + "-changed", id, old->second, thing,
                     "Sửa " + vi + " " + name + ": " + members,
                     "Changes the " + en + " " + name + ": " + members});
    }
  }
  for (const auto& [id, thing] : before) {
    if (after.contains(id)) continue;
    const std::string name = name_of_thing(id, thing);
    all.push_back({word + "-removed",
                   id,
                   thing,
                   {},
                   "Bỏ " + vi + " " + name,
                   "Removes the " + en + " " + name});
  }
}

// Everything else of the document, member by member.
void compare_members(const JsonValue* before, const JsonValue& after,
                     std::vector<Difference>& all) {
  static const std::set<std::string> told{"items",   "entries", "playlists",  "assets",
                                          "layouts", "places",  "categories", "reinstated"};
  std::set<std::string> names;
  for (const JsonMember& member : *after.object()) names.insert(member.first);
  if (before != nullptr) {
    for (const JsonMember& member : *before->object()) names.insert(member.first);
  }
  for (const std::string& name : names) {
    if (told.contains(name)) continue;
    const JsonValue* old_value = before == nullptr ? nullptr : before->find(name);
    const JsonValue* new_value = after.find(name);
    if (old_value != nullptr && new_value != nullptr && *old_value == *new_value) continue;
    const JsonValue from = old_value == nullptr ? JsonValue() : *old_value;
    const JsonValue to = new_value == nullptr ? JsonValue() : *new_value;
    all.push_back({"publication-changed", name, from, to,
                   "Đổi " + name + " từ " + write_json(from) + " thành " + write_json(to),
                   "Changes " + name + " from " + write_json(from) + " to " + write_json(to)});
  }
}

}  // namespace

std::vector<Difference> compare(const Publication* before, const Publication& after) {
  std::vector<Difference> all;
  const JsonValue new_document = write_publication(after);
  JsonValue kept;
  if (before != nullptr) kept = write_publication(*before);
  const JsonValue* old_document = before == nullptr ? nullptr : &kept;
  compare_things(kItem, items_of(old_document), items_of(&new_document), all);
  compare_things(kPlaylist, playlists_of(old_document), playlists_of(&new_document), all);
  const std::pair<Noun, const char*> lists[] = {{kEntry, "entries"},
                                                {kAsset, "assets"},
                                                {kLayout, "layouts"},
                                                {kPlace, "places"},
                                                {kCategory, "categories"}};
  for (const auto& [noun, member] : lists) {
    compare_things(noun, things_of(old_document, member), things_of(&new_document, member),
                   all);
  }
  compare_members(old_document, new_document, all);
  return all;
}

std::vector<Difference> compare_words(const std::string& noun,
                                      const std::vector<std::string>& before,
                                      const std::vector<std::string>& after) {
  static const std::map<std::string, std::pair<std::string, std::string>> names{
      {"reinstated", {"lượt gỡ được đưa trở lại", "reinstated takedown"}},
      {"takedown-key", {"khóa gỡ nội dung của máy chủ", "takedown key of the server"}},
      {"urgent-key",
       {"khóa của người duyệt cho thông báo khẩn", "approver key for urgent messages"}}};
  const auto known = names.find(noun);
  const std::string vi = known == names.end() ? noun : known->second.first;
  const std::string en = known == names.end() ? noun : known->second.second;
  const std::set<std::string> old_words(before.begin(), before.end());
  const std::set<std::string> new_words(after.begin(), after.end());
  std::vector<Difference> all;
  for (const std::string& word : new_words) {
    if (old_words.contains(word)) continue;
    all.push_back({noun + "-added",
                   word,
                   {},
                   word,
                   "Thêm " + vi + " " + word,
                   "Adds the " + en + " " + word});
  }
  for (const std::string& word : old_words) {
    if (new_words.contains(word)) continue;
    all.push_back({noun + "-removed",
                   word,
                   word,
                   {},
                   "Bỏ " + vi + " " + word,
                   "Removes the " + en + " " + word});
  }
  return all;
}

JsonValue write_difference(const Difference& difference) {
  return JsonObject{{"what", difference.what},     {"subject", difference.subject},
                    {"before", difference.before}, {"after", difference.after},
                    {"vi", difference.vi},         {"en", difference.en}};
}

}  // namespace conglang::server
