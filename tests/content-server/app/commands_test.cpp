// From a person's folder to a kiosk that trusts it, by the two command lines.
#include "content-server/app/commands.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <vector>

#include "playlists/tool/verify_command.h"
#include "tests/support/office_folder.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

const Instant kNow = parse_instant("2026-11-23T10:00:00Z").value();
constexpr const char* kPassphrase = "mái đình cây đa giếng nước\n";

constexpr const char* kPublication = R"({
  "format": 1, "id": "first-light", "group": "hoa-phong",
  "title": {"vi": "Xã Hòa Phong", "en": "Hoa Phong commune"},
  "theme": {"background": "#102030", "surface": "#203040", "text": "#ffffff",
            "text_muted": "#c0c0c0", "accent": "#c04020", "accent_text": "#ffffff"},
  "layouts": [{"id": "full", "landscape": {"width": 1920, "height": 1080,
    "regions": [{"id": "main", "x": 0, "y": 0, "width": 1920, "height": 1080}]}}],
  "assets": [
    {"id": "gate", "kind": "image", "path": "pictures/gate.png",
     "description": {"vi": "Cổng làng", "en": "The village gate"},
     "credit": "Xã Hòa Phong", "licence": "CC-BY-4.0"},
    {"id": "fair", "kind": "video", "path": "fair.mp4",
     "description": {"vi": "Hội làng", "en": "The fair"},
     "credit": "Xã Hòa Phong", "licence": "CC-BY-4.0"}],
  "categories": [], "entries": [],
  "playlists": [{"id": "day", "title": {"vi": "Ban ngày", "en": "Day"}, "layout": "full",
    "transition": {"kind": "cut"},
    "items": [
      {"id": "gate-item", "kind": "image", "asset": "gate", "duration_ms": 8000,
       "evergreen": true},
      {"id": "fair-item", "kind": "video", "asset": "fair"}]}],
  "schedule": [{"playlist": "day", "when": "always"}]
})";

// The reading end of a pipe that holds the passphrase.
class PassphrasePipe {
 public:
  explicit PassphrasePipe(const std::string& text) {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe(ends), 0);
    EXPECT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(ends[1]);
    end_ = ends[0];
  }
  ~PassphrasePipe() { ::close(end_); }
  PassphrasePipe(const PassphrasePipe&) = delete;
  PassphrasePipe& operator=(const PassphrasePipe&) = delete;
  std::string number() const { return std::to_string(end_); }

 private:
  int end_ = -1;
};

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

Outcome run(std::vector<std::string> words, Instant now = kNow) {
  words.insert(words.begin(), "conglang-server");
  std::vector<const char*> argv;
  for (const std::string& word : words) argv.push_back(word.c_str());
  std::ostringstream out;
  std::ostringstream err;
  const int code = run_commands(static_cast<int>(argv.size()), argv.data(), now, {out, err});
  return {code, out.str(), err.str()};
}

Outcome create_keys_at(const fs::path& folder, const std::string& passphrase = kPassphrase) {
  const PassphrasePipe pipe(passphrase);
  return run({"keys", "create", "--out", folder.string(), "--passphrase-fd", pipe.number()});
}

class Office : public testing::Test {
 protected:
  // The keys are made once: each costs a real argon2id.
  static void SetUpTestSuite() {
    office_keys = new OfficeFolder;
    ASSERT_EQ(create_keys_at(*office_keys / "keys").code, 0);
  }
  static void TearDownTestSuite() {
    delete office_keys;
    office_keys = nullptr;
  }

  Office() {
    office_.write("source/publication.json", kPublication);
    office_.write("source/pack.toml", "asset_roots = [\"../films\"]\n");
    office_.write("source/pictures/gate.png", png_bytes("the gate"));
    office_.write("films/fair.mp4", mp4_bytes("the fair"));
  }

  Outcome pack(Instant now = kNow, const std::string& passphrase = kPassphrase) {
    const PassphrasePipe pipe(passphrase);
    return run(
        {"pack", (office_ / "source").string(), "--keys", (*office_keys / "keys").string(),
         "--out", repository().string(), "--passphrase-fd", pipe.number()},
        now);
  }

  // Standard output when it holds, standard error when not.
  std::string verify(const std::string& state = "state", Instant now = kNow) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = run_verify(
        {repository(), *office_keys / "keys/root.json", office_ / state, now}, out, err);
    return code == 0 ? out.str() : err.str();
  }

  fs::path repository() const { return office_ / "repository"; }

  static OfficeFolder* office_keys;
  OfficeFolder office_;
};

OfficeFolder* Office::office_keys = nullptr;

bool holds(const std::string& verified) {
  return verified.find("publications/hoa-phong.json length ") != std::string::npos;
}

TEST_F(Office, PacksWhatVerifies) {
  const Outcome packed = pack();

  ASSERT_EQ(packed.code, 0) << packed.err;
  EXPECT_NE(packed.out.find("2 items"), std::string::npos) << packed.out;
  EXPECT_NE(packed.out.find("2 assets"), std::string::npos) << packed.out;
  const std::string verified = verify();
  EXPECT_TRUE(holds(verified)) << verified;
  EXPECT_EQ(std::count(verified.begin(), verified.end(), '\n'), 3);
}

TEST_F(Office, PacksAgainWithoutWritingAssetsAgain) {
  ASSERT_EQ(pack().code, 0);
  ASSERT_TRUE(holds(verify()));

  const Outcome again = pack(kNow + std::chrono::days(8));

  ASSERT_EQ(again.code, 0) << again.err;
  EXPECT_NE(again.out.find("(0 new, 0 bytes written)"), std::string::npos) << again.out;
  EXPECT_TRUE(holds(verify("state", kNow + std::chrono::days(8))));
}

TEST_F(Office, KeepsTheOtherGroupsOfTheRepository) {
  ASSERT_EQ(pack().code, 0);
  std::string other = kPublication;
  other.replace(other.find("\"hoa-phong\""), 11, "\"pho-noi\"");
  office_.write("source/publication.json", other);
  office_.write("source/pictures/gate.png", png_bytes("another gate"));

  ASSERT_EQ(pack().code, 0);
  const std::string verified = verify();

  EXPECT_TRUE(holds(verified)) << verified;
  EXPECT_NE(verified.find("publications/pho-noi.json"), std::string::npos);
  EXPECT_EQ(std::count(verified.begin(), verified.end(), '\n'), 5);  // the film is shared
}

TEST_F(Office, NamesAFaultForEachFileThatIsTamperedWith) {
  ASSERT_EQ(pack().code, 0);
  ASSERT_TRUE(holds(verify()));
  const std::set<std::string> names{"bad-signature:", "wrong-hash:", "malformed:"};
  int tampered = 0;
  for (const auto& entry : fs::recursive_directory_iterator(repository())) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().filename().string();
    // The pinned root is the caller's own, and the takedown list is read by a later step.
    if (name == "1.root.json" || name.ends_with(".takedown.json")) continue;
    const std::string good = bytes_of(entry.path());
    std::string bad = good;
    bad[bad.size() / 2] ^= 1;
    std::ofstream(entry.path(), std::ios::binary) << bad;

    const std::string told = verify("new state " + name);

    EXPECT_TRUE(names.contains(told.substr(0, told.find(' ')))) << name << ": " << told;
    std::ofstream(entry.path(), std::ios::binary) << good;
    EXPECT_TRUE(holds(verify())) << name;
    EXPECT_TRUE(holds(verify("new state " + name))) << name;
    ++tampered;
  }
  EXPECT_EQ(tampered, 6);  // timestamp, snapshot, targets, publication, two assets
}

TEST_F(Office, NamesARollbackToAnOlderCopy) {
  ASSERT_EQ(pack().code, 0);
  fs::copy(repository(), office_ / "copy", fs::copy_options::recursive);
  ASSERT_EQ(pack(kNow + std::chrono::hours(1)).code, 0);
  ASSERT_TRUE(holds(verify()));
  fs::remove_all(repository());
  fs::rename(office_ / "copy", repository());

  EXPECT_EQ(verify().substr(0, 20), "rollback: timestamp:");

  ASSERT_EQ(pack(kNow + std::chrono::hours(2)).code, 0);
  EXPECT_TRUE(holds(verify()));
}

TEST_F(Office, NamesAFreezeAWeekLater) {
  ASSERT_EQ(pack().code, 0);
  EXPECT_EQ(verify("state", kNow + std::chrono::days(7)).substr(0, 18), "freeze: timestamp:");
}

TEST_F(Office, NamesEveryErrorOfTheSourceWithFileAndPlace) {
  std::string faulty = kPublication;
  faulty.replace(faulty.find("pictures/gate.png"), 17, "pictures/wall.png");
  office_.write("source/publication.json", faulty);
  office_.write("films/fair.mp4", "no film at all");

  const Outcome packed = pack();

  EXPECT_EQ(packed.code, 1);
  EXPECT_NE(packed.err.find("publication.json: /assets/0/path: pictures/wall.png"),
            std::string::npos)
      << packed.err;
  EXPECT_NE(packed.err.find("publication.json: /assets/1/path: fair.mp4"), std::string::npos);
  EXPECT_EQ(std::count(packed.err.begin(), packed.err.end(), '\n'), 2);
  EXPECT_FALSE(fs::exists(repository()));
}

TEST_F(Office, NamesWhatIsWrongInTheDocument) {
  std::string faulty = kPublication;
  faulty.replace(faulty.find("\"layout\": \"full\""), 16, "\"layout\": \"half\"");
  office_.write("source/publication.json", faulty);

  const Outcome packed = pack();

  EXPECT_EQ(packed.code, 1);
  EXPECT_NE(packed.err.find("publication.json: /playlists/0/layout"), std::string::npos)
      << packed.err;
}

TEST_F(Office, RefusesAWrongPassphraseAndChangesNothing) {
  ASSERT_EQ(pack().code, 0);
  const std::string before = bytes_of(repository() / "metadata/timestamp.json");

  const Outcome packed = pack(kNow, "mái đình cây đa giếng cổ\n");

  EXPECT_EQ(packed.code, 1);
  EXPECT_NE(packed.err.find("targets.key: the passphrase is not the right one"),
            std::string::npos);
  EXPECT_EQ(bytes_of(repository() / "metadata/timestamp.json"), before);
}

TEST(ServerCommands, RefuseAPassphraseThatIsTooShort) {
  const OfficeFolder office;
  const Outcome created = create_keys_at(office / "keys", "ngắn quá\n");
  EXPECT_EQ(created.code, 1);
  EXPECT_NE(created.err.find("at least 12 characters"), std::string::npos);
  EXPECT_FALSE(fs::exists(office / "keys"));
}

TEST(ServerCommands, TellWrongUsageFromFailure) {
  EXPECT_EQ(run({}).code, 2);
  EXPECT_EQ(run({"keys"}).code, 2);
  EXPECT_EQ(run({"pack"}).code, 2);
  EXPECT_EQ(run({"keys", "create", "--out", "x", "--passphrase", "given away"}).code, 2);
  EXPECT_EQ(run({"keys", "create", "--out", "x", "--root-keys", "0"}).code, 2);
  EXPECT_EQ(run({"pack", "x", "--keys", "k", "--out", "r", "--now", "today"}).code, 1);
}

TEST(ServerCommands, HelpSaysWhatEachIsFor) {
  const Outcome help = run({"pack", "--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* word :
       {"SOURCE_DIR", "--keys", "--out", "--passphrase-fd", "--offline-days"}) {
    EXPECT_NE(help.out.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace conglang::server
