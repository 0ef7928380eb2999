// A window, or the whole display, by SDL.
//
// The picture goes to the X server through shared memory. Left alone, SDL would put it
// up through OpenGL, which on a machine without a graphics processor costs 1.1 cores
// instead of 0.4 (measured with SDL 2.26.5 and Mesa 22.3.6); the hint in open() forbids it.
#pragma once

#include <memory>
#include <string>

#include "player/platform/screen.h"
#include "playlists/base/clock.h"

namespace conglang::player {

struct WindowOptions {
  std::string title;
  Size size{1280, 720};
  bool fullscreen = false;
  bool keys = true;  // Esc and Q end the player, F changes between window and full screen
};

class WindowScreen final : public Screen {
 public:
  // `clock` must outlive the screen. The window is shown with its first picture.
  // Fails: unsupported when there is no display, or none of 32 bits a pixel.
  static Result<std::unique_ptr<WindowScreen>> open(const WindowOptions& options,
                                                    const Clock& clock);
  ~WindowScreen() override;

  Size size() const override;
  Result<PixelBuffer> buffer() override;
  bool content_lost() override;
  Result<MonotonicTime> present(std::span<const Rect> damage, MonotonicTime due) override;
  std::chrono::nanoseconds period() const override;
  ScreenEvents wait_until(MonotonicTime moment) override;
  DisplayPower& power() override;
  void wake() override;

 private:
  struct Window;
  WindowScreen(std::unique_ptr<Window> window, const Clock& clock);

  std::unique_ptr<Window> window_;
  const Clock& clock_;
};

}  // namespace conglang::player
