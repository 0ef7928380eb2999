#include "player/playback/preparation.h"

namespace conglang::player {
namespace {

// A wake-up can be missed only by a fault of ours; then this is the longest pause.
constexpr std::chrono::milliseconds kLongestWait{250};

void prepare(PreparedItem& item, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    switch (item.step()) {
      case PreparedItem::Step::worked:
        break;
      case PreparedItem::Step::waiting:
        item.wait_for_room(stop, kLongestWait);
        break;
      case PreparedItem::Step::finished:
        return;
    }
  }
}

}  // namespace

void run_preparations(PreparationQueue& queue, std::stop_token stop) {
  while (!stop.stop_requested()) {
    if (const auto item = queue.pop(stop, std::chrono::seconds{3600})) prepare(**item, stop);
  }
}

}  // namespace conglang::player
