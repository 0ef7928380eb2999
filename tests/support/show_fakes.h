// A running order made of a list, and an observer that remembers.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "player/stage/running_order.h"
#include "player/stage/show_observer.h"

namespace conglang::player {

// A fixed list, round and round; a failed item is left out for good.
class ListOrder final : public RunningOrder {
 public:
  explicit ListOrder(std::vector<ShowItem> items, bool once = false)
      : items_(std::move(items)), once_(once) {}

  std::optional<ShowItem> next(const ShowItem* last, MonotonicTime /*now*/) override {
    std::size_t from = 0;
    for (std::size_t i = 0; last != nullptr && i < items_.size(); ++i) {
      if (items_[i].id == last->id) from = i + 1;
    }
    for (std::size_t step = 0; step < items_.size(); ++step) {
      if (once_ && from + step >= items_.size()) break;
      const ShowItem& candidate = items_[(from + step) % items_.size()];
      if (!out_.contains(candidate.name)) return candidate;
    }
    over_ = once_;
    return std::nullopt;
  }
  void failed(const ShowItem& item, MonotonicTime /*now*/) override { out_.insert(item.name); }
  void succeeded(const ShowItem& item) override { ++played[item.name]; }
  bool over() const override { return over_; }

  std::map<std::string, int> played;

 private:
  const std::vector<ShowItem> items_;
  const bool once_;
  std::set<std::string> out_;
  bool over_ = false;
};

class Notes final : public ShowObserver {
 public:
  void ended(const EndedItem& item) override { ends.push_back(item); }
  void fault(const ItemFault& fault) override { faults.push_back(fault); }
  void switched(const ItemSwitch& change) override { switches.push_back(change); }

  std::vector<EndedItem> ends;
  std::vector<ItemFault> faults;
  std::vector<ItemSwitch> switches;
};

}  // namespace conglang::player
