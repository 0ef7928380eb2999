#include "playlists/tool/verify_command.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/support/office_folder.h"
#include "tests/support/test_repository.h"

namespace conglang {
namespace {

class Verify : public testing::Test {
 protected:
  Verify() {
    office_.write("root.json", repository_.publish_root(1));
    repository_.targets["publications/hoa-phong.json"] = "{}";
    repository_.publish(5);
    place();
  }

  void place() const {
    for (const auto& [path, bytes] : repository_.files)
      office_.write("repository/" + path, bytes);
  }

  // Standard output after success, standard error after failure.
  std::string run(const std::string& now = "2026-11-23T10:00:00Z") {
    std::ostringstream out;
    std::ostringstream err;
    code_ = run_verify({office_ / "repository", office_ / "root.json", office_ / "state",
                        parse_instant(now).value()},
                       out, err);
    return code_ == 0 && err.str().empty() ? out.str() : err.str();
  }

  OfficeFolder office_;
  TestRepository repository_;
  int code_ = -1;
};

TEST_F(Verify, PrintsTheVerifiedTargets) {
  EXPECT_EQ(run(), "publications/hoa-phong.json length 2 version 5\n");
  EXPECT_EQ(code_, 0);
}

TEST_F(Verify, NamesARollbackBecauseItRemembers) {
  run();
  repository_.publish(3);
  place();

  EXPECT_EQ(run(), "rollback: timestamp: version 3 is older than 5\n");
  EXPECT_EQ(code_, 1);
}

TEST_F(Verify, ForgetsNothingByAFaultAndAcceptsTheNextGoodVersion) {
  run();
  const std::string kept = bytes_of(office_ / "state/state.json");
  office_.write("repository/metadata/timestamp.json", "{\"signed\":");
  EXPECT_EQ(run().substr(0, 20), "malformed: timestamp");
  EXPECT_EQ(bytes_of(office_ / "state/state.json"), kept);

  repository_.publish(6);
  place();
  EXPECT_EQ(run(), "publications/hoa-phong.json length 2 version 6\n");
}

constexpr const char* kActs =
    R"({"format":1,"acts":[{"takedown_id":"t1","kind":"item","target_id":"le-hoi",)"
    R"("at":"2026-11-23T09:00:00Z","reason":"sai"}]})";

TEST_F(Verify, TellsTakedownsAndUrgentMessages) {
  repository_.delegates = {"takedown", "urgent"};
  repository_.delegated["takedown"] = {
      {{TestKey("takedown")}, 1}, {"takedown/*"}, {{"takedown/list.json", kActs}}};
  repository_.delegated["urgent"] = {
      {{TestKey("urgent")}, 1},
      {"urgent/*"},
      {{"urgent/u1.json", R"({"format":1,"id":"u1","title":{"vi":"Lu","en":"Flood"},)"
                          R"("approved_at":"2026-11-23T09:00:00Z",)"
                          R"("ends_at":"2026-11-23T12:00:00Z"})"}}};
  repository_.publish(6);
  place();

  EXPECT_EQ(run(),
            "publications/hoa-phong.json length 2 version 6\n"
            "takedown t1 item le-hoi at 2026-11-23T09:00:00Z\n"
            "urgent u1 from 2026-11-23T09:00:00Z until 2026-11-23T12:00:00Z\n");
}

TEST_F(Verify, RemembersADelegatedRoleAndNamesItsFault) {
  repository_.delegates = {"takedown"};
  repository_.delegated["takedown"] = {
      {{TestKey("takedown")}, 1}, {"takedown/*"}, {{"takedown/list.json", kActs}}};
  repository_.publish(6);
  place();
  run();
  ASSERT_EQ(code_, 0);
  repository_.publish(7);
  repository_.files["metadata/7.takedown.json"] = "{";
  place();
  EXPECT_NE(run().find(": takedown: "), std::string::npos);
  EXPECT_EQ(code_, 1);
  EXPECT_NE(bytes_of(office_ / "state/state.json").find("takedown/list.json"),
            std::string::npos);

  repository_.publish(8);
  place();
  run();
  EXPECT_EQ(code_, 0);
}

TEST_F(Verify, NamesAFreeze) {
  EXPECT_EQ(run("2026-12-01T00:00:00Z"),
            "freeze: timestamp: expired at 2026-12-01T00:00:00Z\n");
  EXPECT_EQ(code_, 1);
}

TEST_F(Verify, ReadsEveryTargetFile) {
  std::string path;
  for (const auto& file : repository_.files) {
    if (file.first.starts_with("targets/")) path = file.first;
  }
  office_.write("repository/" + path, "[]");
  EXPECT_EQ(run().substr(0, 40), "wrong-hash: publications/hoa-phong.json:");

  office_.write("repository/" + path, "{} ");
  EXPECT_EQ(run().substr(0, 13), "wrong-length:");

  office_.write("repository/" + path, std::string(1 << 20, ' '));
  EXPECT_EQ(run().substr(0, 13), "endless-data:");

  std::filesystem::remove(office_ / ("repository/" + path));
  EXPECT_EQ(run().substr(0, 8), "missing:");
}

TEST_F(Verify, GoesOnFromThePinnedRootWhenWhatItKeptIsDamaged) {
  run();
  for (const char* damage : {"", "{", "{}", "\xff\xff", "[1,2,3]"}) {
    office_.write("state/state.json", damage);
    const std::string told = run();
    EXPECT_EQ(code_, 0);
    EXPECT_EQ(told.substr(0, 17), "malformed: state:") << damage;
    EXPECT_EQ(run(), "publications/hoa-phong.json length 2 version 5\n");
  }
}

TEST_F(Verify, RefusesAStateThatWasKeptForAnotherRoot) {
  run();
  TestRepository other;
  other.root.keys = {TestKey("another office")};
  office_.write("root.json", other.publish_root(1));

  EXPECT_NE(run().find("was kept for another pinned root"), std::string::npos);
  EXPECT_EQ(code_, 1);
}

TEST_F(Verify, NamesARootThatCannotBePinned) {
  office_.write("root.json", "{}");
  EXPECT_EQ(run().substr(0, 16), "malformed: root:");
  std::filesystem::remove(office_ / "root.json");
  EXPECT_EQ(run().substr(0, 14), "missing: root:");
}

TEST_F(Verify, NamesARepositoryThatIsNotThere) {
  std::filesystem::remove_all(office_ / "repository");
  EXPECT_EQ(run().substr(0, 19), "missing: timestamp:");
}

TEST_F(Verify, SaysWhenItCannotKeepAnything) {
  office_.write("state", "a file in the place of the folder");
  EXPECT_EQ(run().substr(0, 8), "storage:");
  EXPECT_EQ(code_, 1);
}

}  // namespace
}  // namespace conglang
