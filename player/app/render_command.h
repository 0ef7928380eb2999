// `conglang-player render`: one item or entry of a publication, drawn as the kiosk would.
#pragma once

#include <iosfwd>
#include <string>

#include "player/canvas/geometry.h"
#include "player/scene/card.h"

namespace conglang::player {

struct RenderOptions {
  std::string publication;  // a file, in the source or the published form
  std::string assets;       // a folder of files, or empty
  std::string item;         // the id of an item, else of an entry
  Size size{1920, 1080};
  LanguageChoice language = LanguageChoice::both;
  std::string out;  // the PNG
};

// Writes the picture and prints as JSON what of it did not fit or has no glyph.
// The exit code: 0, or 1 and one line on `err`.
int run_render(const RenderOptions& options, std::ostream& out, std::ostream& err);

}  // namespace conglang::player
