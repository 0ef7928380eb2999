#include "content-server/publishing/repository_writer.h"

#include <gtest/gtest.h>

#include "content-server/publishing/write_metadata.h"
#include "playlists/trust/refresh.h"
#include "tests/support/office_folder.h"

namespace conglang::server {
namespace {

const Instant kNow = parse_instant("2026-11-23T10:00:00Z").value();
constexpr std::int64_t kNowSeconds = 1795428000;

PackKeys new_keys() {
  const SigningKey root = SigningKey::generate();
  PackKeys keys{"", SigningKey::generate(), SigningKey::generate(), SigningKey::generate(),
                SigningKey::generate()};
  const RootKeys names{{root.public_json()},
                       keys.targets.public_json(),
                       keys.snapshot.public_json(),
                       keys.timestamp.public_json()};
  keys.root = sign_metadata(root_body({1, kNow + std::chrono::days(365)}, names), {root});
  return keys;
}

class Writer : public testing::Test {
 protected:
  Writer() : keys_(new_keys()) { office_.write("gate.png", png_bytes("gate")); }

  NewRelease release(const std::string& group, const std::string& publication) const {
    const std::string bytes = png_bytes("gate");
    const PublishedFile file{sha256(std::string_view(bytes)),
                             static_cast<std::int64_t>(bytes.size()), "png"};
    return {GroupId(group), publication, {{office_ / "gate.png", file}}, {}};
  }

  Result<WrittenRelease> publish(const NewRelease& next, Instant now = kNow) {
    const RepositoryState state = inspect_repository(repository(), keys_.root, now).value();
    return RepositoryWriter(repository(), keys_, now)
        .publish(next, state.versions, [](const std::string&) {});
  }

  TrustOutcome as_kiosk(const TrustedState& kept, Instant now = kNow) {
    FolderSource source(repository());
    return refresh(kept, source, now);
  }

  std::filesystem::path repository() const { return office_ / "repository"; }

  OfficeFolder office_;
  PackKeys keys_;
};

TEST_F(Writer, WritesWhatAKioskAccepts) {
  const Result<WrittenRelease> written = publish(release("a", "{}"));

  ASSERT_TRUE(written.ok()) << written.error().message;
  const TrustOutcome outcome = as_kiosk({keys_.root, {}, {}, {}});
  EXPECT_FALSE(outcome.fault);
  EXPECT_EQ(outcome.targets->files().size(), 2u);
  FolderSource source(repository());
  const auto read = outcome.targets->read("publications/a.json", source);
  EXPECT_EQ(std::get<VerifiedTarget>(read).bytes(), "{}");
}

TEST_F(Writer, CountsVersionsInSecondsSoThatARestoredServerIsNeverBehind) {
  EXPECT_EQ(publish(release("a", "{}"))->version, kNowSeconds);
  EXPECT_EQ(publish(release("a", "{}"))->version, kNowSeconds + 1);
  EXPECT_EQ(publish(release("a", "{}"), kNow - std::chrono::hours(1))->version,
            kNowSeconds + 2);
  EXPECT_EQ(publish(release("a", "{}"), kNow + std::chrono::hours(1))->version,
            kNowSeconds + 3600);
}

TEST_F(Writer, MakesAFreshVersionThoughNothingChanged) {
  publish(release("a", "{}")).value();
  const TrustedState kept = as_kiosk({keys_.root, {}, {}, {}}).state;
  const Instant later = kNow + std::chrono::days(8);
  EXPECT_EQ(as_kiosk(kept, later).fault->kind, TrustFault::freeze);

  const Result<WrittenRelease> written = publish(release("a", "{}"), later);

  EXPECT_EQ(written->assets_written, 0);
  EXPECT_FALSE(as_kiosk(kept, later).fault);
}

TEST_F(Writer, RewritesAnAssetThatWasDamaged) {
  const NewRelease next = release("a", "{}");
  publish(next).value();
  const auto path = repository() / repository_path(asset_target(next.assets[0].file));
  std::ofstream(path) << "damage";

  EXPECT_EQ(publish(next)->assets_written, 1);
  EXPECT_EQ(bytes_of(path), png_bytes("gate"));
}

TEST_F(Writer, RefusesAnAssetThatChangedSinceItWasHashed) {
  const NewRelease next = release("a", "{}");
  office_.write("gate.png", png_bytes("bell"));

  const Result<WrittenRelease> written = publish(next);

  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().kind, ErrorKind::conflict);
  EXPECT_FALSE(std::filesystem::exists(repository() / "metadata/timestamp.json"));
}

TEST_F(Writer, LeavesNoTemporaryFiles) {
  publish(release("a", "{}")).value();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(repository())) {
    EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
  }
}

TEST_F(Writer, ListsTheTakedownRoleInTheSnapshot) {
  publish(release("a", "{}")).value();
  const std::string name = std::to_string(kNowSeconds) + ".takedown.json";
  EXPECT_TRUE(std::filesystem::exists(repository() / "metadata" / name));
  EXPECT_NE(as_kiosk({keys_.root, {}, {}, {}}).state.snapshot.find("takedown.json"),
            std::string::npos);
}

TEST_F(Writer, RefusesARepositoryOfAnotherRoot) {
  publish(release("a", "{}")).value();
  const std::string before = bytes_of(repository() / "metadata/timestamp.json");
  const PackKeys others = new_keys();

  EXPECT_FALSE(inspect_repository(repository(), others.root, kNow).ok());
  const auto written = RepositoryWriter(repository(), others, kNow)
                           .publish(release("a", "{}"), {}, [](const std::string&) {});

  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().kind, ErrorKind::conflict);
  EXPECT_EQ(bytes_of(repository() / "metadata/timestamp.json"), before);
}

TEST_F(Writer, NeverPutsATimestampInPlaceThatAKioskWouldRefuse) {
  publish(release("a", "{}")).value();
  const std::string before = bytes_of(repository() / "metadata/timestamp.json");
  const std::string root = keys_.root;
  keys_ = new_keys();
  keys_.root = root;  // keys of another folder beside the right root

  const Result<WrittenRelease> written = publish(release("a", "{}"));

  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().kind, ErrorKind::untrusted);
  EXPECT_EQ(bytes_of(repository() / "metadata/timestamp.json"), before);
  EXPECT_FALSE(as_kiosk({root, {}, {}, {}}).fault);
}

TEST_F(Writer, UsesNoVersionTwiceAfterAnInterruption) {
  publish(release("a", "{}")).value();
  const std::string left = std::to_string(kNowSeconds + 5) + ".targets.json";
  std::ofstream(repository() / "metadata" / left) << "half";

  EXPECT_EQ(publish(release("a", "{}"))->version, kNowSeconds + 6);
}

TEST_F(Writer, RefusesToContinueWhatDoesNotHold) {
  publish(release("a", "{}")).value();
  std::ofstream(repository() / "metadata/timestamp.json") << "{}";

  const auto state = inspect_repository(repository(), keys_.root, kNow);

  ASSERT_FALSE(state.ok());
  EXPECT_EQ(state.error().kind, ErrorKind::untrusted);
}

}  // namespace
}  // namespace conglang::server
