#include "content-server/publishing/release_store.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "content-server/publishing/candidates.h"
#include "content-server/publishing/repository_files.h"
#include "content-server/publishing/submissions.h"
#include "content-server/publishing/takedowns.h"
#include "content-server/publishing/write_metadata.h"
#include "tests/support/office_database.h"

namespace conglang::server {
namespace {

const Instant kNow = parse_instant("2026-11-23T10:00:00Z").value();

// An office whose root trusts one approver, with a picture that was uploaded.
class Publishing : public testing::Test {
 protected:
  Publishing() : repository_(database_.folder().path()), approver_(SigningKey::generate()) {
    const OnlineKeys keys = open_first_online_keys(repository_.keys_folder()).value();
    const SigningKey root = SigningKey::generate();
    const JsonValue body =
        root_body({1, kNow + std::chrono::days(1800)}, {{root.public_json()},
                                                        approver_.public_json(),
                                                        keys.snapshot.public_json(),
                                                        keys.timestamp.public_json()});
    EXPECT_TRUE(repository_.begin(sign_metadata(body, {root})).ok());
    const std::string picture = png_bytes("gate");
    file_ = {sha256(std::string_view(picture)), static_cast<std::int64_t>(picture.size()),
             "png"};
    database_.folder().write("assets/" + file_.sha256.hex() + ".png", picture);
  }

  std::string document(const std::string& title) const {
    return R"({"format":1,"id":"p","group":"gate","title":{"vi":")" + title +
           R"("},"theme":{"background":"#000000","surface":"#101010","text":"#ffffff",)"
           R"("text_muted":"#dddddd","accent":"#ffcc00","accent_text":"#000000"},)"
           R"("layouts":[{"id":"full","landscape":{"width":1920,"height":1080,"regions":)"
           R"([{"id":"main","x":0,"y":0,"width":1920,"height":1080}]}}],"assets":[{"id":"gate",)"
           R"("kind":"image","sha256":")" +
           file_.sha256.hex() + R"(","length":)" + std::to_string(file_.length) +
           R"(,"extension":"png","credit":"commune","licence":"CC-BY-4.0"}],"categories":[],)"
           R"("entries":[],"playlists":[{"id":"day","title":{"vi":"Ngày"},"layout":"full",)"
           R"("transition":{"kind":"cut"},"items":[{"id":"gate-item","kind":"image","asset":"gate",)"
           R"("fit":"contain","duration_ms":8000,"evergreen":true}]}],)"
           R"("schedule":[{"playlist":"day","when":"always"}]})";
  }

  template <typename Work>
  Status work(const std::string& actor, Instant now, const Work& work) {
    return database_->write(Durability::power_cut, [&](const Stores& stores) -> Status {
      return work(PublishingDesk{stores.releases, stores.audit, actor, now});
    });
  }

  SubmissionId submitted(const std::string& title, Instant now = kNow) {
    const SubmissionChecks checks{[](const GroupId& id) { return id.text() == "gate"; },
                                  [&](const PublishedFile& file) { return file == file_; }};
    const auto draft = check_draft(document(title), checks, now);
    if (const auto* errors = std::get_if<DocumentErrors>(&draft)) {
      ADD_FAILURE() << errors->front().pointer << ": " << errors->front().message;
      return {};
    }
    SubmissionId id;
    const Status done = work("person:author", now, [&](const PublishingDesk& desk) -> Status {
      auto made = submit(desk, {GroupId("gate"), std::get<CheckedDraft>(draft).document});
      if (!made.ok()) return made.error();
      id = made->id;
      return {};
    });
    EXPECT_TRUE(done.ok()) << done.error().message;
    return id;
  }

  Candidate candidate(const SubmissionId& id, Instant now = kNow) {
    Candidate found;
    const Status done = work("person:approver", now, [&](const PublishingDesk& desk) -> Status {
      auto made = make_candidate(desk, repository_, id, {});
      if (!made.ok()) return made.error();
      found = *made;
      return {};
    });
    EXPECT_TRUE(done.ok()) << done.error().message;
    return found;
  }

  Status approve_it(const Candidate& what, const SigningKey& key, Instant now = kNow,
                    const std::string& actor = "person:approver") {
    const Approval approval{what.submission, sha256(std::string_view(what.body)), key.id(),
                            key.sign(what.body)};
    return work(actor, now, [&](const PublishingDesk& desk) -> Status {
      auto release = approve(desk, repository_, approval, true);
      if (!release.ok()) return release.error();
      approved_ = *release;
      return {};
    });
  }

  Status release_it(Instant now = kNow) {
    Status written = repository_.write_release(approved_, now);
    if (!written.ok()) return written;
    return work("server", now, [&](const PublishingDesk& desk) {
      return finish_release(desk, approved_.version);
    });
  }

  void publish(const std::string& title, Instant now = kNow) {
    const Status approved = approve_it(candidate(submitted(title, now), now), approver_, now);
    ASSERT_TRUE(approved.ok()) << approved.error().message;
    const Status released = release_it(now);
    ASSERT_TRUE(released.ok()) << released.error().message;
  }

  OfficeDatabase database_;
  OfficeRepository repository_;
  SigningKey approver_;
  PublishedFile file_;
  Release approved_;
};

TEST_F(Publishing, ReleasesExactlyWhatTheApproverSigned) {
  publish("Xã Hòa Phong");

  const PublishedState state = repository_.published(kNow).value();
  EXPECT_EQ(state.version(), approved_.version);
  const auto shown = read_publication(repository_.folder(), state, GroupId("gate")).value();
  ASSERT_TRUE(shown);
  EXPECT_EQ(*shown, approved_.publication);
  EXPECT_EQ(state.targets->files().size(), 2u);
}

TEST_F(Publishing, RefusesASignatureOfAKeyThatTheRootDoesNotName) {
  const Status refused = approve_it(candidate(submitted("A")), SigningKey::generate());

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "bad-signature");
}

TEST_F(Publishing, RefusesTheAuthorAsOnlyApprover) {
  const Status refused =
      approve_it(candidate(submitted("A")), approver_, kNow, "person:author");

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "second-person");
}

TEST_F(Publishing, RefusesAnApprovalThatStandsOnAnOlderVersion) {
  const Candidate early = candidate(submitted("A"));
  publish("B", kNow + std::chrono::seconds(5));

  const Status refused = approve_it(early, approver_, kNow + std::chrono::seconds(9));

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "stale-approval");
}

TEST_F(Publishing, HidesWithoutReadingAssets) {
  publish("A");
  std::filesystem::remove_all(repository_.folder() / "targets/assets");
  std::filesystem::remove_all(repository_.staged_folder());

  const Instant later = kNow + std::chrono::seconds(30);
  const Status hidden = work("person:duty", later, [&](const PublishingDesk& desk) -> Status {
    auto act = take_down(desk, repository_, {HiddenKind::item, "gate-item", "sai số liệu"});
    if (!act.ok()) return act.error();
    const auto written = repository_.write_takedown(write_takedown_list({*act}), later);
    return written.ok() ? Status() : Status(written.error());
  });

  ASSERT_TRUE(hidden.ok()) << hidden.error().message;
  const PublishedState state = repository_.published(later).value();
  EXPECT_EQ(state.version(), approved_.version);
  EXPECT_TRUE(state.takedown->files.contains("takedown/list.json"));
}

TEST_F(Publishing, RenewsAtHalfLifeAndNotBefore) {
  publish("A");
  EXPECT_FALSE(repository_.renew(kNow + std::chrono::days(3)).value());
  EXPECT_TRUE(repository_.renew(kNow + std::chrono::days(4)).value());
  EXPECT_FALSE(
      repository_.published(kNow + std::chrono::days(10)).value().targets->is_expired());
}

TEST_F(Publishing, TellsWhatChangesInBothLanguages) {
  publish("A");
  const Instant later = kNow + std::chrono::seconds(60);
  const Candidate next = candidate(submitted("B", later), later);

  const auto all = differences_of(next, GroupId("gate"), repository_, later).value();

  const auto title = std::find_if(all.begin(), all.end(),
                                  [](const Difference& one) { return one.subject == "title"; });
  ASSERT_NE(title, all.end());
  EXPECT_EQ(title->en, R"(Changes title from {"vi":"A"} to {"vi":"B"})");
  EXPECT_EQ(title->vi, R"(Đổi title từ {"vi":"A"} thành {"vi":"B"})");
}

}  // namespace
}  // namespace conglang::server
