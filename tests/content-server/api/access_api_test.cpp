// People, sessions, units and the set-up as the page meets them.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>

#include "tests/support/api/api_office.h"

namespace conglang::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class AccessApiTest : public ::testing::Test {
 protected:
  void SetUp() override { office_.set_up(); }

  // Somebody new who accepted the invitation; returns the id.
  std::string join(const std::string& account, const JsonObject& rights) {
    const ApiAnswer invited = office_.post(
        "/api/people", JsonObject{{"name", "Người " + account}, {"rights", rights}});
    EXPECT_EQ(invited.status, 201) << write_json(invited.body);
    JsonObject acceptance = *office_.credentials(account, other_key_).object();
    acceptance.emplace_back("token", invited.text("token"));
    if (JsonValue(rights).find("approver") == nullptr) {
      std::erase_if(acceptance,
                    [](const auto& member) { return member.first == "locked_key"; });
    }
    const ApiAnswer accepted = office_.post("/api/invitations/accept", acceptance);
    EXPECT_EQ(accepted.status, 200) << write_json(accepted.body);
    return *invited.body.find("person")->find("id")->string();
  }

  void act_as(const std::string& account) {
    office_.cookie.clear();
    ASSERT_EQ(office_.sign_in(account).status, 200);
  }

  ApiOffice office_;
  SigningKey other_key_ = SigningKey::generate();
};

TEST_F(AccessApiTest, TheFirstPersonMayDoEverythingAndIsInTheList) {
  const ApiAnswer people = office_.get("/api/people");

  ASSERT_EQ(people.status, 200);
  ASSERT_EQ(people.body.find("people")->array()->size(), 1u);
  EXPECT_EQ(office_.get("/api/session").text("key_state"), "trusted");
  EXPECT_EQ(office_.get("/api/audit").status, 200);
}

TEST_F(AccessApiTest, AnInvitationIsAcceptedOnceAndGivesWhatItSaid) {
  const ApiAnswer invited = office_.post(
      "/api/people",
      JsonObject{{"name", "Trần Văn Bình"}, {"rights", JsonObject{{"author", true}}}});
  const JsonObject token{{"token", invited.text("token")}};

  EXPECT_EQ(office_.post("/api/invitations/look", token).status, 200);
  JsonObject acceptance = *office_.credentials("binh", other_key_).object();
  std::erase_if(acceptance, [](const auto& member) { return member.first == "locked_key"; });
  acceptance.emplace_back("token", invited.text("token"));
  EXPECT_EQ(office_.post("/api/invitations/accept", acceptance).status, 200);
  EXPECT_GE(office_.post("/api/invitations/accept", acceptance).status, 400);
  EXPECT_GE(office_.post("/api/invitations/look", token).status, 400);

  act_as("binh");
  EXPECT_EQ(office_.get("/api/people").status, 200);
  EXPECT_EQ(office_
                .post("/api/people",
                      JsonObject{{"name", "X"}, {"rights", JsonObject{{"author", true}}}})
                .code(),
            "not-allowed");
}

TEST_F(AccessApiTest, AnInvitationRunsOut) {
  const ApiAnswer invited = office_.post(
      "/api/people", JsonObject{{"name", "Bình"}, {"rights", JsonObject{{"author", true}}}});
  office_.clock.advance(hours{73});

  const ApiAnswer look =
      office_.post("/api/invitations/look", JsonObject{{"token", invited.text("token")}});

  EXPECT_GE(look.status, 400);
}

TEST_F(AccessApiTest, AnUnknownAccountAndAWrongPasswordLookTheSame) {
  office_.cookie.clear();
  const JsonValue wrong_key(std::string(64, 'a'));
  const ApiAnswer unknown =
      office_.post("/api/session", JsonObject{{"account", "nobody"}, {"login_key", wrong_key}});
  const ApiAnswer wrong =
      office_.post("/api/session", JsonObject{{"account", "lan"}, {"login_key", wrong_key}});

  EXPECT_EQ(unknown.status, wrong.status);
  EXPECT_EQ(write_json(unknown.body), write_json(wrong.body));
  const std::string salt = office_.get("/api/session/salt?account=nobody").text("salt");
  EXPECT_EQ(office_.get("/api/session/salt?account=nobody").text("salt"), salt);
  EXPECT_NE(office_.get("/api/session/salt?account=nobody-else").text("salt"), salt);
}

TEST_F(AccessApiTest, WhoeverGuessesWaitsLongerAndLongerButNeverForEver) {
  office_.cookie.clear();
  const JsonObject guess{{"account", "lan"}, {"login_key", std::string(64, 'b')}};
  int status = 0;
  for (int i = 0; i < 8 && status != 429; ++i)
    status = office_.post("/api/session", guess).status;
  EXPECT_EQ(status, 429);
  EXPECT_EQ(office_.sign_in("lan").status, 429);

  office_.clock.advance(minutes{16});

  EXPECT_EQ(office_.sign_in("lan").status, 200);
}

TEST_F(AccessApiTest, ASessionEndsWhenItIsToldToAndByItself) {
  const std::string first = office_.cookie;
  ASSERT_EQ(office_.sign_in("lan").status, 200);
  const std::string second = office_.cookie;
  EXPECT_EQ(office_.post("/api/sessions/end-others").status, 204);
  office_.cookie = first;
  EXPECT_EQ(office_.get("/api/session").status, 401);
  office_.cookie = second;
  EXPECT_EQ(office_.get("/api/sessions").body.find("sessions")->array()->size(), 1u);

  office_.clock.advance(hours{13});

  EXPECT_EQ(office_.get("/api/session").code(), "not-signed-in");
}

TEST_F(AccessApiTest, ANewPasswordEndsEverySessionButTheOneThatSetIt) {
  const std::string elsewhere = office_.cookie;
  ASSERT_EQ(office_.sign_in("lan").status, 200);
  JsonObject body = *office_.credentials("lan2", office_.approver).object();
  std::erase_if(body, [](const auto& member) {
    return member.first == "account" || member.first == "name";
  });
  body.emplace_back("old_login_key", ApiOffice::login_key("lan"));

  const ApiAnswer changed = office_.call(Method::put, "/api/session/password", body);

  EXPECT_EQ(changed.status, 200) << write_json(changed.body);
  office_.cookie = elsewhere;
  EXPECT_EQ(office_.get("/api/session").status, 401);
  EXPECT_EQ(office_.sign_in("lan").status, 401) << "the old password";
}

TEST_F(AccessApiTest, TheLastAdministratorStays) {
  const std::string own =
      *office_.get("/api/session").body.find("person")->find("id")->string();

  const ApiAnswer closed = office_.post("/api/people/" + own + "/close");

  EXPECT_EQ(closed.status, 409) << write_json(closed.body);
}

TEST_F(AccessApiTest, AClosedPersonIsSignedOutAtOnce) {
  const std::string lan = office_.cookie;
  const std::string id = join("binh", {{"author", true}});
  act_as("binh");
  const std::string binh = office_.cookie;
  office_.cookie = lan;

  EXPECT_EQ(office_.post("/api/people/" + id + "/close").status, 204);

  office_.cookie = binh;
  EXPECT_EQ(office_.get("/api/session").status, 401);
  office_.cookie.clear();
  EXPECT_GE(office_.sign_in("binh").status, 400);
}

TEST_F(AccessApiTest, AUnitWarnsWhenNobodyAnswersForIt) {
  const ApiAnswer unit =
      office_.post("/api/units", JsonObject{{"name", JsonObject{{"vi", "Đài truyền thanh"}}}});
  ASSERT_EQ(unit.status, 201) << write_json(unit.body);
  EXPECT_EQ(unit.text("warning"), "nobody");
  const std::string person = join("binh", {{"author", true}});

  const ApiAnswer handed = office_.post("/api/units/" + unit.text("id") + "/hand-over",
                                        JsonObject{{"person", person}});

  ASSERT_EQ(handed.status, 200) << write_json(handed.body);
  EXPECT_EQ(handed.text("warning"), "none");
}

TEST_F(AccessApiTest, SomebodyWhoOnlyLooksOnChangesNothing) {
  join("kiem", {{"read_only", true}});
  act_as("kiem");

  EXPECT_EQ(office_.get("/api/audit").status, 200);
  EXPECT_EQ(office_.post("/api/units", JsonObject{{"name", JsonObject{{"vi", "X"}}}}).code(),
            "not-allowed");
  EXPECT_EQ(
      office_
          .call(Method::put, "/api/office",
                JsonObject{{"name", JsonObject{{"vi", "X"}}}, {"timezone", "Asia/Ho_Chi_Minh"}})
          .code(),
      "not-allowed");
}

TEST_F(AccessApiTest, OddBodiesAreRefusedByName) {
  for (const char* body : {"", "{", "[]", "null", "{\"name\":1}", "\"\\ud800\"",
                           "{\"name\":{\"vi\":\"a\"},\"name\":{\"vi\":\"b\"}}",
                           "{\"name\":{\"vi\":\"\\u202eabc\"}}", "{\"name\":{\"en\":\"x\"}}"}) {
    Request request;
    request.method = Method::post;
    request.path = "/api/units";
    request.headers = {{"origin", "https://gate.local:8443"},
                       {"x-conglang", "1"},
                       {"content-type", "application/json"}};
    request.cookies.emplace("__Host-conglang", office_.cookie);
    request.body = body;

    const ApiAnswer answer = office_.send(std::move(request));

    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(answer.code(), "malformed") << body;
  }
}

}  // namespace
}  // namespace conglang::server
