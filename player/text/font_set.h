// The fonts of the player, and which of them has which letter.
//
// Threads: one at a time.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "player/text/text_engine.h"
#include "player/text/ttf_handles.h"

namespace conglang::player {

// Letters of one line that one font draws.
struct TextRun {
  TTF_Font* font = nullptr;
  std::string text;
};

class FontSet {
 public:
  // Fails: missing, with the path of the first font that is not there; unsupported.
  static Result<std::unique_ptr<FontSet>> create(const std::string& folder);

  // Runs in the order of the text. Letters that no font has are drawn as the first font
  // draws what it lacks, and are added to `missing`. The fonts stay open until a later
  // call needs their room.
  // Fails: storage when a font cannot be opened.
  Result<std::vector<TextRun>> runs(std::string_view line, FontFace face, int size,
                                    std::vector<std::string>& missing);

 private:
  struct OpenFont {
    std::string file;
    int size = 0;
    FontHandle font;
  };

  explicit FontSet(std::string folder) : folder_(std::move(folder)) {}
  Result<TTF_Font*> open(const std::string& file, int size);

  const std::string folder_;
  TtfLibrary library_;
  std::list<OpenFont> open_;  // the newest use first
};

}  // namespace conglang::player
