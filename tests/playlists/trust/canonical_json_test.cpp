#include "playlists/trust/canonical_json.h"

#include <gtest/gtest.h>

namespace conglang {
namespace {

std::string canonical(std::string_view text) {
  const Result<JsonValue> value = parse_json(text);
  if (!value.ok()) return "not read: " + value.error().message;
  const Result<std::string> bytes = canonical_json(*value);
  return bytes.ok() ? *bytes : "refused";
}

TEST(CanonicalJson, SortsMembersAndDropsWhiteSpace) {
  EXPECT_EQ(canonical(R"( { "b" : [ 1 , -2 ] , "a" : { "z": null, "A": true } } )"),
            R"({"a":{"A":true,"z":null},"b":[1,-2]})");
}

TEST(CanonicalJson, EscapesTheQuoteAndTheBackslashAlone) {
  EXPECT_EQ(canonical(R"({"t":"a\"b\\c\/d\n\u0001"})"), "{\"t\":\"a\\\"b\\\\c/d\n\x01\"}");
}

TEST(CanonicalJson, KeepsVietnameseAsItIs) {
  EXPECT_EQ(canonical(R"({"tên":"xã H\u00f2a Phong, ph\u1ed1 Nối"})"),
            R"({"tên":"xã Hòa Phong, phố Nối"})");
}

TEST(CanonicalJson, SortsByCodePointNotByUtf16Unit) {
  // U+FF5E comes before U+10000, though its UTF-16 unit is the greater.
  EXPECT_EQ(canonical("{\"\xF0\x90\x80\x80\":1,\"\xEF\xBD\x9E\":2,\"Đ\":3,\"d\":4}"),
            "{\"d\":4,\"Đ\":3,\"\xEF\xBD\x9E\":2,\"\xF0\x90\x80\x80\":1}");
}

TEST(CanonicalJson, KeepsIntegersUpToTheirEdges) {
  EXPECT_EQ(canonical("[0,9007199254740992,-9223372036854775808,9223372036854775807]"),
            "[0,9007199254740992,-9223372036854775808,9223372036854775807]");
}

TEST(CanonicalJson, RefusesNumbersThatAreNoIntegers) {
  EXPECT_EQ(canonical("[1.5]"), "refused");
  EXPECT_EQ(canonical(R"({"a":{"b":1e3}})"), "refused");
}

TEST(CanonicalJson, WritesEmptyThings) {
  EXPECT_EQ(canonical(R"({"a":[],"b":{},"c":""})"), R"({"a":[],"b":{},"c":""})");
}

}  // namespace
}  // namespace conglang
