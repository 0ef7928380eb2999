#include "playlists/base/json.h"

#include <gtest/gtest.h>

namespace conglang {
namespace {

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

TEST(ParseJson, KeepsTheOrderOfMembers) {
  const auto value = parse_json(R"({"z": 1, "a": [true, null, "xã"], "m": {}})");

  ASSERT_TRUE(value.ok());
  EXPECT_EQ(*value,
            JsonValue(JsonObject{
                {"z", 1}, {"a", JsonArray{true, JsonValue(), "xã"}}, {"m", JsonObject{}}}));
}

TEST(ParseJson, RefusesAMemberThatComesTwice) {
  const auto value = parse_json(R"({"a": 1, "b": {"a": 2}, "a": 1})");

  ASSERT_FALSE(value.ok());
  EXPECT_EQ(value.error().kind, ErrorKind::malformed);
  EXPECT_NE(value.error().message.find("\"a\" comes twice"), std::string::npos);
}

TEST(ParseJson, SeesThroughAnEscapedNameThatComesTwice) {
  EXPECT_FALSE(parse_json(R"({"a": 1, "\u0061": 2})").ok());
}

TEST(ParseJson, RefusesTrailingBytesAndSaysWhere) {
  const auto value = parse_json("{} x");

  ASSERT_FALSE(value.ok());
  EXPECT_NE(value.error().message.find("byte 4"), std::string::npos) << value.error().message;
  EXPECT_FALSE(parse_json("{}{}").ok());
  EXPECT_TRUE(parse_json("{} \n").ok());
}

TEST(ParseJson, ReadsToTheDepthAllowedAndNoFurther) {
  EXPECT_TRUE(parse_json(nested(64)).ok());
  ASSERT_FALSE(parse_json(nested(65)).ok());
  EXPECT_EQ(parse_json(nested(65)).error().kind, ErrorKind::too_large);
  EXPECT_FALSE(parse_json(nested(1 << 20)).ok());
}

TEST(ParseJson, RefusesMoreBytesThanAllowed) {
  JsonLimits limits;
  limits.max_bytes = 4;

  EXPECT_TRUE(parse_json("[10]", limits).ok());
  EXPECT_EQ(parse_json("[100]", limits).error().kind, ErrorKind::too_large);
}

TEST(ParseJson, KeepsWholeNumbersThatFit64Bits) {
  EXPECT_EQ(*parse_json("9223372036854775807")->integer(), INT64_MAX);
  EXPECT_EQ(*parse_json("-9223372036854775808")->integer(), INT64_MIN);
  EXPECT_EQ(*parse_json("-0")->integer(), 0);
}

TEST(ParseJson, MakesANumberOfWhatIsLargerOrHasAFraction) {
  for (const char* text :
       {"9223372036854775808", "18446744073709551616", "-9223372036854775809", "1.0", "1e2"}) {
    const auto value = parse_json(text);
    ASSERT_TRUE(value.ok()) << text;
    EXPECT_EQ(value->integer(), nullptr) << text;
    EXPECT_NE(value->number(), nullptr) << text;
  }
}

TEST(ParseJson, RefusesANumberBeyondDouble) { EXPECT_FALSE(parse_json("1e999").ok()); }

TEST(ParseJson, RefusesWhatOnlyLooksLikeJson) {
  for (const char* text :
       {"",       " ",   "{",         "[1,]",        "{\"a\":1,}", "{a:1}",        "'a'",
        "01",     "+1",  ".5",        "1.",          "NaN",        "Infinity",     "// c\n1",
        "\"\t\"", "\"a", "\"\\x41\"", "\"\\ud800\"", "nul",        "\xef\xbb\xbf{"}) {
    EXPECT_FALSE(parse_json(text).ok()) << text;
  }
}

TEST(ParseJson, RefusesTextThatIsNoUtf8) {
  EXPECT_FALSE(parse_json("\"\xc0\xaf\"").ok());
  EXPECT_FALSE(parse_json("\"\xed\xa0\x80\"").ok());
  EXPECT_FALSE(parse_json("\"\xe1\xba\"").ok());
}

TEST(WriteJson, IsReadBackEqual) {
  const JsonValue value = JsonObject{{"z", INT64_MIN},
                                     {"a", JsonArray{JsonValue(), true, "\"\\\n\u1ed9"}},
                                     {"half", JsonValue(JsonValue::Content(0.5))}};

  EXPECT_EQ(*parse_json(write_json(value)), value);
  EXPECT_EQ(*parse_json(write_json(value, 2)), value);
}

TEST(WriteJson, IsCompactOrOneMemberALine) {
  const JsonValue value = JsonObject{{"b", 1}, {"a", 2}};

  EXPECT_EQ(write_json(value), R"({"b":1,"a":2})");
  EXPECT_EQ(write_json(value, 1), "{\n \"b\": 1,\n \"a\": 2\n}");
}

TEST(JsonValue, GivesNothingAsAnotherType) {
  const JsonValue value = "text";

  EXPECT_EQ(value.integer(), nullptr);
  EXPECT_EQ(value.object(), nullptr);
  EXPECT_EQ(value.find("a"), nullptr);
  EXPECT_EQ(value.type_name(), "string");
}

}  // namespace
}  // namespace conglang
