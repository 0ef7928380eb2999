// How many of something are open, in all and per address.
#pragma once

#include <map>
#include <string>

#include "playlists/base/mutex.h"

namespace conglang::server {

// Threads: any.
class AddressCounts {
 public:
  AddressCounts(int most, int most_per_address)
      : most_(most), most_per_address_(most_per_address) {}

  // False when there are too many; then leave() is not called. An empty address counts in the
  // whole only.
  bool enter(const std::string& address) {
    const MutexLock lock(mutex_);
    if (total_ >= most_) return false;
    if (!address.empty()) {
      const auto [place, is_new] = counts_.try_emplace(address, 0);
      if (place->second >= most_per_address_) return false;
      ++place->second;
    }
    ++total_;
    return true;
  }

  void leave(const std::string& address) {
    const MutexLock lock(mutex_);
    --total_;
    const auto place = counts_.find(address);
    if (place != counts_.end() && --place->second == 0) counts_.erase(place);
  }

  int total() const {
    const MutexLock lock(mutex_);
    return total_;
  }

 private:
  const int most_;
  const int most_per_address_;
  mutable Mutex mutex_;
  int total_ CONGLANG_GUARDED_BY(mutex_) = 0;
  std::map<std::string, int> counts_ CONGLANG_GUARDED_BY(mutex_);
};

}  // namespace conglang::server
