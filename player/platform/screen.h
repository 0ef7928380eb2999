// Where the show is seen, and the place where the render thread rests between pictures.
#pragma once

#include "player/canvas/surface.h"
#include "player/platform/display_power.h"

namespace conglang::player {

struct ScreenEvents {
  bool quit = false;     // somebody asked the player to end
  bool resized = false;  // the picture has another size now
  bool exposed = false;  // the window's content was lost
};

class Screen : public Surface {
 public:
  // Pixels of the picture.
  virtual Size size() const = 0;

  // Rests until `moment`, until something happened on the screen, or until wake().
  // May come back up to one millisecond early. Threads: the render thread.
  virtual ScreenEvents wait_until(MonotonicTime moment) = 0;

  // Of the display it is seen on.
  virtual DisplayPower& power() = 0;

  // Ends wait_until() now. Threads: any.
  virtual void wake() = 0;
};

}  // namespace conglang::player
