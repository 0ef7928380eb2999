// What the command line asks of the player, checked.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "player/canvas/geometry.h"
#include "player/scene/card.h"
#include "player/store/content_store.h"
#include "player/sync/content_fetch.h"
#include "playlists/base/result.h"

namespace conglang::player {

// Options that `run` and `play` share.
struct ShowOptions {
  std::optional<Size> size;  // of the window or of the picture in memory
  bool fullscreen = false;
  Turn rotate = Turn::none;
  LanguageChoice language = LanguageChoice::both;
  bool mute = false;
  bool loop = false;
  std::chrono::milliseconds still_time{8000};  // items that do not say how long
  std::chrono::milliseconds crossfade{0};      // `play`; `run` follows the playlist
  std::optional<std::chrono::milliseconds> exit_after;
  std::string frame_log;  // a file, or empty
  std::vector<std::chrono::milliseconds> capture_at;
  std::string capture_dir;
  std::string data_dir;  // the play log; empty: in memory only
};

struct PlayOptions {
  ShowOptions show;
  std::vector<std::string> files;  // files and folders
};

struct RunOptions {
  ShowOptions show;
  std::string repository, root;  // both empty: what the kiosk is enrolled for
  std::chrono::milliseconds heartbeat_period{30'000};
  std::chrono::milliseconds look_period{60'000};
  FetchRules fetch;
  ContentRules content;
  std::vector<std::string> sticks{"/media"};  // folders in which sticks are mounted
};

// "1920x1080". Fails: malformed, unless both sides are 16 to 8192.
Result<Size> parse_size(const std::string& text);

// "0", "90", "180", "270", clockwise.
Result<Turn> parse_turn(const std::string& text);

// "vi", "en", "both".
Result<LanguageChoice> parse_language_choice(const std::string& text);

// "1,2.5,10": seconds, rising or not. Fails: malformed.
Result<std::vector<std::chrono::milliseconds>> parse_seconds_list(const std::string& text);

}  // namespace conglang::player
