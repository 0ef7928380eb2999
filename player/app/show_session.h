// Puts the parts of the player together and runs a programme on a screen.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "player/app/event_printer.h"
#include "player/app/glass_watch.h"
#include "player/app/player_options.h"
#include "player/app/show_control.h"
#include "player/programme/clock_trust.h"
#include "player/programme/show_item.h"
#include "player/programme/strikes.h"
#include "player/scene/card.h"
#include "player/stage/item_playables.h"
#include "playlists/base/clock.h"

namespace conglang::player {

struct SessionPlan {
  std::shared_ptr<const Programme> current, previous;  // either may be null
  ClockTrust trust = ClockTrust::none;
  Instant floor;  // the wall clock is not believed below it
  bool round_and_round = true;
  bool kiosk = false;  // full screen: no key ends it
  std::string title;   // of the window, and on the built-in card
  Color background;
  CardStyle card_style;
  CheckFile check_file;
  // The work of the sync thread: brings news to the show until it is asked to stop. Empty:
  // there is no such thread.
  std::function<void(std::stop_token, ShowControl&)> bring_news{};
  int volume = 100;               // percent
  std::vector<Strike> strikes{};  // of an earlier run
  // Called on the control thread when strikes have changed. May be empty.
  std::function<void(const std::vector<Strike>&)> keep_strikes{};
  GlassWatch* glass = nullptr;  // told what is on the glass; may be null
};

struct SessionEnd {
  int shown = 0;  // items
  int faults = 0;
};

// Whether there is a display, or a picture in memory was asked for.
bool has_screen(const ShowOptions& options);

// Returns when the show is over. Fails: unsupported when the display asked for cannot be
// opened; storage when a file that was asked for cannot be written.
Result<SessionEnd> run_session(const SessionPlan& plan, const ShowOptions& options,
                               const Clock& clock, EventPrinter& events);

}  // namespace conglang::player
