#include "tests/player/gap/gap_check.h"

#include <algorithm>

namespace conglang::player {
namespace {

constexpr int kBeatsASecond = 60;
constexpr std::size_t kMostFaults = 20;

// A frame of an item; every beat of it looks the same.
struct Moment {
  const ExpectedItem* item = nullptr;
  int frame = 0;

  bool is(const SeenPicture& seen) const {
    if (item->clip == 0) return seen.what == PictureSeen::other;
    return seen.barcode && *seen.barcode == Barcode{item->clip, frame};
  }
};

class Judge {
 public:
  Judge(const std::vector<ExpectedItem>& items, const std::vector<SeenPicture>& seen)
      : items_(items), seen_(seen) {}

  GapReport judge() {
    while (true) {
      for (const ExpectedItem& item : items_) {
        for (int frame = 0; frame < item.frames; ++frame) {
          if (!judge_frame({&item, frame})) return report_;
        }
        ++report_.switches;
      }
    }
  }

 private:
  // False at the end of what was seen.
  bool judge_frame(const Moment& moment) {
    skip_strangers(moment);
    int beats = 0;
    while (position_ < seen_.size() && moment.is(seen_[position_])) {
      ++beats;
      ++position_;
    }
    if (position_ >= seen_.size()) return false;
    if (beats == 0) {
      fault(report_.missing, 1, moment, "was never seen");
      return true;
    }
    const auto [least, most] = pacing(*moment.item);
    if (beats > most) fault(report_.repeated, beats - most, moment, "stayed too long");
    if (beats < least) fault(report_.hurried, 1, moment, "was gone too soon");
    return true;
  }

  // Passes over pictures that are neither this frame nor one that comes later.
  void skip_strangers(const Moment& moment) {
    while (position_ < seen_.size() && !moment.is(seen_[position_]) && !comes_later(moment)) {
      const bool dark = seen_[position_].what == PictureSeen::black;
      fault(dark ? report_.black : report_.foreign, 1, moment,
            dark ? "came after a black picture" : "came after a strange picture");
      ++position_;
    }
  }

  // The picture seen is a later frame of the same item, or the beginning of the next one.
  bool comes_later(const Moment& moment) const {
    const SeenPicture& now = seen_[position_];
    for (int frame = moment.frame + 1; frame < moment.item->frames; ++frame) {
      if (Moment{moment.item, frame}.is(now)) return true;
    }
    const auto next = static_cast<std::size_t>(moment.item - items_.data() + 1) % items_.size();
    return Moment{&items_[next], 0}.is(now);
  }

  static std::pair<int, int> pacing(const ExpectedItem& item) {
    if (item.rate == 0) return {item.held_beats - 1, item.held_beats + 1};
    return {kBeatsASecond / item.rate, (kBeatsASecond + item.rate - 1) / item.rate};
  }

  void fault(int& counter, int amount, const Moment& moment, const std::string& what) {
    counter += amount;
    if (report_.faults.size() >= kMostFaults) return;
    report_.faults.push_back("beat " + std::to_string(position_) + ": frame " +
                             std::to_string(moment.frame) + " of " + moment.item->name + " " +
                             what + " (" + std::to_string(amount) + ")");
  }

  const std::vector<ExpectedItem>& items_;
  const std::vector<SeenPicture>& seen_;
  std::size_t position_ = 0;
  GapReport report_;
};

}  // namespace

GapReport check_gaps(const std::vector<ExpectedItem>& items,
                     const std::vector<SeenPicture>& seen) {
  return Judge(items, seen).judge();
}

}  // namespace conglang::player
