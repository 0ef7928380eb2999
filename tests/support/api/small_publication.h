// Publications of one group with little in them, as a page submits them.
#pragma once

#include <string>

#include "playlists/base/json.h"

namespace conglang::server {

inline JsonValue words(const std::string& vi, const std::string& en) {
  return JsonObject{{"vi", vi}, {"en", en}};
}

inline JsonValue text_item(const std::string& id, const std::string& title) {
  return JsonObject{{"id", id},
                    {"kind", "text_card"},
                    {"duration_ms", 1000},
                    {"evergreen", true},
                    {"title", words(title, "Festival")}};
}

inline JsonValue document_of(const JsonArray& items, const JsonArray& assets = {}) {
  const JsonObject region{
      {"id", "main"}, {"x", 0}, {"y", 0}, {"width", 1920}, {"height", 1080}};
  const JsonObject theme{{"background", "#2a120f"}, {"surface", "#43201a"},
                         {"text", "#fbf2dc"},       {"text_muted", "#dcc6a0"},
                         {"accent", "#e5ae45"},     {"accent_text", "#2a120f"}};
  return JsonObject{
      {"format", 1},
      {"id", "gate"},
      {"group", "gate"},
      {"title", words("Xã thử", "Test commune")},
      {"theme", theme},
      {"layouts",
       JsonArray{JsonObject{
           {"id", "full"},
           {"landscape",
            JsonObject{{"width", 1920}, {"height", 1080}, {"regions", JsonArray{region}}}}}}},
      {"assets", assets},
      {"categories", JsonArray{}},
      {"entries", JsonArray{}},
      {"playlists", JsonArray{JsonObject{{"id", "all"},
                                         {"title", words("Tất cả", "All")},
                                         {"layout", "full"},
                                         {"transition", JsonObject{{"kind", "cut"}}},
                                         {"items", items}}}},
      {"schedule", JsonArray{JsonObject{{"playlist", "all"}, {"when", "always"}}}}};
}

inline JsonValue one_card(const std::string& title = "Hội làng") {
  return document_of({text_item("card", title)});
}

}  // namespace conglang::server
