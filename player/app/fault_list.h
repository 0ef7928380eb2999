// What is wrong at this kiosk now, for its heartbeat.
#pragma once

#include <algorithm>
#include <vector>

#include "player/report/record_store.h"
#include "player/sync/sync_event.h"
#include "playlists/wire/heartbeat.h"
#include "playlists/wire/read_body.h"

namespace conglang::player {

// Threads: one at a time.
class FaultList {
 public:
  void hear(const SyncEvent& event) {
    std::erase_if(faults_, [&](const KioskFault& each) {
      return each.subject == event.subject &&
             (event.name == "recovered" || each.kind == event.name);
    });
    if (event.name == "recovered" || faults_.size() == wire_bounds::kFaults) return;
    // What a server or a stick had a hand in must not make the heartbeat unreadable.
    faults_.push_back({wire_text(event.name, wire_bounds::kWordCharacters),
                       wire_text(event.subject, wire_bounds::kNameCharacters),
                       wire_text(event.detail, wire_bounds::kTextCharacters)});
  }

  const std::vector<KioskFault>& faults() const { return faults_; }

 private:
  std::vector<KioskFault> faults_;
};

}  // namespace conglang::player
