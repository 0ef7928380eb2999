#include "player/sync/sync_event.h"

#include <utility>

namespace conglang::player {

std::vector<SyncEvent> EventLedger::tell(const std::string& subject,
                                         const std::vector<SyncEvent>& now) {
  std::vector<SyncEvent> news;
  std::set<std::string> names;
  std::set<std::string>& told = told_[subject];
  for (const SyncEvent& event : now) {
    const bool is_first = names.insert(event.name).second;
    if (is_first && told.count(event.name) == 0) news.push_back(event);
  }
  if (names.empty() && !told.empty()) news.push_back({"recovered", subject, ""});
  told = std::move(names);
  return news;
}

}  // namespace conglang::player
