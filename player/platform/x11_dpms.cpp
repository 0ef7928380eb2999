#include "player/platform/x11_dpms.h"

// The order matters: dpms.h needs what Xlib.h, included by SDL_syswm.h, declares.
// clang-format off
#include <SDL_syswm.h>
#include <X11/extensions/dpms.h>
// clang-format on

namespace conglang::player {
namespace {

// Null when the window is shown by something else, such as Wayland.
Display* x11_display(SDL_Window* window) {
  SDL_SysWMinfo facts;
  SDL_VERSION(&facts.version);
  if (SDL_GetWindowWMInfo(window, &facts) != SDL_TRUE) return nullptr;
  return facts.subsystem == SDL_SYSWM_X11 ? facts.info.x11.display : nullptr;
}

}  // namespace

bool X11Dpms::switch_power(SDL_Window* window, bool on) {
  Display* display = x11_display(window);
  int event = 0, error = 0;
  if (display == nullptr || DPMSQueryExtension(display, &event, &error) == 0 ||
      DPMSCapable(display) == 0) {
    return false;
  }
  if (!on && !is_off_) {
    CARD16 level = 0;
    BOOL enabled = 0;
    DPMSInfo(display, &level, &enabled);
    was_enabled_ = enabled != 0;
    DPMSEnable(display);  // without it no level can be forced
  }
  DPMSForceLevel(display, on ? DPMSModeOn : DPMSModeOff);
  if (on && is_off_ && !was_enabled_) DPMSDisable(display);
  is_off_ = !on;
  XFlush(display);
  return true;
}

}  // namespace conglang::player
