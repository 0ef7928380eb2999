// A room of trust that says what the test wants, for tests of what is done with it.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "player/sync/publication_keeper.h"

namespace conglang::player {

inline constexpr const char* kTimestamp = "metadata/timestamp.json";

// Believes every repository whose timestamp it can read; what it says is what the test set.
class FakeKeeper : public PublicationKeeper {
 public:
  std::vector<TargetFile> next, shown, previous;
  bool is_news = false;   // in the repository
  bool is_found = false;  // by an earlier look
  bool hides = false;
  std::vector<Fault> faults;
  int adopted = 0, given_again = 0, looks = 0;
  std::function<void()> on_adopt;

  KeeperLook look(MetadataSource& repository, const ClockReading& clock) override {
    static_cast<void>(clock);
    ++looks;
    KeeperLook look;
    if (const auto read = repository.read(kTimestamp, 100); !read) {
      look.faults = {{TrustFault::missing, "timestamp", read.error().message}};
      look.has_news = is_found;
      look.needed = is_found ? next : shown;
      return look;
    }
    is_found = is_news;
    look.faults = faults;
    look.has_news = is_news;
    look.needed = is_news ? next : shown;
    if (std::exchange(hides, false)) look.at_once = LoadOutcome{};
    return look;
  }
  std::vector<TargetFile> kept_files() const override {
    std::vector<TargetFile> files = shown;
    files.insert(files.end(), previous.begin(), previous.end());
    return files;
  }
  LoadOutcome adopt(const ClockReading& clock) override {
    static_cast<void>(clock);
    if (on_adopt) on_adopt();
    if (!is_news && !is_found) {
      ++given_again;
      return {};
    }
    ++adopted;
    is_news = is_found = false;
    previous = std::exchange(shown, next);
    return {};
  }
};

}  // namespace conglang::player
