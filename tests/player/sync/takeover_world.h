// An office, one of its kiosks, and somebody who has taken the office's server over.
//
// The attacker holds the valid snapshot, timestamp and takedown keys and serves what he likes.
// The keys of the root and of the two approvers, both of whom must sign, he does not have.
// What the drill finds wrong it collects, so that its controls can ask whether it finds it.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/player/sync/takeover_kiosk.h"

namespace conglang::player {

// What a kiosk must say of something that it was served, and what that may do.
struct Expected {
  std::string what;
  Strings faults;           // exactly these
  bool may_hide = false;    // a list that the takedown key signed can only hide
  Strings may_appear = {};  // what is genuine in it
};

class TakeoverWorld {
 public:
  // The controls weaken the kiosk: by its keeper, or by the root that it pinned.
  explicit TakeoverWorld(MakeKeeper make_keeper = make_real_keeper,
                         const std::string& other_root = "") {
    office.targets_role = {{TestKey("chủ tịch"), TestKey("văn hóa")}, 2};
    office.delegates = {"takedown", "urgent"};
    office.delegated["takedown"] = {{{TestKey("takedown")}, 1}, {"takedown/*"}};
    office.delegated["urgent"] = {{{TestKey("chủ tịch")}, 1}, {"urgent/*"}};
    office.targets_expires = *parse_instant("2027-11-01T00:00:00Z");
    const std::string root = office.publish_root(root_version_);
    for (int edition = 1; edition <= 4; ++edition) {
      if (edition == 2) hide("hidden", "act-1");
      if (edition == 3) say_urgently("Bão số 5");
      publish();
      older.push_back(office);
    }
    older.pop_back();
    kiosk = std::make_unique<DrillKiosk>(
        DrillKiosk::Machine{other_root.empty() ? root : other_root, std::move(make_keeper)});
    serve_genuine("the first start");
  }

  // --- the office ---

  std::int64_t next() { return ++version_; }

  // A new edition, signed by both approvers. It takes back what is in `reinstated`.
  void publish() {
    const std::string number = std::to_string(++edition_);
    const std::vector<Card> cards = {
        {"news", "Bản tin " + number}, {"hidden", "Ảnh sai " + number}, {"map", "Bản đồ"}};
    const std::string film = "the film of edition " + number;
    for (const Card& card : cards) approved_.insert(card.id + ": " + card.title);
    approved_.insert("film: " + asset_of(film).sha256.hex());
    office.targets[kShow] = show_document(cards, film, reinstated);
    film_path = repository_path(asset_of(film));
    office.files[film_path] = film;
    newest_ = {"news: Bản tin " + number, "film: " + asset_of(film).sha256.hex()};
    is_served_ = false;
    targets_version_ = next();
    office.publish(targets_version_);
  }

  std::int64_t targets_version() const { return targets_version_; }  // of the newest edition

  void hide(const std::string& item, const std::string& act) {
    acts_.push_back(act_on(item, act));
    office.delegated["takedown"].targets[kList] = write_takedown_list(acts_);
  }

  // At once, without an approver: list, snapshot and timestamp.
  void take_down(const std::string& item, const std::string& act) {
    hide(item, act);
    office.publish_delegated("takedown", next());
    seal(office);
  }

  void say_urgently(const std::string& title) {
    approved_.insert("urgent: " + title);
    office.delegated["urgent"].targets[kStorm] = storm_document(title);
  }
  void end_urgent(const std::string& title) {
    approved_.erase("urgent: " + title);
    office.delegated["urgent"].targets.clear();
  }

  // What lay on the server was stolen: new keys for it, and the root says so.
  void recover() {
    const std::string era = " after root " + std::to_string(++root_version_);
    office.timestamp.keys = {TestKey("timestamp" + era)};
    office.snapshot.keys = {TestKey("snapshot" + era)};
    office.delegated["takedown"].role.keys = {TestKey("takedown" + era)};
    office.publish_root(root_version_);
  }

  const TakedownActs& acts() const { return acts_; }
  const Strings& newest() const { return newest_; }  // of what only the newest edition shows

  // The newest edition appears on `seen`, without a fault, and nothing that may not.
  void serve_genuine(const std::string& after) {
    if (serve_genuine(after, *kiosk)) ++genuine_updates;
    is_served_ = true;
  }
  bool serve_genuine(const std::string& after, DrillKiosk& seen, const Strings& faults = {}) {
    seen.http.on_the_way = nullptr;
    seen.serve(office);
    Strings named = seen.look();
    // The longest wait for a file that came wrong.
    for (int minute = 0; minute < 6 && !shows_newest(seen); ++minute) {
      seen.run(std::chrono::minutes(1));
      named = seen.look();
    }
    if (named != faults) find(after, "a genuine update met " + joined(named));
    const bool appeared = shows_newest(seen);
    if (!appeared) find(after, "a genuine update did not appear");
    inspect(after, seen);
    return appeared;
  }

  // So that a mutant differs from what was served before in nothing but its fault.
  void catch_up() {
    if (!is_served_) serve_genuine("catching up");
  }

  // --- the attack ---

  // What he has: every file and the online keys. Whatever else must be signed he signs with
  // a key of his own.
  TestRepository seized() const {
    TestRepository evil = office;
    evil.root.keys = evil.targets_role.keys = {TestKey("the attacker")};
    evil.delegated["urgent"].role.keys = {TestKey("the attacker")};
    return evil;
  }

  // Signs snapshot and timestamp over what lies there; with newer versions than anybody saw.
  void seal(TestRepository& evil, std::optional<std::int64_t> targets_version = {}) {
    const std::int64_t sealed = next();
    evil.publish_snapshot(sealed, targets_version.value_or(targets_version_));
    evil.publish_timestamp(sealed, sealed);
  }

  // A list that is signed as it should be, and the freshness around it.
  void seal_list(TestRepository& evil, const std::string& list) {
    evil.delegated["takedown"].targets[kList] = list;
    evil.publish_delegated("takedown", next());
    seal(evil);
  }

  void attack(const TestRepository& evil, const Expected& expected) {
    ++mutants;
    const Strings before = kiosk->screen();
    kiosk->serve(evil);
    const Strings faults = kiosk->look();
    if (faults != expected.faults) {
      find(expected.what, "named " + joined(faults) + ", expected " + joined(expected.faults));
    }
    inspect(expected.what, *kiosk);
    compare(before, kiosk->screen(), expected);
    // It also holds for a machine that starts again from this disk.
    const auto started = kiosk->twin();
    inspect(expected.what + ", after a start", *started);
    compare(kiosk->screen(), started->screen(),
            {expected.what + ", after a start", {}, expected.may_hide});
  }

  // Nothing but what was approved and is not taken down.
  void inspect(const std::string& what, const DrillKiosk& seen) {
    const Strings down = hidden();
    for (const std::string& shown : seen.screen()) {
      if (!approved_.contains(shown)) find(what, "unapproved on the screen: " + shown);
      if (down.contains(shown.substr(0, shown.find(':')))) find(what, "came back: " + shown);
    }
  }

  // What the office has taken down and not taken back.
  Strings hidden() const {
    Strings down;
    for (const TakedownAct& act : acts_) {
      const bool is_back =
          std::find(reinstated.begin(), reinstated.end(), act.id.text()) != reinstated.end();
      if (!is_back) down.insert(act.target_id);
    }
    return down;
  }

  void find(const std::string& what, const std::string& wrong) {
    findings.push_back(what + ": " + wrong);
  }

  static std::string joined(const Strings& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? "nothing" : text;
  }

  TestRepository office;
  std::vector<TestRepository> older;    // genuine, approved, and no longer the newest
  std::vector<std::string> reinstated;  // acts that the next edition takes back
  std::string film_path;                // of the newest edition, below the repository
  std::unique_ptr<DrillKiosk> kiosk;
  std::vector<std::string> findings;
  int mutants = 0, genuine_updates = 0;

 private:
  bool shows_newest(const DrillKiosk& seen) const {
    const Strings current = seen.current();
    return std::includes(current.begin(), current.end(), newest_.begin(), newest_.end());
  }

  void compare(const Strings& before, const Strings& after, const Expected& expected) {
    for (const std::string& shown : after) {
      const bool is_known = before.contains(shown) || expected.may_appear.contains(shown);
      if (!is_known) find(expected.what, "appeared: " + shown);
    }
    if (expected.may_hide) return;
    for (const std::string& shown : before) {
      if (!after.contains(shown)) find(expected.what, "vanished: " + shown);
    }
  }

  std::int64_t version_ = 0, targets_version_ = 0, root_version_ = 1;
  int edition_ = 0;
  bool is_served_ = false;
  TakedownActs acts_;
  Strings approved_, newest_;
};

}  // namespace conglang::player
