#include "player/handoff/bounded_queue.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "player/handoff/mailbox.h"

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

TEST(BoundedQueue, KeepsTheOrder) {
  BoundedQueue<int> queue(3);
  for (int value : {1, 2, 3}) EXPECT_TRUE(queue.try_push(std::move(value)));

  EXPECT_EQ(queue.try_pop(), 1);
  EXPECT_EQ(queue.try_pop(), 2);
  EXPECT_EQ(queue.try_pop(), 3);
  EXPECT_EQ(queue.try_pop(), std::nullopt);
}

TEST(BoundedQueue, RefusesWhenFullAndLeavesTheValueWithItsOwner) {
  BoundedQueue<std::unique_ptr<int>> queue(1);
  EXPECT_TRUE(queue.try_push(std::make_unique<int>(1)));
  auto second = std::make_unique<int>(2);
  const int* kept = second.get();

  EXPECT_FALSE(queue.try_push(std::move(second)));

  EXPECT_EQ(second.get(), kept);  // NOLINT(bugprone-use-after-move): that is the promise
}

TEST(BoundedQueue, HandsEveryValueToTheOtherThreadOnce) {
  BoundedQueue<int> queue(4);
  constexpr int kValues = 10'000;
  int received = 0;
  std::int64_t sum = 0;
  std::jthread consumer([&](const std::stop_token& stop) {
    while (received < kValues) {
      if (const auto value = queue.pop(stop, 1s)) {
        ++received;
        sum += *value;
      }
    }
  });
  for (int i = 0; i < kValues;) {
    int value = i;
    if (queue.try_push(std::move(value))) {
      ++i;
    } else {
      std::this_thread::yield();
    }
  }
  consumer.join();

  EXPECT_EQ(sum, std::int64_t{kValues} * (kValues - 1) / 2);
}

TEST(BoundedQueue, StopsWaitingWhenAskedTo) {
  BoundedQueue<int> queue(1);
  std::optional<int> got = 7;
  {
    std::jthread waiter([&](const std::stop_token& stop) { got = queue.pop(stop, 1h); });
  }  // asks to stop, then joins: an hour would be noticed

  EXPECT_EQ(got, std::nullopt);
}

TEST(Mailbox, KeepsOnlyTheNewest) {
  Mailbox<int> mailbox;
  mailbox.put(1);
  mailbox.put(2);

  EXPECT_EQ(mailbox.take(), 2);
  EXPECT_EQ(mailbox.take(), std::nullopt);
}

}  // namespace
}  // namespace conglang::player
