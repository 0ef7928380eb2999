// An approver signs on a machine of their own, and the office may be lying.
#include "content-server/publishing/approval_request.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "playlists/trust/canonical_json.h"
#include "tests/support/api/api_office.h"
#include "tests/support/api/small_publication.h"
#include "tests/support/office_folder.h"

namespace conglang::server {
namespace {

class ApprovalRequests : public testing::Test {
 protected:
  void SetUp() override {
    office.set_up();
    for (const std::string group : {"gate", "market"}) {
      ASSERT_EQ(office
                    .call(Method::put, "/api/groups/" + group,
                          JsonObject{{"name", words("Nhóm", "Group")}})
                    .status,
                200);
    }
    pinned.root = bytes_of(office.repository.folder() / "metadata/1.root.json");
  }

  std::string submit(const std::string& title, const std::string& group = "gate") {
    JsonValue document = one_card(title);
    set(document, "group", group);
    return office.post("/api/submissions", JsonObject{{"document", document}}).text("id");
  }

  ApiAnswer candidate_of(const std::string& submission) {
    office.clock.advance(std::chrono::seconds{5});
    return office.post("/api/submissions/" + submission + "/candidate", JsonObject{});
  }

  // What the officer downloads, read as the approver's machine reads it.
  ApprovalRequest carried(const std::string& submission) {
    candidate_of(submission);
    const ApiAnswer answer = office.get("/api/submissions/" + submission + "/approval-request");
    EXPECT_EQ(answer.status, 200) << write_json(answer.body);
    return read_approval_request(write_json(answer.body)).value();
  }

  Result<ApprovalReview> review(const ApprovalRequest& request) {
    return review_approval(request, pinned, office.clock.now());
  }
  std::string refusal(const ApprovalRequest& request) {
    const auto reviewed = review(request);
    return reviewed.ok() ? "" : reviewed.error().code;
  }

  ApiAnswer approve(const ApprovalRequest& request, const ApprovalReview& review) {
    return office.post("/api/submissions/" + request.submission.text() + "/approval",
                       JsonObject{{"body_sha256", review.body.hex()},
                                  {"key_id", office.approver.id()},
                                  {"signature", office.approver.sign(request.body)}});
  }
  void publish(const std::string& submission) {
    const ApprovalRequest request = carried(submission);
    const auto reviewed = review(request);
    ASSERT_TRUE(reviewed.ok()) << reviewed.error().message;
    ASSERT_EQ(approve(request, *reviewed).status, 201);
    pinned = reviewed->seen;
  }

  static void set(JsonValue& object, const std::string& member, JsonValue value) {
    for (auto& [name, content] : std::get<JsonObject>(object.content())) {
      if (name == member) {
        content = std::move(value);
        return;
      }
    }
    std::get<JsonObject>(object.content()).emplace_back(member, std::move(value));
  }
  static JsonValue& member(JsonValue& object, const std::string& wanted) {
    for (auto& [name, content] : std::get<JsonObject>(object.content())) {
      if (name == wanted) return content;
    }
    throw std::out_of_range(wanted);
  }

  // A body that an office which was taken over has changed.
  static ApprovalRequest tampered(ApprovalRequest request,
                                  const std::function<void(JsonValue&)>& change) {
    JsonValue body = parse_json(request.body).value();
    change(body);
    request.body = canonical_json(body).value();
    return request;
  }

  ApiOffice office;
  TrustedState pinned;  // what the approver's stick holds
};

TEST_F(ApprovalRequests, ShowsTheDifferencesOfTheOfficeWithoutBelievingIt) {
  publish(submit("Một"));
  publish(submit("Chợ", "market"));
  const std::string id = submit("Hai");
  const ApprovalRequest request = carried(id);

  const auto reviewed = review(request);

  ASSERT_TRUE(reviewed.ok()) << reviewed.error().message;
  const ApiAnswer candidate = candidate_of(id);
  JsonArray told;
  for (const Difference& difference : reviewed->differences) {
    told.push_back(write_difference(difference));
  }
  const std::string all = write_json(told);
  EXPECT_NE(all.find("Hai"), std::string::npos) << all;
  EXPECT_EQ(all.find("Chợ"), std::string::npos) << all;
  EXPECT_EQ(told.size(), candidate.body.find("differences")->array()->size());
}

TEST_F(ApprovalRequests, TheSignatureIsTakenByTheOffice) {
  const ApprovalRequest request = carried(submit("Một"));
  const auto reviewed = review(request);
  ASSERT_TRUE(reviewed.ok()) << reviewed.error().message;

  EXPECT_EQ(approve(request, *reviewed).status, 201);

  ASSERT_TRUE(request.key.has_value());
  EXPECT_EQ(request.key->public_key, office.approver.public_key().bytes);
}

TEST_F(ApprovalRequests, IsWrittenAndReadAsTheSame) {
  publish(submit("Một"));
  const ApprovalRequest request = carried(submit("Hai"));
  const auto read = read_approval_request(write_json(write_approval_request(request)));

  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->body, request.body);
  EXPECT_EQ(read->publication, request.publication);
  EXPECT_EQ(read->files, request.files);
  EXPECT_EQ(read->key, request.key);
}

TEST_F(ApprovalRequests, WhatHasNoFormIsRefusedByName) {
  for (const char* bytes : {"", "{}", "[]", R"({"format":2})", R"({"format":1,"files":[]})"}) {
    const auto read = read_approval_request(bytes);
    ASSERT_FALSE(read.ok()) << bytes;
    EXPECT_TRUE(read.error().message.starts_with("approval request: "));
  }
}

TEST_F(ApprovalRequests, AnotherGroupsPublicationCannotComeAlongUnseen) {
  publish(submit("Chợ", "market"));
  const ApprovalRequest request = carried(submit("Một"));
  const auto change = [](JsonValue& body) {
    JsonValue& target = member(member(body, "targets"), "publications/market.json");
    set(target, "hashes",
        JsonObject{{"sha256", sha256(std::string_view("of the attacker")).hex()}});
  };

  EXPECT_EQ(refusal(tampered(request, change)), "more-than-shown");
  EXPECT_EQ(refusal(request), "");
}

TEST_F(ApprovalRequests, FilesThatNoPublicationNamesCannotComeAlong) {
  const ApprovalRequest request = carried(submit("Một"));
  const auto change = [](JsonValue& body) {
    set(member(body, "targets"), "publications/other.json",
        JsonObject{{"length", 1}, {"hashes", JsonObject{{"sha256", sha256("x").hex()}}}});
  };

  EXPECT_EQ(refusal(tampered(request, change)), "more-than-shown");
}

TEST_F(ApprovalRequests, NobodyElseMayBeGivenUrgentMessages) {
  const ApprovalRequest request = carried(submit("Một"));
  const SigningKey stranger = SigningKey::generate();
  const auto change = [&](JsonValue& body) {
    JsonValue& delegations = member(body, "delegations");
    set(member(delegations, "keys"), stranger.id(), stranger.public_json());
    for (JsonValue& role : std::get<JsonArray>(member(delegations, "roles").content())) {
      if (*role.find("name")->string() == "urgent") {
        set(role, "keyids", JsonArray{stranger.id()});
      }
    }
  };

  EXPECT_EQ(refusal(tampered(request, change)), "more-than-shown");
}

TEST_F(ApprovalRequests, ATakedownKeyThatChangesIsTold) {
  publish(submit("Một"));
  ApprovalRequest request = carried(submit("Hai"));
  const SigningKey next = SigningKey::generate();
  const auto change = [&](JsonValue& body) {
    JsonValue& delegations = member(body, "delegations");
    for (JsonValue& role : std::get<JsonArray>(member(delegations, "roles").content())) {
      if (*role.find("name")->string() != "takedown") continue;
      const std::string before = *member(role, "keyids").array()->front().string();
      set(role, "keyids", JsonArray{next.id()});
      std::erase_if(std::get<JsonObject>(member(delegations, "keys").content()),
                    [&](const JsonMember& key) { return key.first == before; });
    }
    set(member(delegations, "keys"), next.id(), next.public_json());
  };

  const auto reviewed = review(tampered(request, change));

  ASSERT_TRUE(reviewed.ok()) << reviewed.error().message;
  const auto told = [&](const std::string& what) {
    return std::any_of(reviewed->differences.begin(), reviewed->differences.end(),
                       [&](const Difference& one) { return one.what == what; });
  };
  EXPECT_TRUE(told("takedown-key-added"));
  EXPECT_TRUE(told("takedown-key-removed"));
}

TEST_F(ApprovalRequests, VersionsAndDatesOfTheFarFutureAreRefused) {
  const ApprovalRequest request = carried(submit("Một"));
  for (const std::int64_t version : {std::int64_t{1} << 52, std::int64_t{4102444800}}) {
    EXPECT_EQ(
        refusal(tampered(request, [&](JsonValue& body) { set(body, "version", version); })),
        "more-than-shown");
  }
  EXPECT_EQ(
      refusal(tampered(request,
                       [](JsonValue& body) { set(body, "expires", "2099-01-01T00:00:00Z"); })),
      "more-than-shown");
}

TEST_F(ApprovalRequests, APublicationThatIsNotOfTodayIsRefused) {
  const ApprovalRequest request = carried(submit("Một"));
  office.clock.advance(std::chrono::hours{23});
  EXPECT_EQ(refusal(request), "");
  office.clock.advance(std::chrono::hours{2});
  EXPECT_EQ(refusal(request), "more-than-shown");
}

TEST_F(ApprovalRequests, OtherBytesThanTheBodyStatesAreRefused) {
  ApprovalRequest request = carried(submit("Một"));
  request.publication += "\n";
  EXPECT_EQ(refusal(request), "more-than-shown");
}

TEST_F(ApprovalRequests, AnOlderStateOfTheOfficeIsRefused) {
  publish(submit("Một"));
  const ApprovalRequest old = carried(submit("Hai"));
  publish(submit("Ba"));
  pinned = review(carried(submit("Bốn")))->seen;

  EXPECT_EQ(refusal(old), "office");
}

TEST_F(ApprovalRequests, AnOfficeThatForgetsWhatItPublishedIsRefused) {
  const ApprovalRequest first = carried(submit("Một"));
  publish(submit("Hai"));
  pinned = review(carried(submit("Ba")))->seen;

  EXPECT_EQ(refusal(first), "office");
}

TEST_F(ApprovalRequests, SaysWhichVersionIsShownNow) {
  EXPECT_EQ(review(carried(submit("Một")))->published, 0);
  const ApprovalRequest request = carried(submit("Hai"));
  const auto reviewed = review(request);
  ASSERT_EQ(approve(request, *reviewed).status, 201);

  EXPECT_EQ(review(carried(submit("Ba")))->published, reviewed->version);
}

TEST_F(ApprovalRequests, AnotherOfficeIsRefused) {
  ApiOffice other;
  other.set_up();
  pinned.root = bytes_of(other.repository.folder() / "metadata/1.root.json");

  const std::string id = submit("Một");
  const ApiAnswer candidate = candidate_of(id);
  ASSERT_EQ(office
                .post("/api/submissions/" + id + "/approval",
                      JsonObject{{"body_sha256", candidate.text("sha256")},
                                 {"key_id", office.approver.id()},
                                 {"signature", office.approver.sign(candidate.text("body"))}})
                .status,
            201);

  EXPECT_EQ(refusal(carried(submit("Hai"))), "office");
}

TEST_F(ApprovalRequests, BeforeACandidateThereIsNone) {
  const std::string id = submit("Một");
  EXPECT_EQ(office.get("/api/submissions/" + id + "/approval-request").code(), "no-candidate");
  EXPECT_EQ(office.get("/api/submissions/nothing/approval-request").status, 404);
}

}  // namespace
}  // namespace conglang::server
