// Preparation threads whose time is virtual: each piece of work costs what the test says.
//
// The picture's beat never waits for a decoder here, and no run differs from another: a
// worker does a step when its cost fits before the moment reached, and not earlier.
#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "player/playback/prepared_item.h"

namespace conglang::player {

struct WorkCost {
  std::chrono::nanoseconds open{std::chrono::milliseconds{40}};
  // By the number of the frame.
  std::function<std::chrono::nanoseconds(std::int64_t)> frame = [](std::int64_t) {
    return std::chrono::milliseconds{8};
  };
};

// A playable whose next piece of work has a known cost.
class CostedPlayable final : public Playable {
 public:
  CostedPlayable(std::unique_ptr<Playable> inner, WorkCost cost)
      : inner_(std::move(inner)), cost_(std::move(cost)) {}

  Result<PlayableFacts> open() override {
    opened_ = true;
    return inner_->open();
  }
  Result<std::optional<TimedFrame>> next_frame() override {
    ++frames_;
    return inner_->next_frame();
  }
  Result<std::optional<SoundBlock>> next_sound() override { return inner_->next_sound(); }

  std::chrono::nanoseconds next_cost() const {
    return opened_ ? cost_.frame(frames_) : cost_.open;
  }

 private:
  const std::unique_ptr<Playable> inner_;
  const WorkCost cost_;
  bool opened_ = false;
  std::int64_t frames_ = 0;
};

class VirtualWorkshop {
 public:
  explicit VirtualWorkshop(MonotonicTime start, std::size_t workers = 3) : workers_(workers) {
    for (Worker& worker : workers_) worker.time = start;
  }

  std::shared_ptr<PreparedItem> begin(
      std::unique_ptr<Playable> inner, WorkCost cost,
      std::function<void()> progressed = [] {}) {
    auto playable = std::make_unique<CostedPlayable>(std::move(inner), std::move(cost));
    const CostedPlayable* costed = playable.get();
    auto item =
        std::make_shared<PreparedItem>(std::move(playable), nullptr, std::move(progressed));
    waiting_.push_back({item, costed});
    return item;
  }

  // Lets every worker do what fits before `moment`.
  void run_until(MonotonicTime moment) {
    for (Worker& worker : workers_) run(worker, moment);
  }

 private:
  struct Job {
    std::shared_ptr<PreparedItem> item;
    const CostedPlayable* playable = nullptr;  // lives as long as the item is not over
  };
  struct Worker {
    Job job;
    MonotonicTime time;
  };

  static std::chrono::nanoseconds cost_of_step(const Worker& worker) {
    const ItemState state = worker.job.item->progress().state;
    const bool over = state == ItemState::done || state == ItemState::failed;
    const bool costs = !over && worker.job.item->has_room();
    return costs ? worker.job.playable->next_cost() : std::chrono::nanoseconds{0};
  }

  void run(Worker& worker, MonotonicTime moment) {
    while (worker.time < moment) {
      if (!worker.job.item && !waiting_.empty()) {
        worker.job = waiting_.front();
        waiting_.erase(waiting_.begin());
      }
      if (!worker.job.item) break;
      const auto cost = cost_of_step(worker);
      if (worker.time + cost > moment) return;  // still at it
      switch (worker.job.item->step()) {
        case PreparedItem::Step::worked:
          worker.time += cost;
          break;
        case PreparedItem::Step::waiting:
          worker.time = moment;
          break;
        case PreparedItem::Step::finished:
          worker.job = {};
          break;
      }
    }
    worker.time = std::max(worker.time, moment);
  }

  std::vector<Worker> workers_;
  std::vector<Job> waiting_;
};

}  // namespace conglang::player
