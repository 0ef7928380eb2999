// The parts of a publication, each read from its JSON.
#pragma once

#include "playlists/base/object_reader.h"
#include "playlists/publication/publication.h"

namespace conglang {

Asset read_asset(const JsonValue& value, const std::string& pointer, DocumentErrors& errors);
Theme read_theme(ObjectReader& parent);
Layout read_layout(const JsonValue& value, const std::string& pointer, DocumentErrors& errors);
Place read_place(const JsonValue& value, const std::string& pointer, DocumentErrors& errors);
Category read_category(const JsonValue& value, const std::string& pointer,
                       DocumentErrors& errors);
Entry read_entry(const JsonValue& value, const std::string& pointer, DocumentErrors& errors);
Playlist read_playlist(const JsonValue& value, const std::string& pointer,
                       DocumentErrors& errors);
ScheduleRule read_rule(const JsonValue& value, const std::string& pointer,
                       DocumentErrors& errors);

}  // namespace conglang
