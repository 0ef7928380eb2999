// Asks an X server to switch its display off and on (DPMS).
//
// Apart from the rest of the room because X11's headers give common words other meanings.
#pragma once

struct SDL_Window;

namespace conglang::player {

// Threads: the render thread.
class X11Dpms {
 public:
  // False when the window is none of an X server, or the server cannot: a virtual one, most
  // servers that are seen from afar.
  bool switch_power(SDL_Window* window, bool on);

 private:
  bool is_off_ = false;
  bool was_enabled_ = false;  // DPMS, before we switched the display off
};

}  // namespace conglang::player
