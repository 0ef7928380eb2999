#include "player/playback/item_state.h"

#include <gtest/gtest.h>

#include <array>

namespace conglang::player {
namespace {

constexpr std::array kEvents{ItemEvent::open,    ItemEvent::opened,       ItemEvent::primed,
                             ItemEvent::start,   ItemEvent::source_ended, ItemEvent::time_over,
                             ItemEvent::abandon, ItemEvent::fault};

ItemLife after(std::initializer_list<ItemEvent> events) {
  ItemLife life;
  for (const ItemEvent event : events) life.apply(event);
  return life;
}

TEST(ItemLife, GoesFromOpeningToDone) {
  const ItemLife life =
      after({ItemEvent::open, ItemEvent::opened, ItemEvent::primed, ItemEvent::start,
             ItemEvent::source_ended, ItemEvent::time_over});

  EXPECT_EQ(life.state(), ItemState::done);
}

TEST(ItemLife, CannotStartBeforeItIsReady) {
  ItemLife life = after({ItemEvent::open, ItemEvent::opened});

  EXPECT_FALSE(life.apply(ItemEvent::start));
  EXPECT_EQ(life.state(), ItemState::priming);
}

TEST(ItemLife, DrainsAtOnceWhenAShortSourceEndedBeforeTheStart) {
  const ItemLife life = after({ItemEvent::open, ItemEvent::opened, ItemEvent::source_ended,
                               ItemEvent::primed, ItemEvent::start});

  EXPECT_EQ(life.state(), ItemState::draining);
}

TEST(ItemLife, EndsExactlyOnceWhateverComes) {
  // Every sequence of four events after every other: from the first end on nothing moves.
  for (unsigned code = 0; code < 8u * 8 * 8 * 8 * 8 * 8; ++code) {
    ItemLife life;
    int ends = 0;
    unsigned rest = code;
    for (int i = 0; i < 6; ++i, rest /= 8) {
      const bool was_over = life.over();
      const ItemState before = life.state();
      life.apply(kEvents[rest % 8]);
      if (!was_over && life.over()) ++ends;
      ASSERT_TRUE(!was_over || life.state() == before);
    }
    ASSERT_LE(ends, 1);
  }
}

}  // namespace
}  // namespace conglang::player
