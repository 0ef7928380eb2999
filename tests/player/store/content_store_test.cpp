#include "player/store/content_store.h"

#include <gtest/gtest.h>

#include "playlists/trust/verified_target.h"
#include "tests/player/store/content_crash_folder.h"
#include "tests/player/store/content_files.h"

namespace conglang::player {
namespace {

using Fault = ContentCrashFolder::Fault;

constexpr std::int64_t kAll = std::int64_t{1} << 40;
const ContentRules kWide{1000, 0};
const std::string kOld = "the film that is on the screen";
const std::string kNew = "the film that comes tomorrow, a little longer";

ContentStore open(ContentCrashFolder& folder, ContentRules rules = kWide) {
  auto opened = ContentStore::open(folder, rules);
  EXPECT_TRUE(opened);
  return std::move(opened).value();
}

std::vector<TargetFile> files_of(std::initializer_list<std::string> all) {
  std::vector<TargetFile> files;
  for (const std::string& bytes : all) files.push_back(asset_of(bytes));
  return files;
}

std::string path_of(const std::string& bytes) { return repository_path(asset_of(bytes)); }

// What a link brings, in pieces of 7 bytes.
Status fetch(ContentStore& store, const std::string& bytes) {
  const TargetFile file = asset_of(bytes);
  if (Status room = store.make_room(file); !room) return room;
  ContentDownload download = store.begin(file);
  const auto hashed = download.hash_kept(kAll);
  Status done = hashed ? Status{} : Status{hashed.error()};
  while (done && !download.is_whole()) {
    const auto from = static_cast<std::size_t>(download.held());
    done = download.add(octets(std::string_view(bytes).substr(from, 7)));
  }
  if (done) done = download.finish();
  if (done) {
    store.arrived(download);
  } else {
    store.paused(download);
  }
  return done;
}

TEST(ContentStore, KnowsAfterARestartWhatItHolds) {
  ContentCrashFolder folder;
  ContentStore first = open(folder);
  ASSERT_TRUE(fetch(first, kOld));

  const ContentStore again = open(folder);

  EXPECT_TRUE(again.holds(asset_of(kOld)));
  EXPECT_FALSE(again.holds(asset_of(kNew)));
  EXPECT_EQ(again.held_bytes(), static_cast<std::int64_t>(kOld.size()));
}

TEST(ContentStore, DoesNotTakeAFileOfAnotherLengthForWhole) {
  ContentCrashFolder folder(ContentCrashFolder::Files{{path_of(kOld), kOld.substr(1)}});

  EXPECT_FALSE(open(folder).holds(asset_of(kOld)));
}

TEST(ContentStore, NamesWhatIsMissingTheSmallestNeedFirst) {
  const std::string large(300, 'x'), middle(200, 'y'), small(100, 'z');
  ContentCrashFolder folder;
  folder.put(ContentDownload::part_path(asset_of(large).sha256), large.substr(0, 250));
  const ContentStore store = open(folder);

  const auto needs = store.missing(files_of({large, middle, small, middle}));

  EXPECT_EQ(needs, files_of({large, small, middle}));
}

TEST(ContentStore, MakesRoomWithWhatNobodyNeeds) {
  ContentCrashFolder folder;
  ContentStore store = open(folder, {100, 0});
  ASSERT_TRUE(fetch(store, std::string(50, 'a')));
  ASSERT_TRUE(fetch(store, std::string(50, 'b')));
  store.pin(files_of({std::string(50, 'b')}));

  ASSERT_TRUE(fetch(store, std::string(50, 'c')));

  EXPECT_FALSE(store.holds(asset_of(std::string(50, 'a'))));
  EXPECT_TRUE(store.holds(asset_of(std::string(50, 'b'))));
  EXPECT_EQ(folder.files().size(), 2u);
}

TEST(ContentStore, RefusesAFileThatDoesNotFitBesideWhatMustStay) {
  ContentCrashFolder folder;
  ContentStore store = open(folder, {100, 0});
  ASSERT_TRUE(fetch(store, std::string(60, 'a')));
  store.pin(files_of({std::string(60, 'a')}));

  const Status room = store.make_room(asset_of(std::string(50, 'b')));

  ASSERT_FALSE(room);
  EXPECT_EQ(room.error().code, kNoSpaceCode);
  EXPECT_NE(room.error().message.find("10 bytes are lacking"), std::string::npos);
  EXPECT_TRUE(store.holds(asset_of(std::string(60, 'a'))));
}

TEST(ContentStore, CountsWhatIsHalfHereAsRoomThatIsTaken) {
  ContentCrashFolder folder;
  folder.put(ContentDownload::part_path(asset_of(std::string(50, 'b')).sha256),
             std::string(40, 'b'));
  folder.free = 10;
  ContentStore store = open(folder, {100, 0});

  EXPECT_TRUE(store.make_room(asset_of(std::string(50, 'b'))));
}

TEST(ContentStore, TakesLeftoversOfFilesAwayThatNobodyWants) {
  ContentCrashFolder folder;
  folder.put(ContentDownload::part_path(asset_of(kOld).sha256), "half");
  folder.put(ContentDownload::part_path(asset_of(kNew).sha256), kNew.substr(0, 4));
  folder.put("incoming/something", "else");
  ContentStore store = open(folder);

  ASSERT_TRUE(store.drop_leftovers(files_of({kNew})));

  EXPECT_EQ(folder.files().size(), 1u);
  EXPECT_EQ(folder.files().count(ContentDownload::part_path(asset_of(kNew).sha256)), 1u);
}

TEST(ContentStore, FindsADamagedFileAndFetchesItAgain) {
  ContentCrashFolder folder;
  ContentStore store = open(folder);
  ASSERT_TRUE(fetch(store, kOld));
  ASSERT_TRUE(fetch(store, kNew));
  std::string damaged = kNew;
  damaged[5] ^= 1;
  folder.put(path_of(kNew), damaged);

  std::optional<Sha256Digest> found;
  for (bool round = false; !round;) {
    const auto step = store.scrub(10);
    ASSERT_TRUE(step);
    if (step->damaged) found = step->damaged;
    round = step->came_round;
  }

  EXPECT_EQ(found, asset_of(kNew).sha256);
  EXPECT_EQ(store.missing(files_of({kOld, kNew})), files_of({kNew}));
  EXPECT_TRUE(fetch(store, kNew));
  EXPECT_EQ(folder.files().at(path_of(kNew)), kNew);
}

TEST(ContentStore, FindsEveryFlippedBitAndEveryCut) {
  for (std::size_t at = 0; at < kOld.size(); ++at) {
    std::string flipped = kOld;
    flipped[at] ^= static_cast<char>(1 << (at % 8));
    for (const std::string& bytes :
         {flipped, kOld.substr(0, at), kOld + kOld.substr(0, at + 1)}) {
      ContentCrashFolder folder(ContentCrashFolder::Files{{path_of(kOld), kOld}});
      ContentStore store = open(folder);
      folder.put(path_of(kOld), bytes);

      const auto step = store.scrub(kAll);

      ASSERT_TRUE(step);
      EXPECT_EQ(step->damaged, asset_of(kOld).sha256) << bytes;
      EXPECT_FALSE(store.holds(asset_of(kOld)));
    }
  }
}

TEST(ContentStore, ScrubsNoFasterThanItIsAllowed) {
  const std::string large(1'000'000, 'x');
  ContentCrashFolder folder(ContentCrashFolder::Files{{path_of(large), large}});
  ContentStore store = open(folder, {2'000'000, 0});
  int steps = 0;

  for (bool round = false; !round; ++steps) {
    const auto step = store.scrub(300'000);
    ASSERT_TRUE(step);
    EXPECT_LE(step->bytes, 600'000);
    EXPECT_FALSE(step->damaged);
    round = step->came_round;
  }

  EXPECT_GE(steps, 2);
}

// At every operation the power goes, and the disk does what it likes with what was not
// flushed: a file under its own name is always what was signed for, the old one stays, and
// the next attempt ends well.
TEST(ContentStore, NeverHoldsAHalfFileWheneverThePowerIsCut) {
  int worlds = 0;
  for (int step = 0;; ++step) {
    ContentCrashFolder folder(ContentCrashFolder::Files{{path_of(kOld), kOld}});
    folder.strike_at(step, Fault::power_cut);
    ContentStore store = open(folder);
    const bool arrived = fetch(store, kNew).ok();
    for (const auto& files : folder.after_power_cut()) {
      ++worlds;
      EXPECT_EQ(files.at(path_of(kOld)), kOld);
      const auto found = files.find(path_of(kNew));
      EXPECT_TRUE(found == files.end() || found->second == kNew) << "step " << step;
      EXPECT_TRUE(!arrived || found != files.end()) << "step " << step;
      ContentCrashFolder again(files);
      ContentStore later = open(again);
      const bool done = later.holds(asset_of(kNew)) || fetch(later, kNew).ok() ||
                        fetch(later, kNew).ok();  // the zeros of the first are found out
      EXPECT_TRUE(done) << "step " << step;
      EXPECT_EQ(again.files().at(path_of(kNew)), kNew);
    }
    if (!folder.was_struck()) break;
  }
  EXPECT_GT(worlds, 50);
}

TEST(ContentStore, RecoversFromAnyOperationThatFails) {
  for (const Fault fault : {Fault::failure, Fault::disk_full}) {
    for (int step = 0;; ++step) {
      ContentCrashFolder folder(ContentCrashFolder::Files{{path_of(kOld), kOld}});
      folder.strike_at(step, fault);
      ContentStore store = open(folder);

      const Status first = fetch(store, kNew);

      if (!folder.was_struck()) break;
      EXPECT_FALSE(first) << "step " << step;
      EXPECT_EQ(folder.files().at(path_of(kOld)), kOld);
      if (folder.files().count(path_of(kNew)) != 0) {
        EXPECT_EQ(folder.files().at(path_of(kNew)), kNew);
      }
      Status again = store.holds(asset_of(kNew)) ? Status{} : fetch(store, kNew);
      EXPECT_TRUE(again) << "step " << step << ": " << (again ? "" : again.error().message);
      EXPECT_EQ(folder.files().at(path_of(kNew)), kNew);
    }
  }
}

}  // namespace
}  // namespace conglang::player
