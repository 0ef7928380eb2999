// The sync thread of an enrolled kiosk: the machine of player/sync, set going.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "player/app/command_desk.h"
#include "player/app/command_memory.h"
#include "player/app/event_printer.h"
#include "player/app/fault_list.h"
#include "player/app/glass_watch.h"
#include "player/app/kiosk_words.h"
#include "player/app/picture_folder.h"
#include "player/app/player_options.h"
#include "player/app/programme_keeper.h"
#include "player/app/record_upload.h"
#include "player/app/show_control.h"
#include "player/app/urgent_turn.h"
#include "player/handoff/mutex.h"
#include "player/store/content_disk.h"
#include "player/sync/synchronizer.h"

namespace conglang::player {

struct KioskLinkParts {
  const RunOptions& options;
  Enrolment& enrolment;
  const KioskKey* key;  // null: it is lost
  StateFolder& folder;
  ContentDisk& disk;
  ContentStore& store;
  OfficeClock& clock;
  EventPrinter& events;
};

// Threads: start() before the session; run() the sync thread; glass() and wants_restart() any.
class KioskLink {
 public:
  // Requires: what the parts refer to outlives it.
  explicit KioskLink(KioskLinkParts parts);

  // What this disk has to show. The session begins with the built-in card: run() gives it
  // this after its first look at the office, or after 1.5 s, whichever comes first, so
  // that what was hidden meanwhile is not shown for a moment.
  LoadOutcome start();

  // Until `stop` is asked for.
  void run(std::stop_token stop, ShowControl& show);

  ClockTrust trust() const;
  GlassWatch& glass() { return glass_; }
  bool wants_restart() const { return desk_.wants_restart(); }

 private:
  void begin(ShowControl& show);
  ProgrammePair pair_of(const LoadOutcome& outcome);
  void adopt(ProgrammePair pair, Adoption adoption, ShowControl& show);
  void talk(HttpClient& client, const std::stop_token& stop, ShowControl& show);
  void tell(const SyncEvent& event);
  void show_news(const LoadOutcome& outcome, Adoption adoption, ShowControl& show);
  void tell_stick(const StickReport& report, ShowControl& show);
  void follow_urgent(ShowControl& show);
  bool follow_glass();  // true when another version has come on than was seen before
  void follow_trust(ShowControl& show);
  Heartbeat facts(Instant now);

  KioskLinkParts parts_;
  const std::string run_;  // the id of this start
  const MonotonicTime began_;
  GlassWatch glass_;
  ProgrammeKeeper keeper_;
  CommandMemory commands_;
  KioskWords words_;
  PictureFolder pictures_;
  RecordUpload records_;
  FaultList faults_;
  Instant floor_{};
  std::string seen_version_;  // on the glass
  // The first programme may come from two threads: the first one counts.
  Mutex begin_mutex_;
  bool has_begun_ CONGLANG_GUARDED_BY(begin_mutex_) = false;
  std::optional<ProgrammePair> shown_ CONGLANG_GUARDED_BY(begin_mutex_);
  UrgentTurn urgent_;
  MonotonicTime stick_card_until_{};
  CommandDesk desk_;
};

}  // namespace conglang::player
