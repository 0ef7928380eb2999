#include "player/app/show_control.h"

#include <gtest/gtest.h>

#include "tests/support/fake_playable.h"
#include "tests/support/show_fakes.h"
#include "tests/support/virtual_workshop.h"

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds kPeriod{1'000'000'000 / 60};
const MonotonicTime kStart{std::chrono::hours{1}};

class FixedClock final : public Clock {
 public:
  Instant now() const override { return {}; }
  MonotonicTime monotonic() const override { return kStart; }
};

std::shared_ptr<const Programme> programme(const std::string& version,
                                           const std::vector<std::string>& names) {
  Programme made;
  made.version = version;
  for (const std::string& name : names) {
    ShowItem item;
    item.id = ItemId{name};
    item.name = name;
    item.content = ShowVideo{{name, {}, 0}, FitMode::contain, SoundUse::none};
    made.items.push_back(std::move(item));
  }
  return std::make_shared<const Programme>(std::move(made));
}

class ControlledShow : public testing::Test {
 protected:
  // What is on the glass after so much time.
  std::string item_after(std::chrono::nanoseconds time) {
    std::string item;
    for (const MonotonicTime end = now_ + time; now_ < end; now_ += kPeriod) {
      workshop_.run_until(now_);
      control_.apply(order_, show_, now_);
      item = show_.compose(now_).item;
    }
    return item;
  }

  ProgrammePair pair(const std::vector<std::string>& names) {
    return {programme("2", names),
            order_.programme_of(first_->items[0]),
            ClockTrust::persisted,
            {}};
  }

  std::shared_ptr<PreparedItem> begin() {
    return workshop_.begin(std::make_unique<FakePlayable>(FakeVideo{150, 30, {}, {}, false}),
                           {});
  }

  FixedClock clock_;
  Notes notes_;
  VirtualWorkshop workshop_{kStart};
  MonotonicTime now_ = kStart;
  int wakes_ = 0;
  std::shared_ptr<const Programme> first_ = programme("1", {"a", "b"});
  ProgrammeOrder order_{{first_, nullptr, ClockTrust::network, {}, true}, clock_};
  Show show_{order_,
             notes_,
             [this](const ShowItem&, Size, Priming) { return begin(); },
             {{40, 20}, {}, {10, 20, 30, 255}, kPeriod}};
  ShowControl control_{[this] { ++wakes_; }};
};

TEST_F(ControlledShow, WakesTheRenderThreadForEachWish) {
  control_.adopt(pair({"n"}), Adoption::at_boundary);
  control_.interrupt(std::nullopt);

  EXPECT_EQ(wakes_, 2);
}

TEST_F(ControlledShow, SaysWhatTheNewClockTrustIsOnce) {
  control_.adopt(pair({"n"}), Adoption::at_boundary);

  EXPECT_EQ(control_.apply(order_, show_, now_), ClockTrust::persisted);
  EXPECT_EQ(control_.apply(order_, show_, now_), std::nullopt);
}

TEST_F(ControlledShow, PlaysTheNewestProgrammeOfSeveralThatCameAtOnce) {
  EXPECT_EQ(item_after(1s), "a");

  control_.adopt(pair({"n"}), Adoption::at_boundary);
  control_.adopt(pair({"m"}), Adoption::at_boundary);

  EXPECT_EQ(item_after(6s), "m");
}

TEST_F(ControlledShow, DoesNotForgetATakedownForAProgrammeThatCameRightAfterIt) {
  EXPECT_EQ(item_after(1s), "a");
  ProgrammePair hidden = pair({"b"});
  hidden.previous = nullptr;
  ProgrammePair later = pair({"n"});
  later.previous = hidden.current;

  control_.adopt(std::move(hidden), Adoption::at_once);
  control_.adopt(std::move(later), Adoption::at_boundary);

  EXPECT_NE(item_after(kPeriod), "a");
  EXPECT_EQ(notes_.ends[0].reason, "taken down");
}

TEST_F(ControlledShow, LeavesWhatIsShownWhenNobodyWishesAnything) {
  EXPECT_EQ(item_after(1s), "a");
  EXPECT_EQ(item_after(3s), "a");
  EXPECT_TRUE(notes_.ends.empty());
}

TEST_F(ControlledShow, AnswersEachOfSeveralWishesAboutTheDisplay) {
  std::vector<bool> answered;
  for (const bool on : {false, true, false}) {
    EXPECT_TRUE(control_.switch_display(
        {on, [&answered, on](const Status&) { answered.push_back(on); }}));
  }

  while (const auto wish = control_.wanted_display(show_, now_)) wish->done({});

  EXPECT_EQ(answered, (std::vector<bool>{false, true, false}));
  EXPECT_EQ(item_after(1s), "display off");
}

TEST_F(ControlledShow, RefusesAWishRatherThanForgetOne) {
  int taken = 0;
  while (control_.take_picture([](FramePtr) {})) ASSERT_LT(++taken, 100);
  for (int given = 0; given < taken; ++given) EXPECT_TRUE(control_.wanted_picture());

  EXPECT_FALSE(control_.wanted_picture());
}

}  // namespace
}  // namespace conglang::player
