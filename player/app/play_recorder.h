// Turns what happens on the stage into play records and event lines.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "player/programme/clock_trust.h"
#include "player/report/event.h"
#include "player/report/play_log.h"
#include "player/stage/show_observer.h"
#include "playlists/base/clock.h"

namespace conglang::player {

struct PlayRecorderParts {
  const Clock& clock;
  PlayLog& log;
  ClockTrust trust = ClockTrust::none;
  std::function<void(const Event&)> tell;
};

// A broken item that comes round and round is told once, until it has played again.
//
// Threads: the render thread.
class PlayRecorder final : public ShowObserver {
 public:
  explicit PlayRecorder(PlayRecorderParts parts) : parts_(std::move(parts)) {}

  void ended(const EndedItem& item) override;
  void fault(const ItemFault& fault) override;
  void switched(const ItemSwitch& /*change*/) override {}

  // From now on plays are recorded with this trust.
  void believe(ClockTrust trust) { parts_.trust = trust; }

  // How many items were shown to their end, or until the show was ended.
  int shown() const { return shown_; }
  int faults() const { return faults_; }

 private:
  void add_record(PlayRecord record, const ShowItem& item);

  PlayRecorderParts parts_;
  std::set<std::string> told_;  // items whose fault is known; at most as many as there are
  int shown_ = 0, faults_ = 0;
};

}  // namespace conglang::player
