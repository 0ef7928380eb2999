// SDL's handles with an owner.
#pragma once

#include <SDL.h>

#include <memory>

namespace conglang::player {

struct DestroyWindow {
  void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
};
using WindowHandle = std::unique_ptr<SDL_Window, DestroyWindow>;

// SDL's video part, from the first to the last use.
class SdlVideo {
 public:
  SdlVideo() : ok_(SDL_InitSubSystem(SDL_INIT_VIDEO) == 0) {}
  ~SdlVideo() {
    if (ok_) SDL_QuitSubSystem(SDL_INIT_VIDEO);
  }
  SdlVideo(const SdlVideo&) = delete;
  SdlVideo& operator=(const SdlVideo&) = delete;

  bool ok() const { return ok_; }

 private:
  const bool ok_;
};

}  // namespace conglang::player
