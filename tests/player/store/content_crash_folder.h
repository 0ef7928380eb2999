// Content in memory whose power can be cut, whose disk can be full, at any step.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "player/store/content_folder.h"

namespace conglang::player {

// What POSIX promises and no more: the bytes of a file are on the disk after sync(), names
// after sync_names() of their folder. Whatever came later may have reached the disk or not:
// each name on its own and in any order, bytes not at all, all, or as zeros.
class ContentCrashFolder : public ContentFolder {
 public:
  enum class Fault { none, power_cut, failure, disk_full };
  using Files = std::map<std::string, std::string>;

  ContentCrashFolder() = default;
  explicit ContentCrashFolder(const Files& files) {
    for (const auto& [path, bytes] : files) put(path, bytes);
  }

  std::int64_t free = std::int64_t{1} << 40;
  std::int64_t bytes_read = 0;

  void put(const std::string& path, const std::string& bytes) {
    seen_[path] = durable_[path] = std::make_shared<Node>(Node{bytes, bytes});
  }
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

  Files files() const {
    Files files;
    for (const auto& [path, node] : seen_) files[path] = node->bytes;
    return files;
  }

  // Every folder that a reader may find after the power came back.
  std::vector<Files> after_power_cut() const {
    std::vector<Files> worlds;
    for (unsigned chosen = 0; chosen < (1u << pending_.size()); ++chosen) {
      Names names = durable_;
      for (std::size_t i = 0; i < pending_.size(); ++i) {
        if ((chosen >> i) & 1u) apply(names, pending_[i]);
      }
      for (int fate = 0; fate < 3; ++fate) worlds.push_back(read_all(names, fate));
    }
    return worlds;
  }

  Result<std::vector<ContentEntry>> list(const std::string& folder, std::size_t most) override {
    std::vector<ContentEntry> entries;
    const std::string prefix = folder + "/";
    for (const auto& [path, node] : seen_) {
      if (path.rfind(prefix, 0) != 0) continue;
      if (entries.size() == most) return Error{ErrorKind::too_large, folder};
      entries.push_back(
          {path.substr(prefix.size()), static_cast<std::int64_t>(node->bytes.size())});
    }
    return entries;
  }

  Result<std::unique_ptr<ContentFile>> open_after(const std::string& path,
                                                  std::int64_t length) override {
    if (strike()) return struck();
    const auto wanted = static_cast<std::size_t>(length);
    if (seen_.count(path) == 0) change({path, std::make_shared<Node>(), ""});
    const auto node = seen_[path];
    if (node->bytes.size() < wanted) return Error{ErrorKind::storage, path + ": shorter"};
    node->bytes.resize(wanted);
    return std::unique_ptr<ContentFile>(std::make_unique<File>(*this, node));
  }

  Result<std::size_t> read(const std::string& path, std::int64_t offset,
                           std::span<std::uint8_t> bytes) override {
    const auto found = seen_.find(path);
    if (found == seen_.end()) return Error{ErrorKind::missing, path + ": no file"};
    const std::string& held = found->second->bytes;
    const auto from = std::min(static_cast<std::size_t>(offset), held.size());
    const std::size_t count = std::min(bytes.size(), held.size() - from);
    std::copy_n(held.begin() + static_cast<std::ptrdiff_t>(from), count, bytes.begin());
    bytes_read += static_cast<std::int64_t>(count);
    return count;
  }

  Status rename(const std::string& from, const std::string& to) override {
    if (strike()) return struck();
    const auto found = seen_.find(from);
    if (found == seen_.end()) return Error{ErrorKind::missing, from + ": no file"};
    change({to, found->second, from});
    return {};
  }

  Status sync_names(const std::string& folder) override {
    if (strike()) return struck();
    if (flushes_nothing) return {};
    std::vector<Change> later;
    for (const Change& made : pending_) {
      if (concerns(made, folder)) {
        apply(durable_, made);
      } else {
        later.push_back(made);
      }
    }
    pending_ = later;
    return {};
  }

  Status remove(const std::string& path) override {
    if (strike()) return struck();
    if (seen_.count(path) == 0) return Error{ErrorKind::missing, path + ": no file"};
    change({"", nullptr, path});
    return {};
  }

  Result<std::int64_t> free_bytes() override { return free; }

 private:
  struct Node {
    std::string bytes, synced;
  };
  using Names = std::map<std::string, std::shared_ptr<Node>>;
  struct Change {
    std::string set;
    std::shared_ptr<Node> node;
    std::string erased;
  };

  class File : public ContentFile {
   public:
    File(ContentCrashFolder& folder, std::shared_ptr<Node> node)
        : folder_(folder), node_(std::move(node)) {}

    Status append(std::span<const std::uint8_t> bytes) override {
      const bool struck = folder_.strike();
      if (struck && folder_.is_dark_before_) return folder_.struck();
      const std::size_t count = struck ? bytes.size() / 2 : bytes.size();
      node_->bytes.append(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
      if (struck) return folder_.struck();
      return {};
    }
    Status sync() override {
      if (folder_.strike()) return folder_.struck();
      if (folder_.flushes_nothing) return {};
      node_->synced = node_->bytes;
      return {};
    }

   private:
    ContentCrashFolder& folder_;
    std::shared_ptr<Node> node_;
  };

  static bool concerns(const Change& change, const std::string& folder) {
    return (change.set.empty() ? change.erased : change.set).rfind(folder + "/", 0) == 0;
  }
  static void apply(Names& names, const Change& change) {
    if (!change.erased.empty()) names.erase(change.erased);
    if (!change.set.empty()) names[change.set] = change.node;
  }
  void change(const Change& made) {
    apply(seen_, made);
    pending_.push_back(made);
  }
  static Files read_all(const Names& names, int fate) {
    Files files;
    for (const auto& [path, node] : names) {
      std::string bytes = fate == 1 ? node->bytes : node->synced;
      if (fate == 2) bytes.resize(std::max(bytes.size(), node->bytes.size()), '\0');
      files[path] = bytes;
    }
    return files;
  }

  Error struck() const {
    if (fault_ == Fault::disk_full) {
      return {ErrorKind::storage, "no space left on device", kNoSpaceCode};
    }
    return {ErrorKind::storage, "input/output error"};
  }

  // After a power cut nothing works any more; a full disk stays full until `strike_at` is
  // called again; a failure happens once.
  bool strike() {
    is_dark_before_ = was_struck_ && fault_ == Fault::power_cut;
    if (is_dark_before_) return true;
    const bool is_due = fault_ != Fault::none && operations_ == strike_at_;
    ++operations_;
    was_struck_ = was_struck_ || is_due;
    if (is_due && fault_ == Fault::power_cut && on_power_cut) on_power_cut();
    return is_due;
  }

  Names durable_, seen_;
  std::vector<Change> pending_;
  int operations_ = 0;
  int strike_at_ = -1;
  Fault fault_ = Fault::none;
  bool was_struck_ = false;
  bool is_dark_before_ = false;
};

}  // namespace conglang::player
