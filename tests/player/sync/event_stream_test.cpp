#include "player/sync/event_stream.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

using Events = std::vector<StreamEvent>;

std::span<const std::uint8_t> octets(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

HttpHead stream_head() {
  HttpHead head;
  head.status = 200;
  head.content_type = "text/event-stream";
  return head;
}

const std::string kTwo =
    "event: look\ndata: {\"what\":\"takedown\"}\n\n: ping\n\ndata: a\r\ndata:b\r\n\r\n";

TEST(EventStream, ReadsEventsHoweverTheyAreCut) {
  for (std::size_t cut = 0; cut <= kTwo.size(); ++cut) {
    EventStream stream;
    ASSERT_TRUE(stream.begin(stream_head()));
    ASSERT_TRUE(stream.add(octets(kTwo.substr(0, cut))));
    ASSERT_TRUE(stream.add(octets(kTwo.substr(cut))));

    EXPECT_EQ(stream.take(),
              (Events{{"look", "{\"what\":\"takedown\"}"}, {"message", "a\nb"}}));
    EXPECT_EQ(stream.take(), Events{});
  }
}

TEST(EventStream, IsAliveByACommentAlone) {
  EventStream stream;
  stream.begin(stream_head());
  EXPECT_FALSE(stream.take_life());

  stream.add(octets(":\n\n"));

  EXPECT_TRUE(stream.take_life());
  EXPECT_FALSE(stream.take_life());
  EXPECT_TRUE(stream.take().empty());
}

TEST(EventStream, ForgetsWhatABrokenStreamBegan) {
  EventStream stream;
  stream.begin(stream_head());
  stream.add(octets("event: look\ndata: half"));

  stream.begin(stream_head());
  stream.add(octets("data: x\n\n"));

  EXPECT_EQ(stream.take(), (Events{{"message", "x"}}));
}

TEST(EventStream, RefusesWhatIsNoStreamAndWhatHasNoEnd) {
  HttpHead page = stream_head();
  page.content_type = "text/html";
  EventStream stream;
  EXPECT_FALSE(stream.begin(page));

  ASSERT_TRUE(stream.begin(stream_head()));
  EXPECT_FALSE(stream.add(octets(std::string(9000, 'x'))));
  ASSERT_TRUE(stream.begin(stream_head()));
  bool more = true;
  for (int line = 0; line < 9000 && more; ++line) more = stream.add(octets("data: x\n"));
  EXPECT_FALSE(more);
}

TEST(EventStream, KeepsABoundedNumberOfEvents) {
  EventStream stream;
  stream.begin(stream_head());
  for (int i = 0; i < 10'000; ++i) stream.add(octets("data: x\n\n"));

  EXPECT_EQ(stream.take().size(), 64u);
}

}  // namespace
}  // namespace conglang::player
