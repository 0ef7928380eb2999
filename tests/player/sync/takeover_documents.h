// What the office of the takeover drill publishes: cards, a film, a list, an urgent message.
#pragma once

#include <string>
#include <vector>

#include "playlists/publication/takedown_list.h"
#include "tests/player/store/content_files.h"

namespace conglang::player {

inline constexpr const char* kShow = "publications/hoa-phong.json";
inline constexpr const char* kList = "takedown/list.json";
inline constexpr const char* kStorm = "urgent/storm.json";
inline constexpr const char* kTimestampFile = "metadata/timestamp.json";

struct Card {
  std::string id, title;
};

// A publication in its published form: cards, and one film.
inline std::string show_document(const std::vector<Card>& cards, const std::string& film,
                                 const std::vector<std::string>& reinstated = {}) {
  const TargetFile file = asset_of(film);
  std::string items, back;
  for (const Card& card : cards) {
    items += R"({"id":")" + card.id + R"(","kind":"text_card","title":{"vi":")" + card.title +
             R"("},"duration_ms":8000,"evergreen":true},)";
  }
  for (const std::string& act : reinstated) {
    back += (back.empty() ? "\"" : ",\"") + act + "\"";
  }
  return R"({"format":1,"id":"show","group":"hoa-phong","title":{"vi":"Xã Hòa Phong"},)"
         R"("approved_at":"2026-11-20T00:00:00Z","offline_until":"2100-01-01T00:00:00Z",)" +
         (back.empty() ? "" : "\"reinstated\":[" + back + "],") +
         R"("theme":{"background":"#101010","surface":"#202020","text":"#ffffff",
             "text_muted":"#cccccc","accent":"#c0392b","accent_text":"#ffffff"},
  "layouts":[{"id":"full","landscape":{"width":1920,"height":1080,
      "regions":[{"id":"main","x":0,"y":0,"width":1920,"height":1080}]}}],
  "assets":[{"id":"film-asset","kind":"video","sha256":")" +
         file.sha256.hex() + R"(","length":)" + std::to_string(file.length) +
         R"(,"extension":"mp4","credit":"drill","licence":"CC-BY-4.0"}],
  "categories":[],"entries":[],
  "playlists":[{"id":"all","title":{"vi":"Tất cả"},"layout":"full",
      "transition":{"kind":"cut"},"items":[)" +
         items + R"({"id":"film","kind":"video","asset":"film-asset"}]}],
  "schedule":[{"playlist":"all","when":"always"}]})";
}

inline TakedownAct act_on(const std::string& target, const std::string& id) {
  return {TakedownId(id), TakedownKind::item, target, *parse_instant("2026-11-21T00:00:00Z"),
          "drill"};
}

inline std::string storm_document(const std::string& title, const std::string& id = "storm") {
  return R"({"format":1,"id":")" + id + R"(","title":{"vi":")" + title +
         R"("},"approved_at":"2026-11-23T09:00:00Z","ends_at":"2026-11-23T20:00:00Z"})";
}

}  // namespace conglang::player
