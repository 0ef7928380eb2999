// What keys sign, and that nothing else passes for it. The numbers here were worked out with
// another program (Python's hashlib), so that an old kiosk and a new office agree.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/playlists/wire/wire_messages.h"
#include "tests/support/test_repository.h"

namespace conglang {
namespace {

// The key's bytes as the wire carries them.
const Bytes32& bytes_of(const TestKey& key) { return key.public_key().bytes; }

ComparedThings compared_things() {
  return {{wire_bytes(0), wire_bytes(32)},
          {"-----BEGIN CERTIFICATE-----\n", "{\"signed\":{}}"},
          wire_bytes(64)};
}

TEST(ComparisonNumber, IsWhatAnotherProgramWorksOut) {
  ComparedThings things = compared_things();
  EXPECT_EQ(comparison_number(things), "1397 1351");
  things.office = {"", "r"};
  EXPECT_EQ(comparison_number(things), "1195 4155");
  things.office.root = "r732";
  EXPECT_EQ(comparison_number(things), "0007 6884") << "eight digits, whatever they are";
}

TEST(ComparisonNumber, ChangesWithEverythingThatIsCompared) {
  std::set<std::string> numbers{comparison_number(compared_things())};
  std::size_t changed = 1;
  const auto try_out = [&](const auto& change) {
    ComparedThings things = compared_things();
    change(things);
    numbers.insert(comparison_number(things));
    ++changed;
  };
  for (std::size_t i = 0; i < 32; ++i) {
    try_out([i](ComparedThings& things) { things.kiosk.public_key[i] ^= 1; });
    try_out([i](ComparedThings& things) { things.kiosk.nonce[i] ^= 128; });
    try_out([i](ComparedThings& things) { things.office_nonce[i] ^= 1; });
  }
  try_out([](ComparedThings& things) { things.office.ca_pem += "\n"; });
  try_out([](ComparedThings& things) { things.office.root += "\n"; });
  try_out([](ComparedThings& things) { std::swap(things.office.ca_pem, things.office.root); });
  try_out([](ComparedThings& things) { things.kiosk.nonce.swap(things.office_nonce); });
  try_out([](ComparedThings& things) { things.kiosk.nonce.swap(things.kiosk.public_key); });

  EXPECT_EQ(numbers.size(), changed);
}

TEST(Commitment, IsWhatAnotherProgramWorksOutAndBindsBothParts) {
  EnrolmentReveal reveal{wire_bytes(0), wire_bytes(32)};
  EXPECT_EQ(commitment_of(reveal).hex(),
            "08a63465a3a855281bab0ddea536dde3519aa34229b7ba5e2bc77ab7a55d7ba0");
  const Sha256Digest whole = commitment_of(reveal);
  reveal.nonce.swap(reveal.public_key);
  EXPECT_NE(commitment_of(reveal), whole);
}

TEST(SignedTexts, AreAsTheyWereSinceTheFirstKiosk) {
  const std::string nonce = hex_of(wire_bytes(64));
  EXPECT_EQ(enrolment_poll_text("e1", wire_bytes(64)),
            "conglang enrolment poll 1\ne1\n" + nonce);
  EXPECT_EQ(stick_enrolment_text("t", wire_bytes(64)),
            "conglang enrolment stick 1\nt\n" + nonce);
  EXPECT_EQ(token_request_text(KioskId("k1"), 9), "conglang token 1\nk1\n9");
  EXPECT_EQ(signed_time_text(wire_bytes(64), kWireNow),
            "conglang time 1\n" + nonce + "\n2026-11-23T10:00:00.123Z");
  RecordBatch batch = wire_batch();
  batch.plays.front().asset.clear();
  EXPECT_EQ(record_batch_text(batch),
            "conglang records 1\n"
            R"({"events":[{"at":"2026-11-23T10:00:00.123Z","detail":"đã mất","id":"x1",)"
            R"("kind":"missing","subject":"a.png"}],"format":1,"kiosk":"k1",)"
            R"("plays":[{"clock_trust":"network","frames_late":2,"frames_shown":480,"id":"p1",)"
            R"("item":"gate-item","outcome":"failed","reason":"tệp \"hỏng\"","region":"main",)"
            R"("shown_ms":8000,"started_at":"2026-11-23T10:00:00.123Z","version":"v2"}],)"
            R"("sequence":7})");
}

class SignedBatchTest : public testing::Test {
 protected:
  // What the office finds out about these bytes.
  enum class Found { malformed, forged, genuine };
  Found judge(const std::string& bytes) const {
    const auto json = parse_json(bytes);
    if (!json) return Found::malformed;
    const auto read = read_signed_batch(*json);
    if (!read) return Found::malformed;
    return is_signed(*read, bytes_of(key_)) ? Found::genuine : Found::forged;
  }

  TestKey key_{"kiosk"}, other_{"another"};
  SignedBatch batch_{wire_batch(), key_.sign(record_batch_text(wire_batch()))};
};

TEST_F(SignedBatchTest, IsGenuineAsItWasWritten) {
  EXPECT_EQ(judge(write_signed_batch(batch_)), Found::genuine);
  EXPECT_FALSE(is_signed(batch_, bytes_of(other_)));
  EXPECT_FALSE(is_signed(batch_, Bytes32{}));
}

TEST_F(SignedBatchTest, NoBitOfItCanBeTurned) {
  const std::string whole = write_signed_batch(batch_);
  int forged = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string turned = whole;
      turned[i] = static_cast<char>(turned[i] ^ (1 << bit));
      const Found found = judge(turned);
      EXPECT_NE(found, Found::genuine) << "byte " << i << ", bit " << bit << ": " << turned;
      forged += found == Found::forged ? 1 : 0;
    }
  }
  EXPECT_GT(forged, 500) << "the signature, not only the form, must have refused some";
}

TEST_F(SignedBatchTest, NoByteOfItCanBeTakenOutOrDoubled) {
  const std::string whole = write_signed_batch(batch_);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string shorter = whole, longer = whole;
    shorter.erase(i, 1);
    longer.insert(i, 1, whole[i]);
    EXPECT_NE(judge(shorter), Found::genuine) << i;
    // The fourth digit of a second's fraction is cut: that says the same.
    const bool is_fraction = longer.substr(i < 3 ? 0 : i - 3, 6) == ".1233Z";
    EXPECT_EQ(judge(longer) == Found::genuine, is_fraction) << i;
    EXPECT_EQ(judge(whole.substr(0, i)), Found::malformed) << i;
  }
}

TEST_F(SignedBatchTest, ASignatureForAnotherPurposeIsNone) {
  for (const std::string& text :
       {write_signed_batch(batch_), record_batch_text(wire_batch()).substr(19),
        token_request_text(KioskId("k1"), 7), std::string()}) {
    batch_.signature = key_.sign(text);
    EXPECT_FALSE(is_signed(batch_, bytes_of(key_)));
  }
}

TEST_F(SignedBatchTest, SurvivesBlanksAndAnotherOrderOfMembers) {
  JsonValue json = parse_json(write_signed_batch(batch_)).value();
  auto& batch =
      std::get<JsonObject>(std::get<JsonObject>(json.content()).front().second.content());
  std::swap(batch.front(), batch.back());

  EXPECT_EQ(judge(write_json(json, 2)), Found::genuine);
}

TEST(TokenRequestSignature, CountsForOneKioskAndOneCounter) {
  const TestKey key("kiosk"), other("another");
  const TokenRequest request{KioskId("k1"), 9, key.sign(token_request_text(KioskId("k1"), 9))};
  EXPECT_TRUE(is_signed(request, bytes_of(key)));
  EXPECT_FALSE(is_signed(request, bytes_of(other)));
  TokenRequest changed = request;
  changed.counter = 10;
  EXPECT_FALSE(is_signed(changed, bytes_of(key)));
  changed = request;
  changed.kiosk = KioskId("k2");
  EXPECT_FALSE(is_signed(changed, bytes_of(key)));
}

class SignedTimeTest : public testing::Test {
 protected:
  SignedTimeTest() {
    for (const TestKey& key : {clock_, snapshot_})
      root_.keys.emplace(key.id(), key.public_key());
    root_.roles[Role::timestamp].key_ids = {clock_.id()};
    root_.roles[Role::snapshot].key_ids = {snapshot_.id()};
  }
  SignedTime answer_of(const TestKey& key, const TestKey& signer) const {
    return {kWireNow, key.id(), signer.sign(signed_time_text(question_.nonce, kWireNow))};
  }
  bool is_trusted(const SignedTime& answer) const {
    return check_signed_time(answer, question_, root_).ok();
  }

  TestKey clock_{"clock"}, snapshot_{"snapshot"}, stranger_{"stranger"};
  RootMetadata root_;
  TimeQuestion question_{wire_bytes(5)};
};

TEST_F(SignedTimeTest, CountsWhenTheTimestampKeySignedIt) {
  EXPECT_TRUE(is_trusted(answer_of(clock_, clock_)));
  EXPECT_FALSE(is_trusted(answer_of(clock_, stranger_)));
  EXPECT_FALSE(is_trusted(answer_of(stranger_, stranger_)));
  EXPECT_FALSE(is_trusted(answer_of(snapshot_, snapshot_))) << "a key of another role";
  root_.roles.clear();
  EXPECT_FALSE(is_trusted(answer_of(clock_, clock_)));
}

TEST_F(SignedTimeTest, AnswersOneQuestionWithOneTime) {
  SignedTime answer = answer_of(clock_, clock_);
  answer.time += Milliseconds{1};
  EXPECT_FALSE(is_trusted(answer));
  answer.time -= Milliseconds{1};
  question_.nonce = wire_bytes(6);
  const Status replayed = check_signed_time(answer, question_, root_);
  ASSERT_FALSE(replayed.ok());
  EXPECT_EQ(to_string(replayed.error().kind), "untrusted");
}

}  // namespace
}  // namespace conglang
