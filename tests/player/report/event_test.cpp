#include "player/report/event.h"

#include <gtest/gtest.h>

#include <string>

#include "player/report/printable.h"

namespace conglang::player {
namespace {

TEST(EventLine, NamesTheKindTheSubjectAndTheDetail) {
  const Event event{EventKind::skipped_unknown_kind, "harvest-3d", "kind 'hologram'"};

  EXPECT_EQ(format_event_line(event),
            R"(event skipped-unknown-kind subject="harvest-3d" detail="kind 'hologram'")");
}

TEST(EventLine, LeavesOutAnEmptyDetail) {
  EXPECT_EQ(format_event_line({EventKind::freeze, "timestamp", ""}),
            R"(event freeze subject="timestamp")");
}

TEST(EventLine, StaysOneLineWhateverTheFileIsCalled) {
  const Event event{EventKind::missing, "a\n\"b\"\x1b[2J\xff", ""};

  EXPECT_EQ(format_event_line(event), R"(event missing subject="a\x0a\"b\"\x1b[2J\xff")");
}

TEST(EventLine, CannotBeForgedByABackslashBeforeAQuote) {
  const Event event{EventKind::missing, "a\\\" detail=\"fine", ""};

  EXPECT_EQ(format_event_line(event), R"(event missing subject="a\x5c\" detail=\"fine")");
}

TEST(EventLine, CutsAnEndlessSubject) {
  EXPECT_LT(format_event_line({EventKind::missing, std::string(100'000, 'a'), ""}).size(),
            600u);
}

TEST(EventKindName, IsReadBackForEveryKind) {
  for (int number = 0; number <= static_cast<int>(EventKind::plays_lost); ++number) {
    const auto kind = static_cast<EventKind>(number);
    EXPECT_EQ(parse_event_kind(to_string(kind)), kind) << to_string(kind);
  }
}

TEST(EventKindName, KnowsTheKindsOfErrors) {
  EXPECT_EQ(event_kind_of(ErrorKind::missing), EventKind::missing);
  EXPECT_EQ(event_kind_of(ErrorKind::too_large), EventKind::too_large);
  EXPECT_EQ(event_kind_of(ErrorKind::conflict), EventKind::storage);
}

TEST(Printable, KeepsVietnameseAndEmoji) {
  const std::string text = "xã Hòa Phong, ế ỗ ữ ặ, 🏮";

  EXPECT_EQ(printable(text), text);
}

TEST(Printable, EscapesBytesThatAreNoUtf8) {
  EXPECT_EQ(printable("\xc0\x80"), R"(\xc0\x80)");          // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), R"(\xed\xa0\x80)");  // a surrogate
  EXPECT_EQ(printable("a\xe1\xba"), R"(a\xe1\xba)");        // cut short
}

TEST(Printable, EscapesWhatChangesTheDirectionOrEndsALine) {
  EXPECT_EQ(printable("\u202e\u2066\u2028\u0085"),
            R"(\xe2\x80\xae\xe2\x81\xa6\xe2\x80\xa8\xc2\x85)");
}

}  // namespace
}  // namespace conglang::player
