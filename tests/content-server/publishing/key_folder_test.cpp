#include "content-server/publishing/key_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "content-server/publishing/key_file.h"
#include "playlists/trust/metadata_file.h"
#include "tests/support/office_folder.h"

namespace conglang::server {
namespace {

const Instant kNow = parse_instant("2026-11-23T10:00:00Z").value();

// One folder for all tests here: each key costs a real argon2id.
class KeyFolder : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shared_office = new OfficeFolder;
    const Secret passphrase = normalize_passphrase("bốn chữ vừa đủ").value();
    shared_names = create_keys(*shared_office / "keys", passphrase, {2, kNow});
  }
  static void TearDownTestSuite() {
    delete shared_office;
    shared_office = nullptr;
  }

  static OfficeFolder* shared_office;
  static Result<std::vector<std::string>> shared_names;
};

OfficeFolder* KeyFolder::shared_office = nullptr;
Result<std::vector<std::string>> KeyFolder::shared_names = Error{};

TEST_F(KeyFolder, HoldsAKeyPerRoleAndTheAnchor) {
  ASSERT_TRUE(shared_names.ok()) << shared_names.error().message;
  EXPECT_EQ(*shared_names,
            (std::vector<std::string>{"root-1.key", "root-2.key", "targets.key", "snapshot.key",
                                      "timestamp.key", "takedown.key", "root.json"}));
}

TEST_F(KeyFolder, IsForItsOwnerAlone) {
  for (const std::string& name : *shared_names) {
    struct stat facts {};
    ASSERT_EQ(::stat((*shared_office / "keys" / name).c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u) << name;
  }
}

TEST_F(KeyFolder, LocksRootAndTargetsOnly) {
  const auto locked = [&](const std::string& role) {
    return is_locked(bytes_of(*shared_office / "keys" / (role + ".key"))).value();
  };
  EXPECT_TRUE(locked("root-1"));
  EXPECT_TRUE(locked("root-2"));
  EXPECT_TRUE(locked("targets"));
  EXPECT_FALSE(locked("snapshot"));
  EXPECT_FALSE(locked("timestamp"));
  EXPECT_FALSE(locked("takedown"));
}

TEST_F(KeyFolder, SignsARootForFiveYearsThatAnyOneOfItsKeysMayChange) {
  const auto opened = open_root(bytes_of(*shared_office / "keys" / "root.json"));
  const auto* root = std::get_if<TrustedFile<RootMetadata>>(&opened);

  ASSERT_NE(root, nullptr);
  EXPECT_EQ(root->metadata.version, 1);
  EXPECT_EQ(root->metadata.expires, kNow + std::chrono::days(5 * 365));
  EXPECT_EQ(root->metadata.roles.at(Role::root).key_ids.size(), 2u);
  EXPECT_EQ(root->metadata.roles.at(Role::root).threshold, 1);
}

TEST_F(KeyFolder, OpensWithItsPassphrase) {
  const Secret right = normalize_passphrase("bốn chữ vừa đủ").value();
  const Result<PackKeys> keys = open_keys(*shared_office / "keys", right);

  ASSERT_TRUE(keys.ok()) << keys.error().message;
  const auto opened = open_root(keys->root);
  const auto& root = std::get<TrustedFile<RootMetadata>>(opened).metadata;
  EXPECT_TRUE(root.roles.at(Role::targets).key_ids.contains(keys->targets.id()));
  EXPECT_TRUE(root.roles.at(Role::snapshot).key_ids.contains(keys->snapshot.id()));
}

TEST_F(KeyFolder, NamesTheFileThatAWrongPassphraseDoesNotOpen) {
  const Secret wrong = normalize_passphrase("bốn chữ khác hẳn").value();
  const Result<PackKeys> keys = open_keys(*shared_office / "keys", wrong);

  ASSERT_FALSE(keys.ok());
  EXPECT_NE(keys.error().message.find("targets.key: the passphrase"), std::string::npos);
}

TEST_F(KeyFolder, IsNeverOverwritten) {
  const std::string before = bytes_of(*shared_office / "keys" / "targets.key");
  const Secret passphrase = normalize_passphrase("bốn chữ vừa đủ").value();

  const auto again = create_keys(*shared_office / "keys", passphrase, {1, kNow});

  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().kind, ErrorKind::conflict);
  EXPECT_EQ(bytes_of(*shared_office / "keys" / "targets.key"), before);
}

}  // namespace
}  // namespace conglang::server
