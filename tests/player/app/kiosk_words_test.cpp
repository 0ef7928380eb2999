#include "player/app/kiosk_words.h"

#include <gtest/gtest.h>

#include "player/app/identify_card.h"
#include "tests/player/store/crash_folder.h"

namespace conglang::player {
namespace {

constexpr Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 28}};
const std::string kToken(64, 'a');

class MachineClock final : public Clock {
 public:
  Instant time = kNow;
  Instant now() const override { return time; }
  MonotonicTime monotonic() const override { return MonotonicTime{std::chrono::hours{1}}; }
};

class KioskWordsTest : public testing::Test {
 protected:
  KioskWords open() {
    return KioskWords({enrolment_, nullptr, folder_, clock_, commands_, random_bytes,
                       [](Instant) { return Heartbeat{}; },
                       []() -> Result<RootMetadata> {
                         return Error{ErrorKind::missing, ""};
                       },
                       [] { return true; }});
  }

  static HeartbeatAnswer answer() {
    HeartbeatAnswer said;
    said.time = kNow;
    said.name = "cong-dinh";
    said.group = GroupId("gate");
    return said;
  }

  CrashFolder folder_;
  MachineClock machine_;
  OfficeClock clock_{machine_};
  CommandMemory commands_{folder_};
  Enrolment enrolment_{
      "https://192.0.2.1:8443", "", "{root}", KioskId("k1"), "cong-dinh", kToken,
      GroupId("gate")};
};

std::string words_of(const NoticeCard& card) {
  std::string words = card.label.vi + card.title.vi + (card.text ? card.text->vi : "");
  for (const auto& [label, value] : card.facts) words += label.vi + value.vi;
  return words;
}

TEST_F(KioskWordsTest, ShowsOnlyTheNameThatWasGrantedWhateverAHeartbeatSays) {
  KioskWords words = open();
  HeartbeatAnswer said = answer();
  said.name = "PAY 100 TO X";

  ASSERT_TRUE(words.hear(write_json(write(said))));

  EXPECT_EQ(identify_card(enrolment_).title.vi, "cong-dinh");
  EXPECT_EQ(words_of(identify_card(enrolment_)).find("PAY"), std::string::npos);
  const auto kept = load_enrolment(folder_);
  EXPECT_TRUE(!kept || !*kept || (*kept)->name == "cong-dinh");
}

TEST_F(KioskWordsTest, ShowsTheIdWhenNoNameWasGranted) {
  enrolment_.name.clear();
  KioskWords words = open();

  ASSERT_TRUE(words.hear(write_json(write(answer()))));

  EXPECT_EQ(identify_card(enrolment_).title.vi, "k1");
}

}  // namespace
}  // namespace conglang::player
