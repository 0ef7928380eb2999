// Turns words into pictures of lines: fonts, fallback by glyph, Vietnamese-safe breaks.
//
// A line is drawn once and kept; asking for it again makes no new picture.
//
// Threads: one owner thread per engine (the text worker); frames it gave out may go
// anywhere and outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "player/canvas/draw_list.h"
#include "playlists/base/result.h"

namespace conglang::player {

inline constexpr const char* kFontFolder = "/usr/share/fonts/truetype/noto";

enum class FontFace { regular, bold, title };

struct TextStyle {
  FontFace face = FontFace::regular;
  int size = 32;  // pixels of one em
  Color color;
  bool operator==(const TextStyle&) const = default;
};

// From one baseline to the next: below 1.35 em stacked marks touch the line above.
int line_height(const TextStyle& style);

// Where the baseline lies below the top of a line's height.
int baseline_offset(const TextStyle& style);

// A drawn line. `ink` is where the picture goes, relative to the start of the baseline;
// the picture holds every inked pixel and is null when there is none.
struct TextLine {
  FramePtr picture;
  Rect ink;
  int width = 0;  // what it takes of a line
};

struct ParagraphOptions {
  int width = 0;       // pixels
  int max_lines = 0;   // 0: as many as needed; else the last one ends with an ellipsis
  bool title = false;  // lines of even length, no lonely last syllable
};

struct Paragraph {
  std::vector<TextLine> lines;
  int width = 0;                     // of the widest line
  int height = 0;                    // lines times line_height()
  bool cut = false;                  // not all words are in it
  std::vector<std::string> missing;  // characters that no font has, each once
};

struct TextCacheFacts {
  std::size_t lines = 0, bytes = 0;
  std::uint64_t drawn = 0;  // lines drawn since the start
};

class TextEngine {
 public:
  // Fails: missing, with the path, when a font of the list is not in `font_folder`;
  // unsupported when the font library does not start.
  static Result<std::unique_ptr<TextEngine>> create(
      const std::string& font_folder = kFontFolder);
  ~TextEngine();

  // Lays out NFC or NFD text alike; a line feed begins a new line.
  // Fails: malformed as normalize_text(); too_large over 20,000 bytes, or unless the size
  // is 6 to 600 pixels and the width 1 to 16,384.
  Result<Paragraph> lay_out(const std::string& text, const TextStyle& style,
                            const ParagraphOptions& options);

  // The width that `text` takes on one line, with the same errors.
  Result<int> measure(const std::string& text, const TextStyle& style);

  TextCacheFacts cache_facts() const;

 private:
  struct Parts;
  explicit TextEngine(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace conglang::player
