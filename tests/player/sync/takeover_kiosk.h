// One kiosk of the takeover drill: the real synchronisation over the real memory and store,
// a disk in memory, and a server that is whoever answers.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "player/store/kiosk_memory.h"
#include "player/sync/repository_sync.h"
#include "tests/player/store/content_crash_folder.h"
#include "tests/player/store/crash_folder.h"
#include "tests/player/sync/takeover_documents.h"
#include "tests/support/fake_http.h"
#include "tests/support/test_repository.h"

namespace conglang::player {

using Strings = std::set<std::string>;

// The kiosk's real memory, as player/app gives it to the synchronisation. The controls of the
// drill weaken it.
class DrillKeeper : public PublicationKeeper {
 public:
  DrillKeeper(StateFolder& data, std::string root) : data_(data), root_(std::move(root)) {
    begin_anew();
  }

  KeeperLook look(MetadataSource& repository, const ClockReading& clock) override {
    MemoryLook found = memory_->look(repository, clock);
    faults = found.faults;
    return {std::move(found.faults), std::move(found.memory_faults), found.has_news,
            std::move(found.needed), std::move(found.at_once)};
  }
  std::vector<TargetFile> kept_files() const override { return memory_->kept_files(); }
  LoadOutcome adopt(const ClockReading& clock) override { return memory_->adopt(clock); }

  KioskMemory& memory() { return *memory_; }

  std::vector<Fault> faults;  // of the last look

 protected:
  // Reads the disk once more, as after a start.
  void begin_anew() { memory_.emplace(&data_, root_, GroupId("hoa-phong")); }
  StateFolder& data() { return data_; }
  const std::string& root() const { return root_; }

 private:
  StateFolder& data_;
  const std::string root_;
  std::optional<KioskMemory> memory_;
};

using MakeKeeper =
    std::function<std::unique_ptr<DrillKeeper>(StateFolder& data, const std::string& root)>;

inline std::unique_ptr<DrillKeeper> make_real_keeper(StateFolder& data,
                                                     const std::string& root) {
  return std::make_unique<DrillKeeper>(data, root);
}

class DrillKiosk {
 public:
  struct Machine {
    std::string root;  // that it pinned when it was enrolled
    MakeKeeper make_keeper = make_real_keeper;
    CrashFolder::Names data = {};
    ContentCrashFolder::Files content = {};
  };

  explicit DrillKiosk(Machine machine)
      : machine_(std::move(machine)), data_(machine_.data), content_(machine_.content) {
    restart();
  }

  void restart() {
    sync_.reset();
    keeper_ = machine_.make_keeper(data_, machine_.root);
    store_.emplace(std::move(ContentStore::open(content_, {1 << 20, 0})).value());
    sync_.emplace(RepositorySync::Parts{
        http, *store_, *keeper_, {}, [] { return 0.5; }, RepositoryRules{}});
    shown_ = keeper_->memory().start(clock);
  }

  // Bytes on its disk that nobody hashed.
  void plant(const std::string& path, const std::string& bytes) { content_.put(path, bytes); }

  void serve(const TestRepository& repository) { http.files = repository.files; }

  // Whatever one look brings; the faults of the repository, its files and the way, by name.
  Strings look() {
    sync_->leave_files_to_others();
    sync_->take_files_back();  // looks anew, at once
    run(std::chrono::seconds(3));
    if (!names_of_way_.empty()) return names_of_way_;
    Strings names = names_of_files_;
    for (const Fault& fault : keeper_->faults) {
      names.insert(std::string(name_of(fault.kind)) + " " + fault.where);
    }
    return names;
  }

  void run(std::chrono::nanoseconds most) {
    names_of_files_.clear();
    names_of_way_.clear();
    const MonotonicTime until = http.now + most;
    do {
      RepositoryNews news = sync_->step(clock, http.now);
      if (news.show) shown_ = std::move(*news.show);
      for (const SyncEvent& event : news.events) note(event);
      // As the player does once something of it was on the glass.
      if (!keeper_->memory().confirm_shown()) names_of_files_.insert("storage memory");
      if (news.look_again <= http.now) continue;
      const auto rest = std::min<std::chrono::nanoseconds>(news.look_again - http.now,
                                                           std::chrono::seconds(1));
      http.work(std::chrono::ceil<Milliseconds>(rest));
    } while (http.now < until);
  }

  // Everything that it may put on the glass: "item: title", "film: digest of its bytes",
  // "urgent: title".
  Strings screen() const {
    Strings screen = current();
    if (shown_.previous) add(*shown_.previous, screen);
    for (const UrgentMessage& message : shown_.urgent) {
      if (is_active(message, shown_.now)) screen.insert("urgent: " + message.title.vi);
    }
    return screen;
  }
  Strings current() const {
    Strings screen;
    if (shown_.current) add(*shown_.current, screen);
    return screen;
  }

  // A machine with the same disk.
  std::unique_ptr<DrillKiosk> twin() const {
    Machine machine = machine_;
    machine.data = data_.names();
    machine.content = content_.files();
    auto twin = std::make_unique<DrillKiosk>(std::move(machine));
    twin->clock = clock;
    twin->restart();
    return twin;
  }

  ClockReading clock{*parse_instant("2026-11-23T10:00:00Z"), true};
  FakeHttp http;

 private:
  void note(const SyncEvent& event) {
    if (event.name == "recovered") return;
    if (event.subject == "files") names_of_files_.insert(event.name + " files");
    const bool is_of_way = event.subject == "repository" && !is_trust_fault(event.name);
    if (is_of_way) names_of_way_.insert(event.name + " repository");
  }

  static bool is_trust_fault(const std::string& name) {
    for (int kind = 0; kind <= static_cast<int>(TrustFault::malformed); ++kind) {
      if (name == name_of(static_cast<TrustFault>(kind))) return true;
    }
    return false;
  }

  void add(const LoadedPublication& loaded, Strings& screen) const {
    const Publication& publication = loaded.publication.publication();
    for (const Playlist& playlist : publication.playlists) {
      for (const Item& item : playlist.items) {
        if (const auto* card = std::get_if<TextCardContent>(&item.content)) {
          screen.insert(item.id.text() + ": " + card->title.vi);
        }
      }
    }
    const auto held = content_.files();
    for (const TargetFile& file : asset_files(publication)) {
      const auto found = held.find(repository_path(file));
      if (found == held.end()) continue;  // nothing to be shown
      screen.insert("film: " + sha256(std::string_view(found->second)).hex());
    }
  }

  const Machine machine_;
  CrashFolder data_;
  ContentCrashFolder content_;
  std::unique_ptr<DrillKeeper> keeper_;
  std::optional<ContentStore> store_;
  std::optional<RepositorySync> sync_;
  LoadOutcome shown_;
  Strings names_of_files_, names_of_way_;
};

}  // namespace conglang::player
