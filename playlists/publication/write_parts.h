// The parts of our documents, each as JSON.
#pragma once

#include "playlists/base/json.h"
#include "playlists/base/localized_text.h"

namespace conglang {

// {"vi": …, "en": …}
JsonValue write_localized(const LocalizedText& text);

}  // namespace conglang
