#include "playlists/trust/signed_document.h"

#include <gtest/gtest.h>

#include "playlists/trust/read_metadata.h"
#include "tests/support/test_repository.h"

namespace conglang {
namespace {

const TestKey kAnna("anna"), kBinh("binh"), kChi("chi"), kStranger("stranger");

// A root whose timestamp role has the three keys.
RootMetadata root_of_three() {
  TestRepository repository;
  repository.timestamp = {{kAnna, kBinh, kChi}, 2};
  return read_root(repository.root_body(1)).value();
}

JsonValue timestamp_body() {
  TestRepository repository;
  JsonObject body = TestRepository::head("timestamp", 1, repository.timestamp_expires);
  body.emplace_back("meta",
                    JsonObject{{"snapshot.json", JsonObject{{"version", std::int64_t{1}}}}});
  return body;
}

std::int64_t count(const std::string& bytes, const RootMetadata& root = root_of_three()) {
  return count_signatures(read_signed_document(bytes, Role::timestamp).value(), root,
                          Role::timestamp);
}

TEST(SignedDocument, CountsEachKeyOfTheRole) {
  EXPECT_EQ(count(signed_file(timestamp_body(), {})), 0);
  EXPECT_EQ(count(signed_file(timestamp_body(), {kAnna})), 1);
  EXPECT_EQ(count(signed_file(timestamp_body(), {kAnna, kChi})), 2);
  EXPECT_EQ(count(signed_file(timestamp_body(), {kAnna, kBinh, kChi})), 3);
}

TEST(SignedDocument, CountsAKeyOnceHoweverOftenItsIdIsRepeated) {
  EXPECT_EQ(count(signed_file(timestamp_body(), {kAnna, kAnna, kAnna})), 1);
}

TEST(SignedDocument, CountsAKeyOnceThoughItIsListedUnderTwoIds) {
  RootMetadata root = root_of_three();
  root.keys["another id"] = kAnna.public_key();
  root.roles[Role::timestamp].key_ids.insert("another id");
  const JsonValue body = timestamp_body();
  const std::string sig = kAnna.sign(canonical_json(body).value());
  const JsonArray signatures{JsonValue(JsonObject{{"keyid", kAnna.id()}, {"sig", sig}}),
                             JsonValue(JsonObject{{"keyid", "another id"}, {"sig", sig}})};
  const JsonValue envelope = JsonObject{{"signatures", signatures}, {"signed", body}};

  EXPECT_EQ(count(canonical_json(envelope).value(), root), 1);
}

TEST(SignedDocument, CountsNoKeyOutsideOfTheRole) {
  EXPECT_EQ(count(signed_file(timestamp_body(), {kStranger, TestKey("root"), kBinh})), 1);
}

TEST(SignedDocument, CountsNoSignatureOfOtherBytes) {
  std::string bytes = signed_file(timestamp_body(), {kAnna});
  bytes.replace(bytes.find("2026-12-01"), 10, "2036-12-01");

  EXPECT_EQ(count(bytes), 0);
}

TEST(SignedDocument, CountsASignatureOverUnknownMembersToo) {
  JsonValue body = timestamp_body();
  std::get<JsonObject>(body.content()).emplace_back("x-later", JsonArray{JsonValue("Ế")});

  EXPECT_EQ(count(signed_file(body, {kAnna})), 1);
}

TEST(SignedDocument, HoldsWhateverTheWhiteSpaceOfTheFileIs) {
  const std::string bytes = signed_file(timestamp_body(), {kAnna});

  EXPECT_EQ(count(write_json(parse_json(bytes).value(), 4) + "\n"), 1);
}

TEST(SignedDocument, RefusesWhatIsMalformed) {
  const std::string good = signed_file(timestamp_body(), {kAnna});
  const auto is_read = [](const std::string& bytes) {
    return read_signed_document(bytes, Role::timestamp).ok();
  };
  ASSERT_TRUE(is_read(good));

  EXPECT_FALSE(is_read(""));
  EXPECT_FALSE(is_read("null"));
  EXPECT_FALSE(is_read("[]"));
  EXPECT_FALSE(is_read("{}"));
  EXPECT_FALSE(is_read(good + "x"));
  EXPECT_FALSE(is_read(std::string(1000, '[') + std::string(1000, ']')));
  EXPECT_FALSE(is_read(R"({"signed":{},)" + good.substr(1)));  // a duplicate member
  EXPECT_FALSE(is_read(R"({"signed":{"_type":"timestamp"},"signatures":7})"));
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_FALSE(is_read(good.substr(0, length))) << "cut after " << length;
  }
}

TEST(SignedDocument, RefusesAnotherRoleOrMajorVersion) {
  const std::string good = signed_file(timestamp_body(), {kAnna});
  EXPECT_FALSE(read_signed_document(good, Role::snapshot).ok());

  std::string later = good;
  later.replace(later.find("1.0.34"), 6, "2.0.00");
  EXPECT_FALSE(read_signed_document(later, Role::timestamp).ok());
}

}  // namespace
}  // namespace conglang
