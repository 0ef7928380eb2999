// A publication's whole way onto the disk (trusted metadata, publication, assets, the memory of
// both) on a machine whose power goes at any write, flush or rename of it.

#include <gtest/gtest.h>

#include "player/app/programme_keeper.h"
#include "player/sync/repository_sync.h"
#include "tests/player/store/content_crash_folder.h"
#include "tests/player/store/content_files.h"
#include "tests/player/store/crash_folder.h"
#include "tests/support/fake_http.h"
#include "tests/support/test_repository.h"

namespace conglang::player {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNow = parse_instant("2026-11-23T08:00:00Z").value();
const ClockReading kClock{kNow, true};

std::string asset_json(const std::string& bytes) {
  return R"({"id":"picture","kind":"image","description":{"vi":"Cổng làng"},"credit":"A",)"
         R"("licence":"CC0-1.0","sha256":")" +
         sha256(std::string_view(bytes)).hex() + R"(","length":)" +
         std::to_string(bytes.size()) + R"(,"extension":"mp4"})";
}

std::string document(const std::string& title, const std::string& picture) {
  std::string asset = asset_json(picture);
  asset.replace(asset.find("\"image\""), 7, "\"video\"");
  return R"({"format":1,"id":"show","group":"gate","title":{"vi":")" + title +
         R"("},"approved_at":"2026-11-20T00:00:00Z","offline_until":"2100-01-01T00:00:00Z",
  "theme":{"background":"#101010","surface":"#202020","text":"#ffffff","text_muted":"#cccccc",
           "accent":"#c0392b","accent_text":"#ffffff"},
  "layouts":[{"id":"full","landscape":{"width":1920,"height":1080,
      "regions":[{"id":"main","x":0,"y":0,"width":1920,"height":1080}]}}],
  "assets":[)" +
         asset + R"(],"categories":[],"entries":[],
  "playlists":[{"id":"all","title":{"vi":"Tất cả"},"layout":"full","transition":{"kind":"cut"},
      "items":[{"id":"film","kind":"video","asset":"picture","evergreen":true}]}],
  "schedule":[{"playlist":"all","when":"always"}]})";
}

// Both folders of a kiosk's disk.
struct Disk {
  CrashFolder data;
  ContentCrashFolder content;

  int operations() const { return data.operations() + content.operations(); }
};

// The player's half of one run: from its start until it is switched off.
class Player {
 public:
  Player(Disk& disk, FakeHttp& http, const std::string& root)
      : store_(ContentStore::open(disk.content, {1 << 20, 0}).value()),
        keeper_({disk.data, store_, root, GroupId{"gate"}}),
        sync_({http, store_, keeper_, {}, [] { return 0.5; }, {}}),
        http_(http) {
    started_with = keeper_.start(kClock);
  }

  void run(std::chrono::nanoseconds length) {
    for (const MonotonicTime until = http_.now + length; http_.now < until;) {
      const RepositoryNews news = sync_.step(kClock, http_.now);
      if (news.show && news.show->current) confirm();
      http_.work(Milliseconds{100});
    }
  }

  std::int64_t shown() const { return keeper_.shown_version(); }
  bool has_all_files() const { return keeper_.held_version() == keeper_.shown_version(); }

  LoadOutcome started_with;

 private:
  void confirm() { static_cast<void>(keeper_.confirm_shown()); }

  ContentStore store_;
  ProgrammeKeeper keeper_;
  RepositorySync sync_;
  FakeHttp& http_;
};

class PowerCutJourney : public testing::Test {
 protected:
  void SetUp() override {
    root_ = office_.publish_root(1);
    publish(10, "Một", kFirst);
    Player player(before_, http_, root_);
    player.run(seconds(5));
    ASSERT_EQ(player.shown(), 10);
    publish(11, "Hai", kSecond);
  }

  void publish(std::int64_t version, const std::string& title, const std::string& film) {
    office_.targets["publications/gate.json"] = document(title, film);
    office_.targets[asset_of(film).path] = film;
    office_.publish(version);
    http_.files = office_.files;
  }

  // A disk as version 10 left it, whose power goes at that operation of its own or of the
  // folder beside it.
  std::unique_ptr<Disk> disk_struck_at(int operation, bool in_content) const {
    auto disk = std::make_unique<Disk>();
    disk->data = CrashFolder(before_.data.names());
    disk->content = ContentCrashFolder(before_.content.files());
    disk->data.flushes_nothing = disk->content.flushes_nothing = flushes_nothing_;
    Disk* both = disk.get();
    disk->data.on_power_cut = [both] { both->content.cut_power(); };
    disk->content.on_power_cut = [both] { both->data.cut_power(); };
    if (in_content) {
      disk->content.strike_at(operation, ContentCrashFolder::Fault::power_cut);
    } else {
      disk->data.strike_at(operation, CrashFolder::Fault::power_cut);
    }
    return disk;
  }

  // What a start without any network has to show after the power came back, and what comes of
  // it with one. Says what is wrong; empty when all is well.
  std::string judge(const CrashFolder::Names& names, const ContentCrashFolder::Files& files) {
    Disk disk;
    disk.data = CrashFolder(names);
    disk.content = ContentCrashFolder(files);
    FakeHttp dead;
    dead.on_the_way = [](const HttpRequest&) { return no_answer(HttpFault::dns); };
    {
      const Player alone(disk, dead, root_);
      if (!alone.started_with.current) return "nothing to show";
      if (!alone.started_with.memory_faults.empty()) return "its memory is damaged";
      if (alone.shown() != 10 && alone.shown() != 11) return "neither the old nor the new";
      if (!alone.has_all_files()) return "shows what is not whole";
    }
    for (const auto& [path, bytes] : disk.content.files()) {
      const bool is_whole = path.find(sha256(std::string_view(bytes)).hex()) != path.npos;
      if (path.starts_with("targets/") && !is_whole) return "another file under a proven name";
    }
    FakeHttp http;
    http.files = http_.files;
    Player with_office(disk, http, root_);
    with_office.run(minutes(2));
    return with_office.shown() == 11 && with_office.has_all_files() ? "" : "never goes on";
  }

  // How many worlds were judged; the first wrong one ends it.
  int cut_everywhere(std::string& wrong) {
    int worlds = 0;
    for (const bool in_content : {false, true}) {
      for (int operation = 0; wrong.empty(); ++operation) {
        const auto disk = disk_struck_at(operation, in_content);
        FakeHttp http;
        http.files = http_.files;
        Player(*disk, http, root_).run(seconds(5));
        if (!disk->data.was_struck()) break;
        for (const auto& names : disk->data.after_power_cut()) {
          for (const auto& files : disk->content.after_power_cut()) {
            ++worlds;
            if (wrong.empty()) wrong = judge(names, files);
          }
        }
      }
    }
    return worlds;
  }

  const std::string kFirst = std::string(3000, '1'), kSecond = std::string(5000, '2');
  TestRepository office_;
  std::string root_;
  FakeHttp http_;
  Disk before_;
  bool flushes_nothing_ = false;
};

TEST_F(PowerCutJourney, EndsWithTheOldOrTheNewProgrammeWholeAndGoesOnByItself) {
  std::string wrong;

  const int worlds = cut_everywhere(wrong);

  EXPECT_EQ(wrong, "");
  EXPECT_GE(worlds, 50);
}

// The control: with flushes that do nothing the same judge must find something.
TEST_F(PowerCutJourney, IsNotSurvivedOnADiskThatFlushesNothing) {
  flushes_nothing_ = true;
  std::string wrong;

  cut_everywhere(wrong);

  EXPECT_NE(wrong, "");
}

}  // namespace
}  // namespace conglang::player
