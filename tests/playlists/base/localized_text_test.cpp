#include "playlists/base/localized_text.h"

#include <gtest/gtest.h>

namespace conglang {
namespace {

TEST(NormalizeText, ComposesVietnameseLetters) {
  const auto text = normalize_text("Hu\u031b\u0323ng Ye\u0302n, ta\u0301m tu\u031b\u0300");

  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text, "H\u1ef1ng Y\u00ean, t\u00e1m t\u1eeb");
}

TEST(NormalizeText, GivesTheSameForEveryOrderOfMarks) {
  const std::string composed = "\u1ed9";  // o with circumflex and dot below

  EXPECT_EQ(*normalize_text("o\u0302\u0323"), composed);
  EXPECT_EQ(*normalize_text("o\u0323\u0302"), composed);
  EXPECT_EQ(*normalize_text("\u00f4\u0323"), composed);
  EXPECT_EQ(*normalize_text(composed), composed);
}

TEST(NormalizeText, KeepsLineFeedsAndTheEmptyText) {
  EXPECT_EQ(*normalize_text("hai\ndòng"), "hai\ndòng");
  EXPECT_EQ(*normalize_text(""), "");
}

TEST(NormalizeText, RefusesWhatTurnsTheDirectionOfWriting) {
  for (const char* text :
       {"\u202a", "\u202e", "a\u2066b", "\u2069", "\u200e", "\u200f", "\u061c"}) {
    EXPECT_FALSE(normalize_text(text).ok()) << text;
  }
  EXPECT_EQ(normalize_text("xã \u202ehello").error().message,
            "the text holds U+202E, which is not allowed");
}

TEST(NormalizeText, RefusesControlCharacters) {
  EXPECT_FALSE(normalize_text("\t").ok());
  EXPECT_FALSE(normalize_text("\r\n").ok());
  EXPECT_FALSE(normalize_text("\x1b[31m").ok());
  EXPECT_FALSE(normalize_text("\x7f").ok());
  EXPECT_FALSE(normalize_text("\u0085").ok());
  EXPECT_FALSE(normalize_text("\u2028").ok());
  EXPECT_FALSE(normalize_text(std::string_view("a\0b", 3)).ok());
}

TEST(NormalizeText, RefusesNoncharacters) {
  EXPECT_FALSE(normalize_text("\ufdd0").ok());
  EXPECT_FALSE(normalize_text("\uffff").ok());
  EXPECT_FALSE(normalize_text("\U0010fffe").ok());
}

TEST(NormalizeText, RefusesWhatIsNoUtf8) {
  for (const char* text : {"\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf",
                           "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3", "\xe1\xba", "\xff"}) {
    EXPECT_FALSE(normalize_text(text).ok());
  }
}

TEST(NormalizeText, SaysWhereTheBytesAreWrong) {
  EXPECT_EQ(normalize_text("xa\xcc\x83 \xc0\xaf").error().message,
            "the text is no UTF-8 after byte 5");
}

TEST(LocalizedText, FallsBackToVietnamese) {
  const LocalizedText text{"Chào", {{"en", "Hello"}}};

  EXPECT_EQ(text.in("en"), "Hello");
  EXPECT_EQ(text.in("ja"), "Chào");
  EXPECT_EQ(text.in("vi"), "Chào");
  EXPECT_EQ(text.find("ja"), nullptr);
  ASSERT_NE(text.find("vi"), nullptr);
}

TEST(IsValidLanguage, AcceptsSimpleTags) {
  for (const char* tag : {"vi", "en", "yue", "zh-hant", "en-gb", "de-1996"}) {
    EXPECT_TRUE(is_valid_language(tag)) << tag;
  }
}

TEST(IsValidLanguage, RefusesEverythingElse) {
  for (const char* tag : {"", "v", "viet", "EN", "en-", "-en", "en--gb", "en_gb", "e1", "en-g",
                          "en-abcdefghi", "aa-bbbbbbbb-cccccccc-dddddddd-eeeeeeee"}) {
    EXPECT_FALSE(is_valid_language(tag)) << tag;
  }
}

}  // namespace
}  // namespace conglang
