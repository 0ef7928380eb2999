#include "player/store/load_publication.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/player/store/crash_folder.h"
#include "tests/support/test_repository.h"

namespace conglang::player {
namespace {

constexpr const char* kPath = "publications/hoa-phong.json";

Instant at(const char* text) { return *parse_instant(text); }

// A publication in its published form, with one evergreen text card.
std::string document(const std::string& title,
                     const std::string& approved_at = "2026-11-20T00:00:00Z") {
  return R"({"format":1,"id":"hoa-phong-show","group":"hoa-phong","title":{"vi":")" + title +
         R"("},"approved_at":")" + approved_at +
         R"(","offline_until":"2100-01-01T00:00:00Z",
  "theme":{"background":"#101010","surface":"#202020","text":"#ffffff","text_muted":"#cccccc",
           "accent":"#c0392b","accent_text":"#ffffff"},
  "layouts":[{"id":"full","landscape":{"width":1920,"height":1080,
      "regions":[{"id":"main","x":0,"y":0,"width":1920,"height":1080}]}}],
  "assets":[],"categories":[],"entries":[],
  "playlists":[{"id":"all","title":{"vi":"Tất cả"},"layout":"full","transition":{"kind":"cut"},
      "items":[{"id":"hello","kind":"text_card","title":{"vi":"Xin chào"},
                "duration_ms":8000,"evergreen":true}]}],
  "schedule":[{"playlist":"all","when":"always"}]})";
}

class LoadPublication : public testing::Test {
 protected:
  void SetUp() override {
    request_.pinned_root = repository_.publish_root(1);
    request_.clock = {at("2026-11-23T08:00:00Z"), true};
    publish(10, "Một");
  }

  void publish(std::int64_t version, const std::string& title) {
    repository_.targets[kPath] = document(title);
    repository_.publish(version);
  }

  LoadOutcome load() { return load_publication(repository_, &data_, request_); }

  static std::string title_of(const std::optional<LoadedPublication>& loaded) {
    return loaded ? loaded->publication.publication().title.vi : "none";
  }

  static std::vector<TrustFault> kinds(const LoadOutcome& outcome) {
    std::vector<TrustFault> kinds;
    for (const Fault& fault : outcome.faults) kinds.push_back(fault.kind);
    return kinds;
  }

  TestRepository repository_;
  CrashFolder data_;
  LoadRequest request_;
};

using Kinds = std::vector<TrustFault>;

TEST_F(LoadPublication, ShowsWhatIsSignedFor) {
  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "Một");
  EXPECT_EQ(outcome.current->version, 10);
  EXPECT_EQ(title_of(outcome.previous), "none");
  EXPECT_EQ(kinds(outcome), Kinds{});
  EXPECT_TRUE(outcome.memory_faults.empty());
}

TEST_F(LoadPublication, KeepsNothingWithoutADataFolder) {
  EXPECT_EQ(title_of(load_publication(repository_, nullptr, request_).current), "Một");
}

TEST_F(LoadPublication, HasNothingWithoutARepositoryAtTheFirstStart) {
  repository_.files.clear();

  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "none");
  EXPECT_EQ(kinds(outcome), Kinds{TrustFault::missing});
}

TEST_F(LoadPublication, ShowsTheKeptOneWhenTheRepositoryIsGone) {
  load();
  repository_.files.clear();

  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "Một");
  EXPECT_EQ(outcome.current->version, 10);
  EXPECT_EQ(kinds(outcome), Kinds{TrustFault::missing});
}

TEST_F(LoadPublication, RefusesAnOlderRepositoryAndShowsTheNewerOneOn) {
  const auto old = repository_.files;
  publish(11, "Hai");
  load();
  repository_.files = old;

  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "Hai");
  EXPECT_EQ(outcome.current->version, 11);
  EXPECT_EQ(kinds(outcome), Kinds{TrustFault::rollback});
}

TEST_F(LoadPublication, ShowsTheKeptOneWhenTheNewDocumentIsNotTheSignedOne) {
  load();
  publish(11, "Hai");
  for (auto& [path, bytes] : repository_.files) {
    if (bytes == document("Hai")) bytes = document("Bax");
  }

  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "Một");
  EXPECT_EQ(kinds(outcome), Kinds{TrustFault::wrong_hash});
}

TEST_F(LoadPublication, TakesTheKeptCopyOfADocumentThatWasDamagedInTheRepository) {
  load();
  for (auto& [path, bytes] : repository_.files) {
    if (bytes == document("Một")) bytes.pop_back();
  }

  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "Một");
  EXPECT_EQ(kinds(outcome), Kinds{TrustFault::wrong_length});
}

TEST_F(LoadPublication, ShowsTheKeptOneWhenTheSignedDocumentIsNoPublication) {
  load();
  repository_.targets[kPath] = "{\"format\":1}";
  repository_.publish(11);

  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "Một");
  EXPECT_EQ(kinds(outcome), Kinds{TrustFault::malformed});
}

TEST_F(LoadPublication, TakesALaterGoodUpdateAfterABrokenOne) {
  load();
  repository_.targets[kPath] = "{}";
  repository_.publish(11);
  load();
  publish(12, "Ba");

  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "Ba");
  EXPECT_EQ(kinds(outcome), Kinds{});
}

TEST_F(LoadPublication, ShowsAnExpiredRepositoryAndNamesTheFreeze) {
  request_.clock.now = at("2030-01-01T00:00:00Z");

  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "Một");
  EXPECT_EQ(kinds(outcome), Kinds{TrustFault::freeze});
}

TEST_F(LoadPublication, RemembersWhatWasShownBefore) {
  load();
  publish(11, "Hai");

  for (int start = 0; start < 2; ++start) {
    const LoadOutcome outcome = load();
    EXPECT_EQ(title_of(outcome.current), "Hai");
    EXPECT_EQ(title_of(outcome.previous), "Một");
    EXPECT_EQ(outcome.previous->version, 10);
  }
}

TEST_F(LoadPublication, StaysWithThePreviousOneWhenTheSameDocumentIsSignedAgain) {
  load();
  publish(11, "Hai");
  load();
  repository_.publish(12);

  const LoadOutcome outcome = load();

  EXPECT_EQ(outcome.current->version, 12);
  EXPECT_EQ(title_of(outcome.previous), "Một");
}

TEST_F(LoadPublication, ForgetsWhatASignerSignedWhoWasRemoved) {
  load();
  repository_.targets_role.keys = {TestKey("another approver")};
  repository_.publish_root(2, repository_.root.keys);
  publish(11, "Hai");

  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "Hai");
  EXPECT_EQ(title_of(outcome.previous), "none");
}

TEST_F(LoadPublication, StartsAnewWithAnotherPinnedRoot) {
  load();
  TestRepository other;
  other.root.keys = {TestKey("another commune")};
  other.targets[kPath] = document("Xã khác");
  request_.pinned_root = other.publish_root(1);
  other.publish(1);

  const LoadOutcome outcome = load_publication(other, &data_, request_);

  EXPECT_EQ(title_of(outcome.current), "Xã khác");
  EXPECT_EQ(title_of(outcome.previous), "none");
  ASSERT_EQ(outcome.memory_faults.size(), 2u);
  EXPECT_EQ(outcome.memory_faults[0].kind, ErrorKind::conflict);
}

TEST_F(LoadPublication, NeedsTheGroupWhenSeveralPublicationsAreSignedFor) {
  repository_.targets["publications/my-hao.json"] = document("Mỹ Hào");
  repository_.publish(11);

  EXPECT_EQ(title_of(load().current), "none");
  request_.group = GroupId{"hoa-phong"};
  EXPECT_EQ(title_of(load().current), "Một");
  request_.group = GroupId{"nowhere"};
  EXPECT_EQ(kinds(load()), Kinds{TrustFault::missing});
}

TEST_F(LoadPublication, NeverBelievesAClockBelowTheLastApproval) {
  load();
  request_.clock = {at("1970-01-01T00:10:00Z"), false};

  const LoadOutcome outcome = load();

  EXPECT_EQ(outcome.floor, at("2026-11-20T00:00:00Z"));
  EXPECT_EQ(outcome.now, at("2026-11-20T00:00:00Z"));
}

TEST_F(LoadPublication, LetsNoApprovalOfTheFarFutureRaiseTheFloor) {
  repository_.targets[kPath] = document("Một", "2099-01-01T00:00:00Z");
  repository_.publish(11);

  const LoadOutcome outcome = load();

  EXPECT_EQ(outcome.now, request_.clock.now);
  EXPECT_LT(outcome.floor, request_.clock.now);
}

TEST_F(LoadPublication, GoesOnWhenItsMemoryIsDamaged) {
  load();
  auto names = data_.names();
  names["trust"][30] ^= 1;
  names["publications"].resize(50);
  data_ = CrashFolder(names);

  const LoadOutcome damaged = load();
  const LoadOutcome repaired = load();

  EXPECT_EQ(title_of(damaged.current), "Một");
  EXPECT_EQ(damaged.memory_faults.size(), 2u);
  EXPECT_TRUE(repaired.memory_faults.empty());
}

TEST_F(LoadPublication, WritesNothingWhenNothingIsNew) {
  load();
  const int before = data_.operations();

  load();

  EXPECT_EQ(data_.operations(), before);
}

TEST_F(LoadPublication, ShowsOnWhenNothingCanBeKept) {
  data_.strike_at(0, CrashFolder::Fault::power_cut);

  const LoadOutcome outcome = load();

  EXPECT_EQ(title_of(outcome.current), "Một");
  ASSERT_EQ(outcome.memory_faults.size(), 2u);
  EXPECT_EQ(outcome.memory_faults[0].kind, ErrorKind::storage);
}

// After the cut the repository is gone too: what was kept must be whole.
TEST_F(LoadPublication, HasAPublicationAfterAPowerCutAtAnyStep) {
  load();
  const auto before = data_.names();
  publish(11, "Hai");
  const auto good = repository_.files;
  int worlds = 0;

  for (int step = 0;; ++step) {
    repository_.files = good;
    data_ = CrashFolder(before);
    data_.strike_at(step, CrashFolder::Fault::power_cut);
    EXPECT_EQ(title_of(load().current), "Hai");
    const bool was_struck = data_.was_struck();
    for (const auto& names : CrashFolder(data_).after_power_cut()) {
      ++worlds;
      repository_.files.clear();
      data_ = CrashFolder(names);
      const LoadOutcome offline = load();
      EXPECT_TRUE(title_of(offline.current) == "Một" || title_of(offline.current) == "Hai");
      EXPECT_TRUE(offline.memory_faults.empty()) << "step " << step;
      repository_.files = good;
      EXPECT_EQ(title_of(load().current), "Hai") << "step " << step;
      EXPECT_EQ(title_of(load().previous), "Một") << "step " << step;
    }
    if (!was_struck) break;
  }
  EXPECT_GE(worlds, 14);
}

TEST_F(LoadPublication, SurvivesDamageToAnyFileOfTheRepository) {
  load();
  const auto kept = data_.names();
  publish(11, "Hai");
  const auto good = repository_.files;
  std::set<TrustFault> seen;

  for (const auto& [path, bytes] : good) {
    std::vector<std::string> damages = {"", "{}", bytes.substr(0, bytes.size() / 2),
                                        bytes + bytes, std::string(1 << 20, '[')};
    for (std::size_t i = 0; i < bytes.size(); i += 37) {
      damages.push_back(bytes);
      damages.back()[i] = static_cast<char>(damages.back()[i] ^ 0x10);
    }
    for (const std::string& damage : damages) {
      repository_.files = good;
      repository_.files[path] = damage;
      data_ = CrashFolder(kept);
      const LoadOutcome outcome = load();
      for (const TrustFault kind : kinds(outcome)) seen.insert(kind);
      EXPECT_TRUE(title_of(outcome.current) == "Một" || title_of(outcome.current) == "Hai")
          << path;
    }
  }
  EXPECT_GE(seen.size(), 4u);
}

}  // namespace
}  // namespace conglang::player
