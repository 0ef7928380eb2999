// `conglang-player enrol`: makes this machine one of an office's kiosks.
#pragma once

#include <string>

#include "player/app/player_options.h"

namespace conglang::player {

struct EnrolOptions {
  ShowOptions show;
  std::string server;  // "https://192.168.1.20:8443"; empty with a stick
  std::string stick;   // the install file, or the folder it lies in
  bool again = false;  // although it belongs to an office already
  std::chrono::milliseconds poll_period{2000};
};

inline constexpr const char* kInstallFile = "conglang-install.json";

// Exit codes: 0 enrolled, 1 failed, 3 the officer refused, 4 ended before anybody decided.
int run_enrol(const EnrolOptions& options);

}  // namespace conglang::player
