#include "player/playback/prepared_item.h"

#include <gtest/gtest.h>

#include "player/playback/item_timeline.h"
#include "tests/support/fake_playable.h"

namespace conglang::player {
namespace {

using namespace std::chrono_literals;
using Step = PreparedItem::Step;

const MonotonicTime kStart{std::chrono::hours{1}};

std::shared_ptr<PreparedItem> prepared(FakeVideo video, int* woken = nullptr) {
  return std::make_shared<PreparedItem>(std::make_unique<FakePlayable>(std::move(video)),
                                        nullptr, [woken] {
                                          if (woken != nullptr) ++*woken;
                                        });
}

void work(PreparedItem& item) {
  while (item.step() == Step::worked) {
  }
}

TEST(PreparedItem, DecodesNoMoreThanItsQueueHolds) {
  const auto item = prepared({300, 30, {}, {}, false});

  work(*item);

  EXPECT_EQ(item->progress().state, ItemState::ready);
  EXPECT_EQ(item->queued_frames(), kPrimedFrames);
  EXPECT_EQ(item->step(), Step::waiting);

  item->start();
  work(*item);
  EXPECT_EQ(item->queued_frames(), kFrameCapacity);
}

TEST(PreparedItem, IsReadyWithItsFirstFrameWhenNothingElseIsOnTheGlass) {
  PreparedItem item(
      std::make_unique<FakePlayable>(FakeVideo{300, 30, {}, {}, false}), nullptr, [] {},
      Priming::first_frame);

  while (item.progress().state != ItemState::ready) ASSERT_EQ(item.step(), Step::worked);

  EXPECT_EQ(item.queued_frames(), 1u);
}

TEST(PreparedItem, GoesOnWhenAFrameIsTaken) {
  const auto item = prepared({300, 30, {}, {}, false});
  work(*item);
  item->start();
  work(*item);

  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(item->take_frame()->number, i);
    work(*item);
  }

  EXPECT_EQ(item->queued_frames(), kFrameCapacity);
}

TEST(PreparedItem, IsReadyWithTheOnlyFrameOfAStill) {
  const auto item = prepared({1, 30, {}, {}, true});

  work(*item);

  EXPECT_EQ(item->progress().state, ItemState::ready);
  EXPECT_TRUE(item->progress().source_ended);
  EXPECT_EQ(item->step(), Step::finished);
}

TEST(PreparedItem, FailsOnceWithTheErrorOfItsSource) {
  int woken = 0;
  const auto item = prepared({30, 30, Error{ErrorKind::missing, "gone"}, {}, false}, &woken);

  work(*item);

  EXPECT_EQ(item->progress().state, ItemState::failed);
  EXPECT_EQ(item->progress().error->message, "gone");
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(item->step(), Step::finished);
}

TEST(PreparedItem, EndsItsWorkWhenItIsAbandoned) {
  const auto item = prepared({300, 30, {}, {}, false});
  work(*item);

  item->abandon();

  EXPECT_EQ(item->step(), Step::finished);
  EXPECT_EQ(item->progress().state, ItemState::done);
}

TEST(PreparedItem, IsNeverOpenedWhenItIsAbandonedInTheQueue) {
  const auto item = prepared({30, 30, Error{ErrorKind::missing, "gone"}, {}, false});

  item->abandon();

  EXPECT_EQ(item->step(), Step::finished);
  EXPECT_FALSE(item->progress().error);
}

TEST(ItemTimeline, ShowsTheNewestFrameThatIsDue) {
  const auto item = prepared({30, 30, {}, {}, false});
  work(*item);
  ItemTimeline timeline(item, {});
  timeline.start(kStart);

  EXPECT_EQ(timeline.frame_at(kStart, 8ms)->number, 0);
  EXPECT_EQ(timeline.frame_at(kStart + 20ms, 8ms)->number, 0);
  work(*item);
  EXPECT_EQ(timeline.frame_at(kStart + 30ms, 8ms)->number, 1);
  work(*item);
  EXPECT_EQ(timeline.frame_at(kStart + 105ms, 8ms)->number, 3);
  EXPECT_EQ(timeline.counters().skipped, 1);
  EXPECT_EQ(timeline.counters().shown, 3);
}

TEST(ItemTimeline, KnowsTheEndOnlyWhenEveryFrameWasCounted) {
  const auto item = prepared({6, 30, {}, {}, false});
  work(*item);
  ItemTimeline timeline(item, {});
  timeline.start(kStart);
  timeline.frame_at(kStart, 8ms);
  EXPECT_FALSE(timeline.end());
  EXPECT_EQ(timeline.expected_end(), kStart + 200ms);

  for (int beat = 1; beat <= 11; ++beat) {
    work(*item);
    timeline.frame_at(kStart + beat * 17ms, 8ms);
  }

  EXPECT_EQ(timeline.end(), kStart + 200ms);
}

TEST(ItemTimeline, CountsAPictureWhoseFrameWasNotDecodedInTime) {
  const auto item = prepared({300, 30, {}, {}, false});
  work(*item);
  ItemTimeline timeline(item, {});
  timeline.start(kStart);

  for (int beat = 0; beat < 20; ++beat) timeline.frame_at(kStart + beat * 17ms, 8ms);

  EXPECT_GT(timeline.counters().late, 0);
  EXPECT_GT(timeline.starved(kStart + 1s), 500ms);
}

TEST(ItemTimeline, MovesTheTimelineInsteadOfSprintingAfterALongPause) {
  const auto item = prepared({300, 30, {}, {}, false});
  work(*item);
  ItemTimeline timeline(item, {});
  timeline.start(kStart);
  timeline.frame_at(kStart, 8ms);
  while (item->take_frame()) {
  }
  item->step();  // one frame comes after the pause

  timeline.frame_at(kStart + 2s, 8ms);

  EXPECT_EQ(timeline.counters().rebased, 1);
  EXPECT_GT(timeline.started_at(), kStart + 1s);
}

}  // namespace
}  // namespace conglang::player
