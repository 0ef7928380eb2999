#include "player/setup/enrolment_talk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>

#include "playlists/trust/public_key.h"

namespace conglang::player {
namespace {

Instant at(const char* text) { return *parse_instant(text); }

// The office's side of the contract, with everything it is asked written down.
class FakeOffice {
 public:
  EnrolmentAnchors anchors{"-----BEGIN CERTIFICATE-----", "{\"root\":1}"};
  EnrolmentState state = EnrolmentState::waiting;
  std::optional<Error> trouble;  // instead of any answer
  std::string offer_id = "en-1";
  int offers = 0;
  EnrolmentReveal revealed;
  std::vector<bool> believed_anybody;  // by connection
  std::vector<std::string> paths;

  ConnectOffice way() {
    return [this](const std::optional<EnrolmentAnchors>& proof) -> Result<AskOffice> {
      believed_anybody.push_back(!proof);
      return AskOffice(
          [this](const std::string& path, const std::string& body) { return ask(path, body); });
    };
  }

  Bytes32 nonce() const {
    Bytes32 made{};
    made.fill(7);
    return made;
  }

  // What its own screen shows the officer.
  std::string number() const { return comparison_number({revealed, anchors, nonce()}); }

 private:
  Result<std::string> ask(const std::string& path, const std::string& body) {
    paths.push_back(path);
    if (trouble) return *trouble;
    const JsonValue json = *parse_json(body);
    if (path == "/kiosk/enrolments") return offer(*read_enrolment_request(json));
    if (path.ends_with("/reveal")) return reveal(*read_enrolment_reveal(json));
    if (path.ends_with("/poll")) return poll(*read_enrolment_poll(json));
    return Error{ErrorKind::missing, path, "status-404"};
  }

  std::string offer(const EnrolmentRequest& request) {
    ++offers;
    committed_ = request.commitment;
    EnrolmentOffer made{offer_id, "K7M2-Q9XD", nonce(), at("2026-11-23T10:15:00Z"),
                        "https://o.example/enrol#K7M2"};
    return write_json(write(made));
  }

  Result<std::string> reveal(const EnrolmentReveal& said) {
    if (commitment_of(said) != committed_) return Error{ErrorKind::untrusted, "commitment", ""};
    revealed = said;
    return write_json(write(anchors));
  }

  Result<std::string> poll(const EnrolmentPoll& said) {
    const PublicKey key{"ed25519", "ed25519", revealed.public_key};
    if (!is_signed_by(key, enrolment_poll_text(offer_id, nonce()), said.signature)) {
      return Error{ErrorKind::untrusted, "signature", "status-403"};
    }
    EnrolmentProgress progress{state, std::nullopt};
    if (state == EnrolmentState::confirmed) {
      progress.grant =
          KioskGrant{KioskId{"k-1"}, "Nhà văn hoá", GroupId{"gate"}, std::string(64, 'a')};
    }
    return write_json(write(progress));
  }

  Sha256Digest committed_;
};

class EnrolmentTalkTest : public testing::Test {
 protected:
  KioskKey key_{KioskKey::Seed{1, 2, 3}};
  FakeOffice office_;
  EnrolmentTalk talk_{{"https://o.example", "conglang-player 1", key_,
                       [](std::span<std::uint8_t> bytes) { std::ranges::fill(bytes, 9); },
                       office_.way()}};
};

TEST_F(EnrolmentTalkTest, ShowsTheNumberThatTheOfficeShows) {
  const EnrolmentView view = talk_.step();

  EXPECT_EQ(view.stage, EnrolmentStage::waiting);
  EXPECT_EQ(view.code, "K7M2-Q9XD");
  EXPECT_EQ(view.number, office_.number());
  EXPECT_FALSE(talk_.enrolment());
}

TEST_F(EnrolmentTalkTest, ShowsAnotherNumberWhenSomebodyBetweenChangesTheRoot) {
  talk_.step();
  office_.anchors.root = "{\"root\":2}";

  EXPECT_NE(talk_.view().number, office_.number());
}

TEST_F(EnrolmentTalkTest, BelievesOnlyTheNamedAuthorityAfterItIsNamed) {
  talk_.step();
  talk_.step();

  EXPECT_EQ(office_.believed_anybody, (std::vector<bool>{true, false}));
}

TEST_F(EnrolmentTalkTest, KeepsWhatTheOfficeGaveOnceItIsConfirmed) {
  talk_.step();
  EXPECT_EQ(talk_.step().stage, EnrolmentStage::waiting);
  office_.state = EnrolmentState::confirmed;

  EXPECT_EQ(talk_.step().stage, EnrolmentStage::confirmed);

  ASSERT_TRUE(talk_.enrolment());
  EXPECT_EQ(*talk_.enrolment(),
            (Enrolment{"https://o.example", office_.anchors.ca_pem, office_.anchors.root,
                       KioskId{"k-1"}, "Nhà văn hoá", std::string(64, 'a'), GroupId{"gate"}}));
}

TEST_F(EnrolmentTalkTest, AsksNothingMoreAfterItWasRefused) {
  talk_.step();
  office_.state = EnrolmentState::refused;
  EXPECT_EQ(talk_.step().stage, EnrolmentStage::refused);
  const auto asked = office_.paths.size();

  EXPECT_EQ(talk_.step().stage, EnrolmentStage::refused);

  EXPECT_EQ(office_.paths.size(), asked);
  EXPECT_FALSE(talk_.enrolment());
}

TEST_F(EnrolmentTalkTest, GetsAnotherCodeWhenOneExpires) {
  talk_.step();
  office_.state = EnrolmentState::expired;
  EXPECT_EQ(talk_.step().stage, EnrolmentStage::expired);

  EXPECT_EQ(talk_.step().stage, EnrolmentStage::waiting);

  EXPECT_EQ(office_.offers, 2);
}

TEST_F(EnrolmentTalkTest, GetsAnotherCodeWhenTheOfficeForgotTheEnrolment) {
  talk_.step();
  office_.trouble = Error{ErrorKind::missing, "gone", "status-404"};
  EXPECT_EQ(talk_.step().stage, EnrolmentStage::expired);
  office_.trouble.reset();

  EXPECT_EQ(talk_.step().stage, EnrolmentStage::waiting);
}

TEST_F(EnrolmentTalkTest, KeepsItsCodeWhileTheNetworkIsAway) {
  const std::string code = talk_.step().code;
  office_.trouble = Error{ErrorKind::missing, "no way", "unreachable"};

  const EnrolmentView away = talk_.step();
  EXPECT_EQ(away.stage, EnrolmentStage::waiting);
  EXPECT_EQ(away.code, code);
  EXPECT_EQ(away.trouble, "unreachable");

  office_.trouble.reset();
  EXPECT_EQ(talk_.step().trouble, "");
}

TEST_F(EnrolmentTalkTest, SaysWhyItCannotBeginAndTriesAgain) {
  office_.trouble = Error{ErrorKind::missing, "no name", "dns"};
  EXPECT_EQ(talk_.step().stage, EnrolmentStage::unreachable);
  EXPECT_EQ(talk_.view().trouble, "dns");
  office_.trouble.reset();

  EXPECT_EQ(talk_.step().stage, EnrolmentStage::waiting);
  EXPECT_EQ(talk_.view().trouble, "");
}

TEST_F(EnrolmentTalkTest, AsksNoPathThatAnIdLeadsAstray) {
  office_.offer_id = "../../etc";

  EXPECT_EQ(talk_.step().stage, EnrolmentStage::unreachable);

  EXPECT_EQ(office_.paths, (std::vector<std::string>{"/kiosk/enrolments"}));
}

TEST(InstallStickTest, EnrolsWithOneSignedQuestionToTheServerItNames) {
  const KioskKey key{KioskKey::Seed{4}};
  const InstallStick stick{"https://o.example", {"pem", "{}"}, std::string(64, 'b')};
  std::optional<EnrolmentAnchors> believed;
  StickEnrolment asked;
  const ConnectOffice way = [&](const std::optional<EnrolmentAnchors>& anchors) {
    believed = anchors;
    return Result<AskOffice>([&](const std::string& path, const std::string& body) {
      EXPECT_EQ(path, "/kiosk/enrolments/stick");
      asked = *read_stick_enrolment(*parse_json(body));
      return Result<std::string>(write_json(
          write(KioskGrant{KioskId{"k-2"}, "Chợ", GroupId{"g"}, std::string(64, 'c')})));
    });
  };

  const auto enrolment =
      enrol_with_stick(stick, {"https://o.example", "p", key, random_bytes, way});

  ASSERT_TRUE(enrolment.ok());
  EXPECT_EQ(enrolment->kiosk, KioskId{"k-2"});
  EXPECT_EQ(enrolment->authorities_pem, "pem");
  EXPECT_EQ(believed, stick.anchors);
  EXPECT_TRUE(is_signed_by(
      key.public_key(), stick_enrolment_text(stick.token, asked.public_key), asked.signature));
}

}  // namespace
}  // namespace conglang::player
