// A folder in memory whose power can be cut, and whose operations can fail, at any step.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "player/store/state_folder.h"

namespace conglang::player {

// What POSIX promises and no more: the bytes of a file are on the disk after write_synced(),
// names after sync_names(). Every change of a name before that may or may not have reached
// the disk, each on its own and in any order.
class CrashFolder : public StateFolder {
 public:
  enum class Fault { none, power_cut, failure };
  using Names = std::map<std::string, std::string>;

  CrashFolder() = default;
  explicit CrashFolder(Names names) : durable_(names), seen_(std::move(names)) {}

  // The operation with this number (from 0), counted over changing operations.
  void strike_at(int operation, Fault fault) {
    strike_at_ = operation;
    fault_ = fault;
  }
  bool was_struck() const { return was_struck_; }
  // The power of another folder on the same machine goes with ours.
  std::function<void()> on_power_cut;
  void cut_power() {
    was_struck_ = true;
    fault_ = Fault::power_cut;
  }
  // A disk that says it has flushed and has not: what is wrong with it must be noticed.
  bool flushes_nothing = false;
  int operations() const { return operations_; }

  // Every folder that a reader may find after the power came back.
  std::vector<Names> after_power_cut() const {
    std::vector<Names> worlds;
    for (unsigned chosen = 0; chosen < (1u << pending_.size()); ++chosen) {
      Names names = durable_;
      for (std::size_t i = 0; i < pending_.size(); ++i) {
        if (((chosen >> i) & 1u) == 0) continue;
        Change change = pending_[i];
        if (change.is_in_memory_only) change.bytes.clear();
        apply(names, change);
      }
      worlds.push_back(std::move(names));
    }
    return worlds;
  }

  const Names& names() const { return seen_; }

  Result<std::string> read(std::string_view name, std::int64_t max_bytes) override {
    const auto found = seen_.find(std::string(name));
    if (found == seen_.end()) return Error{ErrorKind::missing, std::string(name) + ": no file"};
    if (static_cast<std::int64_t>(found->second.size()) > max_bytes) {
      return Error{ErrorKind::too_large, std::string(name) + ": too long"};
    }
    return found->second;
  }

  Status write_synced(std::string_view name, std::string_view bytes) override {
    const std::string whole(bytes);
    const std::string target(name);
    if (is_dark()) return no_space();
    if (!strike()) {
      change({target, whole, "", flushes_nothing});
      return {};
    }
    // Cut in the middle: the file may be there, empty or in part.
    change({target, whole.substr(0, whole.size() / 2), ""});
    return no_space();
  }

  Status rename(std::string_view from, std::string_view to) override {
    if (strike()) return no_space();
    const auto moved = seen_.find(std::string(from));
    if (moved == seen_.end()) return Error{ErrorKind::missing, std::string(from)};
    const std::string bytes = moved->second;
    change({std::string(to), bytes, std::string(from), flushes_nothing});
    return {};
  }

  Status sync_names() override {
    if (strike()) return no_space();
    if (flushes_nothing) return {};
    durable_ = seen_;
    pending_.clear();
    return {};
  }

  Status remove(std::string_view name) override {
    if (strike()) return no_space();
    change({"", "", std::string(name)});
    return {};
  }

 private:
  struct Change {
    std::string set;  // this name now has these bytes
    std::string bytes;
    std::string erased;
    bool is_in_memory_only = false;  // the name may reach the disk, its bytes do not
  };

  static void apply(Names& names, const Change& change) {
    if (!change.erased.empty()) names.erase(change.erased);
    if (!change.set.empty()) names[change.set] = change.bytes;
  }

  void change(const Change& made) {
    apply(seen_, made);
    pending_.push_back(made);
  }

  static Error no_space() { return {ErrorKind::storage, "no space left on device"}; }

  // After a power cut nothing works any more; a failure happens once.
  bool is_dark() const { return was_struck_ && fault_ == Fault::power_cut; }

  bool strike() {
    if (is_dark()) return true;
    const bool is_due = fault_ != Fault::none && operations_ == strike_at_;
    ++operations_;
    was_struck_ = was_struck_ || is_due;
    if (is_due && fault_ == Fault::power_cut && on_power_cut) on_power_cut();
    return is_due;
  }

  Names durable_;
  Names seen_;
  std::vector<Change> pending_;
  int operations_ = 0;
  int strike_at_ = -1;
  Fault fault_ = Fault::none;
  bool was_struck_ = false;
};

}  // namespace conglang::player
