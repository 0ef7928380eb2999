#include "player/platform/window_screen.h"

#include <vector>

#include "player/platform/sdl_handles.h"
#include "player/platform/system_clock.h"
#include "player/platform/x11_dpms.h"

namespace conglang::player {
namespace {

constexpr int kUsualRefresh = 60;  // pictures a second, when the display does not say

Error no_window(const std::string& what) {
  return {ErrorKind::unsupported, "display: " + what + ": " + SDL_GetError()};
}

bool is_bgrx(const SDL_Surface& surface) {
  return surface.format->BytesPerPixel == 4 && surface.format->Rmask == 0x00ff0000 &&
         surface.format->Gmask == 0x0000ff00 && surface.format->Bmask == 0x000000ff;
}

// A kiosk has no window manager that would move the window to its place or give it the
// size of the display.
SDL_Rect place_for(const WindowOptions& options) {
  SDL_Rect display{};
  if (options.fullscreen && SDL_GetDisplayBounds(0, &display) == 0) return display;
  return {static_cast<int>(SDL_WINDOWPOS_CENTERED), static_cast<int>(SDL_WINDOWPOS_CENTERED),
          options.size.width, options.size.height};
}

}  // namespace

struct WindowScreen::Window final : DisplayPower {
  SdlVideo video;
  WindowHandle handle;
  bool keys = true;
  bool shown = false;
  bool lost = true;
  Uint32 wake_event = 0;
  X11Dpms dpms;

  Status switch_power(bool on) override;
  ScreenEvents take(const SDL_Event& event);
  void toggle_fullscreen();
};

void WindowScreen::Window::toggle_fullscreen() {
  const bool is_full = (SDL_GetWindowFlags(handle.get()) & SDL_WINDOW_FULLSCREEN_DESKTOP) != 0;
  SDL_SetWindowFullscreen(handle.get(), is_full ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP);
  SDL_ShowCursor(is_full ? SDL_ENABLE : SDL_DISABLE);
}

Status WindowScreen::Window::switch_power(bool on) {
  if (dpms.switch_power(handle.get(), on)) return {};
  return Error{ErrorKind::unsupported, "display: its power cannot be switched from here"};
}

ScreenEvents WindowScreen::Window::take(const SDL_Event& event) {
  ScreenEvents seen;
  if (event.type == SDL_QUIT) seen.quit = true;
  if (event.type == SDL_WINDOWEVENT) {
    seen.resized = event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED;
    seen.exposed = event.window.event == SDL_WINDOWEVENT_EXPOSED ||
                   event.window.event == SDL_WINDOWEVENT_SHOWN || seen.resized;
    lost = lost || seen.exposed;
  }
  if (event.type == SDL_KEYDOWN && keys && event.key.repeat == 0) {
    const SDL_Keycode key = event.key.keysym.sym;
    if (key == SDLK_ESCAPE || key == SDLK_q) seen.quit = true;
    if (key == SDLK_f) toggle_fullscreen();
  }
  return seen;
}

WindowScreen::WindowScreen(std::unique_ptr<Window> window, const Clock& clock)
    : window_(std::move(window)), clock_(clock) {}

WindowScreen::~WindowScreen() = default;

Result<std::unique_ptr<WindowScreen>> WindowScreen::open(const WindowOptions& options,
                                                         const Clock& clock) {
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");  // the control thread takes signals
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
  // Left alone, SDL takes a driver that nobody sees when the display cannot be reached. The
  // environment may still name another one (SDL_VIDEODRIVER).
  SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11,wayland,KMSDRM");
  auto window = std::make_unique<Window>();
  if (!window->video.ok()) return no_window("none to be opened");
  window->keys = options.keys;
  Uint32 flags = SDL_WINDOW_HIDDEN | SDL_WINDOW_RESIZABLE;
  if (options.fullscreen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS;
  const SDL_Rect place = place_for(options);
  window->handle.reset(
      SDL_CreateWindow(options.title.c_str(), place.x, place.y, place.w, place.h, flags));
  if (!window->handle) return no_window("no window");
  window->wake_event = SDL_RegisterEvents(1);
  if (options.fullscreen) SDL_ShowCursor(SDL_DISABLE);
  const SDL_Surface* surface = SDL_GetWindowSurface(window->handle.get());
  if (surface == nullptr) return no_window("no window surface");
  if (!is_bgrx(*surface)) return no_window("its pixels are not 32 bits B G R X");
  return std::unique_ptr<WindowScreen>(new WindowScreen(std::move(window), clock));
}

Size WindowScreen::size() const {
  Size size;
  SDL_GetWindowSize(window_->handle.get(), &size.width, &size.height);
  return size;
}

Result<PixelBuffer> WindowScreen::buffer() {
  // Shown only now, when there is something to draw. A window manager may give it another
  // size at once, which makes an older surface invalid.
  if (!std::exchange(window_->shown, true)) {
    SDL_ShowWindow(window_->handle.get());
    SDL_PumpEvents();
  }
  SDL_Surface* surface = SDL_GetWindowSurface(window_->handle.get());
  if (surface == nullptr)
    return Error{ErrorKind::storage, std::string("display: ") + SDL_GetError()};
  return PixelBuffer{
      static_cast<std::uint8_t*>(surface->pixels), surface->pitch, {surface->w, surface->h}};
}

bool WindowScreen::content_lost() { return std::exchange(window_->lost, false); }

Result<MonotonicTime> WindowScreen::present(std::span<const Rect> damage, MonotonicTime due) {
  std::vector<SDL_Rect> changed;
  for (const Rect& rect : damage) changed.push_back({rect.x, rect.y, rect.width, rect.height});
  sleep_until(due);
  if (SDL_UpdateWindowSurfaceRects(window_->handle.get(), changed.data(),
                                   static_cast<int>(changed.size())) != 0) {
    return Error{ErrorKind::storage, std::string("display: ") + SDL_GetError()};
  }
  return clock_.monotonic();
}

std::chrono::nanoseconds WindowScreen::period() const {
  SDL_DisplayMode mode{};
  const int display = SDL_GetWindowDisplayIndex(window_->handle.get());
  const bool known = SDL_GetCurrentDisplayMode(std::max(display, 0), &mode) == 0 &&
                     mode.refresh_rate >= 20 && mode.refresh_rate <= 500;
  return std::chrono::nanoseconds{std::chrono::seconds{1}} /
         (known ? mode.refresh_rate : kUsualRefresh);
}

ScreenEvents WindowScreen::wait_until(MonotonicTime moment) {
  ScreenEvents seen;
  SDL_Event event;
  bool woken = false;
  while (true) {
    while (SDL_PollEvent(&event) != 0) {
      const ScreenEvents one = window_->take(event);
      seen.quit |= one.quit;
      seen.resized |= one.resized;
      seen.exposed |= one.exposed;
      woken |= event.type == window_->wake_event;
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(moment - clock_.monotonic());
    if (seen.quit || seen.resized || seen.exposed || woken || left.count() <= 0) return seen;
    const auto capped = std::min<std::int64_t>(left.count(), 3'600'000);
    if (SDL_WaitEventTimeout(nullptr, static_cast<int>(capped)) == 0 &&
        clock_.monotonic() + std::chrono::milliseconds{1} >= moment) {
      return seen;
    }
  }
}

DisplayPower& WindowScreen::power() { return *window_; }

void WindowScreen::wake() {
  SDL_Event event{};
  event.type = window_->wake_event;
  SDL_PushEvent(&event);
}

}  // namespace conglang::player
