#include "playlists/base/time.h"

#include <gtest/gtest.h>

namespace conglang {
namespace {

using namespace std::chrono;

TEST(ParseInstant, ReadsASecondInUtc) {
  const auto instant = parse_instant("2026-11-23T10:00:00Z");

  ASSERT_TRUE(instant.ok());
  EXPECT_EQ(*instant, sys_days{2026y / November / 23} + 10h);
}

TEST(ParseInstant, CutsAFractionToMilliseconds) {
  const Instant second = *parse_instant("2026-11-23T10:00:00Z");

  EXPECT_EQ(*parse_instant("2026-11-23T10:00:00.5Z"), second + 500ms);
  EXPECT_EQ(*parse_instant("2026-11-23T10:00:00.05Z"), second + 50ms);
  EXPECT_EQ(*parse_instant("2026-11-23T10:00:00.999999999Z"), second + 999ms);
}

TEST(ParseInstant, RefusesAFractionWithoutDigitsOrWithTen) {
  EXPECT_FALSE(parse_instant("2026-11-23T10:00:00.Z").ok());
  EXPECT_FALSE(parse_instant("2026-11-23T10:00:00.1234567890Z").ok());
}

TEST(ParseInstant, KnowsLeapDays) {
  EXPECT_TRUE(parse_instant("2024-02-29T00:00:00Z").ok());
  EXPECT_TRUE(parse_instant("2000-02-29T00:00:00Z").ok());
  EXPECT_FALSE(parse_instant("2026-02-29T00:00:00Z").ok());
  EXPECT_FALSE(parse_instant("2100-02-29T00:00:00Z").ok());
}

TEST(ParseInstant, RefusesWhatNoClockShows) {
  for (const char* text :
       {"2026-02-30T00:00:00Z", "2026-04-31T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z", "2016-12-31T23:59:60Z"}) {
    EXPECT_FALSE(parse_instant(text).ok()) << text;
  }
}

TEST(ParseInstant, RefusesEveryOtherForm) {
  for (const char* text :
       {"", "2026-11-23", "2026-11-23T10:00:00", "2026-11-23T10:00:00+07:00",
        "2026-11-23t10:00:00Z", "2026-11-23T10:00:00z", "2026-11-23 10:00:00Z",
        " 2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z ", "2026-11-23T10:00Z",
        "+2026-11-23T10:00:00Z", "26-11-23T10:00:00Z", "2026-1-23T10:00:00Z"}) {
    const auto instant = parse_instant(text);
    ASSERT_FALSE(instant.ok()) << text;
    EXPECT_EQ(instant.error().kind, ErrorKind::malformed);
  }
}

TEST(ParseInstant, NamesWhatItRefusesButNotWithoutEnd) {
  const std::string message = parse_instant(std::string(1 << 20, '9')).error().message;

  EXPECT_NE(message.find("999"), std::string::npos);
  EXPECT_LT(message.size(), 120u);
}

TEST(FormatInstant, WritesAFractionOnlyWhenThereIsOne) {
  const Instant second = sys_days{2026y / November / 23} + 10h;

  EXPECT_EQ(format_instant(second), "2026-11-23T10:00:00Z");
  EXPECT_EQ(format_instant(second + 7ms), "2026-11-23T10:00:00.007Z");
}

TEST(FormatInstant, IsReadBackAlsoBefore1970) {
  for (const Instant instant : {Instant{-1ms}, Instant{0ms}, Instant{1ms},
                                Instant{sys_days{1600y / February / 29} - 1ms},
                                Instant{sys_days{9999y / December / 31} + 23h}}) {
    const auto again = parse_instant(format_instant(instant));
    ASSERT_TRUE(again.ok()) << format_instant(instant);
    EXPECT_EQ(*again, instant);
  }
}

TEST(ParseLocalDate, ReadsExistingDaysOnly) {
  EXPECT_EQ(*parse_local_date("2024-02-29"), 2024y / February / 29);
  EXPECT_FALSE(parse_local_date("2025-02-29").ok());
  EXPECT_FALSE(parse_local_date("2025-02-30").ok());
  EXPECT_FALSE(parse_local_date("2025-07-01T").ok());
  EXPECT_FALSE(parse_local_date("2025-7-1").ok());
}

TEST(FormatLocalDate, IsReadBack) {
  EXPECT_EQ(format_local_date(2025y / July / 1), "2025-07-01");
  EXPECT_EQ(*parse_local_date(format_local_date(2025y / July / 1)), 2025y / July / 1);
}

}  // namespace
}  // namespace conglang
