// What synchronising has to tell people, each thing once when it begins and once when it is
// over.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace conglang::player {

struct SyncEvent {
  // "dns", "captive-portal", "rollback", "freeze", "wrong-hash", "no-space", "damaged",
  // "recovered", …: a stable word for programs.
  std::string name;
  std::string subject;  // "repository", "files", "heartbeat", …: what does not work
  std::string detail;   // in words

  bool operator==(const SyncEvent&) const = default;
};

// Threads: one at a time.
class EventLedger {
 public:
  // What does not work about `subject` now: gives what is new about it, and "recovered" when
  // the last of it has gone. A detail that changes makes nothing new.
  std::vector<SyncEvent> tell(const std::string& subject, const std::vector<SyncEvent>& now);

 private:
  std::map<std::string, std::set<std::string>> told_;  // names, by subject
};

}  // namespace conglang::player
