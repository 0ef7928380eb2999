#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "content-server/api/publishing_bodies.h"
#include "content-server/api/release_writing.h"
#include "content-server/api/takedown_writing.h"
#include "tests/support/api/api_office.h"
#include "tests/support/api/small_publication.h"

namespace conglang::server {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class PublishingApi : public testing::Test {
 protected:
  void SetUp() override {
    office.set_up();
    ASSERT_EQ(office
                  .call(Method::put, "/api/groups/gate",
                        JsonObject{{"name", words("Cổng làng", "The gate")}})
                  .status,
              200);
  }

  std::string submit(const JsonValue& document) {
    const ApiAnswer made = office.post("/api/submissions", JsonObject{{"document", document}});
    EXPECT_EQ(made.status, 201) << write_json(made.body);
    return made.text("id");
  }

  ApiAnswer candidate_of(const std::string& submission) {
    return office.post("/api/submissions/" + submission + "/candidate", JsonObject{});
  }

  ApiAnswer approve(const std::string& submission, const ApiAnswer& candidate,
                    const SigningKey& key) {
    return office.post("/api/submissions/" + submission + "/approval",
                       JsonObject{{"body_sha256", candidate.text("sha256")},
                                  {"key_id", key.id()},
                                  {"signature", key.sign(candidate.text("body"))}});
  }

  // From the document to the screens.
  ApiAnswer publish(const std::string& submission) {
    office.clock.advance(std::chrono::seconds{5});
    const ApiAnswer released = approve(submission, candidate_of(submission), office.approver);
    EXPECT_EQ(released.status, 201) << write_json(released.body);
    return released;
  }

  std::string shown() {
    const ApiAnswer answer = office.get("/api/groups/gate/publication");
    return answer.status == 200 ? write_json(answer.body) : std::string();
  }

  std::string take_down(const std::string& item) {
    const ApiAnswer hidden = office.post(
        "/api/takedowns", JsonObject{{"kind", "item"}, {"target", item}, {"reason", "nhầm"}});
    EXPECT_EQ(hidden.status, 201) << write_json(hidden.body);
    return hidden.text("id");
  }

  std::size_t hidden_now() {
    const ApiAnswer answer = office.get("/api/takedowns");
    const JsonArray& groups = *answer.body.find("groups")->array();
    return groups.empty() ? 0 : groups.front().find("hidden")->array()->size();
  }

  bool was_told(const std::string& topic) const {
    return std::any_of(office.events.heard.begin(), office.events.heard.end(),
                       [&](const std::string& line) { return line.starts_with(topic); });
  }

  // {"sha256","length","extension"} of a file that was put into the library.
  JsonValue upload(const std::string& bytes, const std::string& extension, int status = 201) {
    const auto path = office.database.folder().path() / "incoming";
    std::ofstream(path, std::ios::binary) << bytes;
    Request request;
    request.method = Method::put;
    const Sha256Digest digest = sha256(std::string_view(bytes));
    request.path = "/api/assets/" + digest.hex() + "." + extension;
    request.headers = {{"origin", office.parts->origins().front()}, {"x-conglang", "1"}};
    request.cookies.emplace("__Host-conglang", office.cookie);
    request.is_secure = true;
    request.file = UploadedFile{path, static_cast<std::int64_t>(bytes.size()), digest};
    const ApiAnswer answer = office.send(request);
    EXPECT_EQ(answer.status, status) << write_json(answer.body);
    return answer.body;
  }

  ApiOffice office;
};

TEST_F(PublishingApi, WhatWasApprovedIsShownAndTheGroupIsTold) {
  const std::string id = submit(one_card());
  EXPECT_EQ(shown(), "");

  const ApiAnswer released = publish(id);

  EXPECT_EQ(released.text("state"), "released");
  EXPECT_TRUE(contains(shown(), "Hội làng"));
  EXPECT_TRUE(was_told("group:gate look"));
  const ApiAnswer detail = office.get("/api/submissions/" + id);
  EXPECT_EQ(detail.body.find("history")->array()->size(), 3u);
  EXPECT_EQ(*detail.body.find("submission")->find("state")->string(), "released");
}

TEST_F(PublishingApi, AnApprovalOnWhatIsNoLongerCurrentIsRefusedAndCanBeSignedAgain) {
  const std::string first = submit(one_card("Một"));
  const std::string second = submit(one_card("Hai"));
  const ApiAnswer stale = candidate_of(first);
  publish(second);

  EXPECT_EQ(approve(first, stale, office.approver).code(), "stale-approval");
  EXPECT_TRUE(contains(shown(), "Hai"));

  const ApiAnswer fresh = candidate_of(first);
  EXPECT_TRUE(contains(write_json(*fresh.body.find("differences")), "Một"));
  publish(first);
  EXPECT_TRUE(contains(shown(), "Một"));
  EXPECT_EQ(*office.get("/api/submissions/" + second)
                 .body.find("submission")
                 ->find("state")
                 ->string(),
            "superseded");
}

TEST_F(PublishingApi, ASignatureByAnotherKeyOrOverOtherBytesPublishesNothing) {
  const std::string id = submit(one_card());
  const ApiAnswer candidate = candidate_of(id);
  const SigningKey stranger = SigningKey::generate();

  EXPECT_EQ(approve(id, candidate, stranger).code(), "not-your-key");
  EXPECT_EQ(approve(id, candidate, office.root_key).code(), "not-your-key");
  EXPECT_EQ(office
                .post("/api/submissions/" + id + "/approval",
                      JsonObject{{"body_sha256", candidate.text("sha256")},
                                 {"key_id", office.approver.id()},
                                 {"signature", office.approver.sign("something else")}})
                .code(),
            "bad-signature");
  EXPECT_EQ(office
                .post("/api/submissions/" + id + "/approval",
                      JsonObject{{"body_sha256", sha256("other").hex()},
                                 {"key_id", office.approver.id()},
                                 {"signature", office.approver.sign(candidate.text("body"))}})
                .code(),
            "stale-approval");
  EXPECT_EQ(shown(), "");
}

TEST_F(PublishingApi, WhatIsHiddenIsHiddenAtOnceAndComesBackOnlyByASignature) {
  publish(submit(one_card()));
  const std::string act = take_down("card");
  EXPECT_TRUE(was_told("kiosks look"));
  EXPECT_EQ(hidden_now(), 1u);

  // A new release alone takes nothing back, whatever its document claims.
  JsonValue claims = one_card("Khác");
  std::get<JsonObject>(claims.content()).emplace_back("reinstated", JsonArray{act});
  publish(submit(claims));
  EXPECT_EQ(hidden_now(), 1u);

  const ApiAnswer asked =
      office.post("/api/takedowns/reinstatement",
                  JsonObject{{"group", "gate"}, {"takedowns", JsonArray{act}}});
  ASSERT_EQ(asked.status, 201) << write_json(asked.body);
  EXPECT_EQ(hidden_now(), 1u);
  publish(asked.text("id"));
  EXPECT_EQ(hidden_now(), 0u);

  // And it stays back with the release after it.
  publish(submit(one_card("Sau")));
  EXPECT_EQ(hidden_now(), 0u);
}

TEST_F(PublishingApi, AnActThatCouldNotBePublishedIsPublishedLaterAndKnownAllTheWhile) {
  publish(submit(one_card()));
  const auto folder = office.repository.folder() / "targets/takedown";
  std::filesystem::remove_all(folder);
  std::ofstream(folder) << "in the way";
  office.is_disk_ill = true;
  const ApiAnswer hidden = office.post(
      "/api/takedowns", JsonObject{{"kind", "item"}, {"target", "card"}, {"reason", "nhầm"}});
  EXPECT_EQ(hidden.status, 500) << write_json(hidden.body);
  EXPECT_FALSE(was_told("kiosks look"));
  EXPECT_EQ(hidden_now(), 1u);

  office.is_disk_ill = false;
  std::filesystem::remove(folder);
  Transactions& transactions = office.parts->transactions;
  EXPECT_TRUE(publish_takedowns(transactions, office.repository, office.clock).value());

  const auto state = office.repository.published(office.clock.now());
  EXPECT_TRUE(state->takedown->files.contains("takedown/list.json"));
  EXPECT_FALSE(publish_takedowns(transactions, office.repository, office.clock).value())
      << "the same list again is no new version";
}

TEST_F(PublishingApi, AnEarlierReleaseBecomesANewVersion) {
  const ApiAnswer first = publish(submit(one_card("Đầu")));
  publish(submit(one_card("Sau")));
  const std::int64_t version = *first.body.find("version")->integer();

  const ApiAnswer again = office.post("/api/releases/" + std::to_string(version) + "/again");
  ASSERT_EQ(again.status, 201);
  const ApiAnswer released = publish(again.text("id"));

  EXPECT_GT(*released.body.find("version")->integer(), version);
  EXPECT_TRUE(contains(shown(), "Đầu"));
  const ApiAnswer list = office.get("/api/releases");
  EXPECT_EQ(list.body.find("releases")->array()->size(), 3u);
  const ApiAnswer detail =
      office.get("/api/releases/" + std::to_string(*released.body.find("version")->integer()));
  EXPECT_TRUE(contains(write_json(*detail.body.find("differences")), "Đầu"));
  EXPECT_EQ(office.get("/api/releases/77").status, 404);
  EXPECT_EQ(office.get("/api/releases/7x").status, 400);
}

TEST_F(PublishingApi, WhoSubmittedMayWithdrawAndAnApproverMaySendBackWithWords) {
  const std::string first = submit(one_card());
  EXPECT_EQ(office
                .post("/api/submissions/" + first + "/return",
                      JsonObject{{"reason", "Thiếu tiếng Anh"}})
                .text("state"),
            "returned");
  EXPECT_EQ(candidate_of(first).code(), "wrong-state");

  const std::string second = submit(one_card());
  EXPECT_EQ(office.post("/api/submissions/" + second + "/withdrawal").text("state"),
            "withdrawn");
  EXPECT_EQ(office.post("/api/submissions/" + second + "/withdrawal").code(), "wrong-state");
  EXPECT_EQ(
      office.get("/api/submissions?state=withdrawn").body.find("submissions")->array()->size(),
      1u);
}

TEST_F(PublishingApi, ADocumentWithoutItsFilesOrItsGroupIsRefusedWithThePlaces) {
  const std::string png = "\x89PNG\r\n\x1a\n and so on";
  const JsonObject asset{{"id", "picture"},
                         {"kind", "image"},
                         {"sha256", sha256(std::string_view(png)).hex()},
                         {"length", static_cast<std::int64_t>(png.size())},
                         {"extension", "png"},
                         {"credit", "test"},
                         {"licence", "CC-BY-4.0"}};
  const JsonValue document = document_of(
      {text_item("card", "Hội"),
       JsonObject{
           {"id", "picture"}, {"kind", "image"}, {"asset", "picture"}, {"duration_ms", 1000}}},
      {asset});
  const ApiAnswer refused = office.post("/api/submissions", JsonObject{{"document", document}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_TRUE(contains(write_json(refused.body), "/assets/0"));

  upload(png, "png");
  upload(png, "png");  // the same file again
  publish(submit(document));
  EXPECT_TRUE(std::filesystem::exists(office.repository.folder() / "targets" / "assets" /
                                      (sha256(std::string_view(png)).hex() + "." +
                                       sha256(std::string_view(png)).hex() + ".png")) ||
              std::filesystem::exists(office.repository.folder() / "targets/assets" /
                                      (sha256(std::string_view(png)).hex() + ".png")));

  JsonValue other = one_card();
  for (auto& [name, value] : std::get<JsonObject>(other.content())) {
    if (name == "group") value = "nowhere";
  }
  EXPECT_TRUE(contains(
      write_json(office.post("/api/submissions", JsonObject{{"document", other}}).body),
      "/group"));
}

TEST_F(PublishingApi, AFileThatIsNotWhatItsNameSaysIsRefused) {
  EXPECT_EQ(*upload("no picture at all", "png", 422).find("error")->find("code")->string(),
            "wrong-format");
  upload("", "png", 400);
  upload("MZ this is a program", "exe", 422);
}

TEST_F(PublishingApi, AnUrgentMessageIsSignedShownAndEndsByItself) {
  publish(submit(one_card()));
  const auto candidate = [&](const JsonValue& change) {
    office.clock.advance(std::chrono::seconds{2});
    return office.post("/api/urgent-messages/candidate", change);
  };
  const auto sign = [&](const ApiAnswer& made, const SigningKey& key) {
    return office.post("/api/urgent-messages",
                       JsonObject{{"body", made.text("body")},
                                  {"key_id", key.id()},
                                  {"signature", key.sign(made.text("body"))},
                                  {"documents", *made.body.find("documents")}});
  };
  const auto said = [&] {
    return office.get("/api/urgent-messages").body.find("messages")->array()->size();
  };
  const JsonObject storm{
      {"add", JsonObject{{"title", words("Cảnh báo mưa bão", "Storm warning")},
                         {"lasting_minutes", 30}}}};

  const ApiAnswer open = candidate(
      JsonObject{{"add", JsonObject{{"title", words("{event} không diễn ra", "Cancelled")},
                                    {"lasting_minutes", 30}}}});
  EXPECT_EQ(open.code(), "open-field");

  const ApiAnswer made = candidate(storm);
  EXPECT_EQ(sign(made, SigningKey::generate()).code(), "not-your-key");
  EXPECT_EQ(said(), 0u);
  EXPECT_EQ(sign(made, office.approver).status, 201);
  EXPECT_EQ(said(), 1u);
  EXPECT_TRUE(was_told("kiosks look"));
  EXPECT_EQ(sign(made, office.approver).code(), "stale-approval");

  const ApiAnswer two = candidate(storm);
  EXPECT_EQ(sign(two, office.approver).status, 201);
  EXPECT_EQ(said(), 2u);
  const ApiAnswer messages = office.get("/api/urgent-messages");
  const JsonValue first = *messages.body.find("messages")->array()->front().find("id");
  const ApiAnswer ended = candidate(JsonObject{{"end", JsonArray{first}}});
  EXPECT_EQ(sign(ended, office.approver).status, 201);
  EXPECT_EQ(said(), 1u);
  EXPECT_EQ(candidate(JsonObject{{"end", JsonArray{first}}}).status, 404);

  office.clock.advance(std::chrono::minutes{31});
  EXPECT_EQ(said(), 0u);
}

TEST_F(PublishingApi, ACorrectionStandsBeforeEveryPlaylistAndTheOldOnesGo) {
  publish(submit(one_card()));
  const JsonObject correction{{"group", "gate"},
                              {"title", words("Đính chính", "Correction")},
                              {"text", words("Giờ mở cửa là 8 giờ.", "It opens at 8.")},
                              {"lasting_days", 1}};
  const ApiAnswer asked = office.post("/api/corrections", correction);
  ASSERT_EQ(asked.status, 201) << write_json(asked.body);
  publish(asked.text("id"));
  EXPECT_TRUE(contains(shown(), "Giờ mở cửa là 8 giờ."));

  office.clock.advance(std::chrono::hours{25});
  ASSERT_EQ(office.sign_in("lan").status, 200);
  JsonObject later = correction;
  later[2].second = words("Giờ mở cửa là 9 giờ.", "It opens at 9.");
  publish(office.post("/api/corrections", later).text("id"));
  EXPECT_FALSE(contains(shown(), "8 giờ"));
  EXPECT_TRUE(contains(shown(), "9 giờ"));
}

TEST_F(PublishingApi, TemplatesHaveBothLanguagesAndTheSameFieldsInBoth) {
  const ApiAnswer answer = office.get("/api/message-templates");
  for (const JsonValue& one : *answer.body.find("templates")->array()) {
    const std::string id = *one.find("id")->string();
    for (const JsonValue& field : *one.find("fields")->array()) {
      const std::string open = "{" + *field.find("name")->string() + "}";
      for (const char* language : {"vi", "en"}) {
        const std::string all = *one.find("title")->find(language)->string() +
                                *one.find("text")->find(language)->string();
        EXPECT_TRUE(contains(all, open)) << id << " " << language << " " << open;
      }
    }
  }
}

// The power went between the approval and the files.
TEST_F(PublishingApi, AReleaseThatWasInterruptedIsFinishedAtTheNextStart) {
  const std::string id = submit(one_card());
  const ApiAnswer candidate = candidate_of(id);
  const Approval approval{SubmissionId(id), parse_sha256(candidate.text("sha256")).value(),
                          office.approver.id(), office.approver.sign(candidate.text("body"))};
  const Status kept =
      office.database->write(Durability::power_cut, [&](const Stores& stores) -> Status {
        const auto release =
            server::approve(publishing_desk_of(stores, "person:x", office.clock.now()),
                            office.repository, approval, false);
        return release ? Status{} : Status(release.error());
      });
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(shown(), "");
  // Meanwhile nothing else may be approved.
  const std::string other = submit(one_card("Khác"));
  EXPECT_EQ(approve(other, candidate_of(other), office.approver).code(), "stale-approval");

  office.clock.advance(std::chrono::seconds{3});
  ASSERT_TRUE(
      resume_releases(*office.database, office.repository, office.clock, office.clock.now())
          .ok());

  EXPECT_TRUE(contains(shown(), "Hội làng"));
  publish(other);
  EXPECT_TRUE(contains(shown(), "Khác"));
}

TEST_F(PublishingApi, PlaysWithoutTheOfficeForAsLongAsItsSettingsSay) {
  const std::string id = submit(one_card());
  EXPECT_TRUE(contains(candidate_of(id).text("publication"), "2026-12-23T"));
  office.parts->offline_days = 90;
  EXPECT_TRUE(contains(candidate_of(id).text("publication"), "2027-02-21T"));
}

TEST_F(PublishingApi, ALargeBodyIsNotEvenReadFromAStranger) {
  int large = 0;
  for (const Route& route : office.routes.all()) {
    const bool is_open = route.pattern == "/api/setup";
    if (!route.pattern.starts_with("/api/") || is_open || route.body.most_bytes <= 64 << 10) {
      continue;
    }
    ++large;
    ASSERT_TRUE(route.before_body) << route.pattern;
    EXPECT_EQ(route.before_body(Request())->status, 401) << route.pattern;
  }
  EXPECT_GE(large, 4) << "submissions, uploads, urgent messages, roots";
}

// With a colleague's session and a key of one's own one person would be two.
TEST_F(PublishingApi, ASignatureIsTakenFromWhoMadeItAndFromNobodyElse) {
  const std::string id = submit(one_card());
  const ApiAnswer candidate = candidate_of(id);
  const SigningKey colleagues = SigningKey::generate();
  const ApiAnswer invited = office.post(
      "/api/people", JsonObject{{"name", "Nam"}, {"rights", JsonObject{{"approver", true}}}});
  JsonValue accepted = office.credentials("nam", colleagues);
  std::get<JsonObject>(accepted.content()).emplace_back("token", invited.text("token"));
  ASSERT_EQ(office.post("/api/invitations/accept", accepted).status, 200)
      << write_json(invited.body);
  ASSERT_EQ(office.sign_in("nam").status, 200);

  EXPECT_EQ(approve(id, candidate, office.approver).code(), "not-your-key");
  EXPECT_EQ(shown(), "");

  ASSERT_EQ(office.sign_in("lan").status, 200);
  EXPECT_EQ(approve(id, candidate, office.approver).status, 201);
}

TEST(PublishingApiOfTwo, WhoSubmittedMayNotApprove) {
  ApiOffice office;
  office.set_up(true);
  ASSERT_EQ(office
                .call(Method::put, "/api/groups/gate",
                      JsonObject{{"name", words("Cổng làng", "The gate")}})
                .status,
            200);
  const std::string id =
      office.post("/api/submissions", JsonObject{{"document", one_card()}}).text("id");
  const ApiAnswer candidate =
      office.post("/api/submissions/" + id + "/candidate", JsonObject{});

  const ApiAnswer refused =
      office.post("/api/submissions/" + id + "/approval",
                  JsonObject{{"body_sha256", candidate.text("sha256")},
                             {"key_id", office.approver.id()},
                             {"signature", office.approver.sign(candidate.text("body"))}});

  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.code(), "second-person");
}

}  // namespace
}  // namespace conglang::server
