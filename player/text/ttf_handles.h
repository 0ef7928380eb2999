// SDL_ttf's handles with an owner.
#pragma once

#include <SDL_ttf.h>

#include <memory>

namespace conglang::player {

struct CloseFont {
  void operator()(TTF_Font* font) const { TTF_CloseFont(font); }
};
using FontHandle = std::unique_ptr<TTF_Font, CloseFont>;

struct FreeSurface {
  void operator()(SDL_Surface* surface) const { SDL_FreeSurface(surface); }
};
using SurfaceHandle = std::unique_ptr<SDL_Surface, FreeSurface>;

// SDL_ttf counts its starts; it needs no part of SDL itself.
class TtfLibrary {
 public:
  TtfLibrary() : ok_(TTF_Init() == 0) {}
  ~TtfLibrary() {
    if (ok_) TTF_Quit();
  }
  TtfLibrary(const TtfLibrary&) = delete;
  TtfLibrary& operator=(const TtfLibrary&) = delete;

  bool ok() const { return ok_; }

 private:
  const bool ok_;
};

}  // namespace conglang::player
