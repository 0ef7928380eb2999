// Switches the display itself off and on, on machines that can.
#pragma once

#include "playlists/base/result.h"

namespace conglang::player {

// Threads: the render thread.
class DisplayPower {
 public:
  virtual ~DisplayPower() = default;

  // Fails: unsupported where nothing here can switch it; a black picture is then all there is.
  virtual Status switch_power(bool on) = 0;
};

// Of a screen that nobody sees.
class NoDisplayPower final : public DisplayPower {
 public:
  Status switch_power(bool /*on*/) override {
    return Error{ErrorKind::unsupported,
                 "display: there is none whose power could be switched"};
  }
};

}  // namespace conglang::player
