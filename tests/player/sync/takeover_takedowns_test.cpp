// The takeover drill, lists of what is hidden: the key lies on the server, so whoever holds it
// signs what he likes. He can hide; he brings nothing back and adds nothing.

#include "tests/player/sync/takeover_mutants.h"

namespace conglang::player {
namespace {

constexpr std::size_t kMostActs = 10'000;

class TakeoverOfTakedowns : public TakeoverDrill {
 protected:
  void SetUp() override {
    for (const char* word : {"2", "3", "4"}) {
      world.take_down("old-item-" + std::string(word), "act-" + std::string(word));
    }
    world.serve_genuine("more that is hidden");
  }

  static TakedownActs junk(const std::string& name, std::size_t count) {
    TakedownActs acts;
    for (std::size_t at = 0; at < count; ++at) {
      const std::string id = name + "-" + std::to_string(at);
      acts.push_back(act_on(id, id));
    }
    return acts;
  }

  TakedownActs with(const TakedownActs& more) const {
    TakedownActs acts = world.acts();
    acts.insert(acts.end(), more.begin(), more.end());
    return acts;
  }
};

TEST_F(TakeoverOfTakedowns, AListThatLacksActs) { drill(empty_list); }

TEST_F(TakeoverOfTakedowns, NoListAtAll) {
  drill([this](TestRepository& evil, int number) -> Expected {
    TestDelegatedRole& role = evil.delegated["takedown"];
    role.targets.clear();
    if (number % 2 == 0) role.targets["takedown/other.json"] = "{}";
    if (number % 3 == 0) role.expires = year(2099);
    evil.publish_delegated("takedown", world.next());
    world.seal(evil);
    return {"no list", {"rollback takedown/list.json"}};
  });
}

TEST_F(TakeoverOfTakedowns, AnEmptyListThatHasExpired) {
  const auto expire = [this](TestRepository& evil, int number) -> Expected {
    evil.delegated["takedown"].expires = year(1970 + 2 * number);
    world.seal_list(evil, write_takedown_list({}));
    return {"an expired list", {"freeze takedown", "rollback takedown/list.json"}};
  };
  drill(expire, kMutants, 1);
}

TEST_F(TakeoverOfTakedowns, ASignedListWithoutForm) {
  const std::string act =
      R"({"takedown_id":"a","kind":"item","target_id":"b","at":"2026-11-21T00:00:00Z"})";
  const auto acts = [](const std::string& text) {
    return R"({"format":1,"acts":[)" + text + "]}";
  };
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string other = act;
    return acts(other.replace(other.find(from), from.size(), to));
  };
  const std::vector<std::string> lists = {"",
                                          "{}",
                                          "[]",
                                          "null",
                                          "\xff",
                                          R"({"format":1})",
                                          R"({"format":2,"acts":[]})",
                                          R"({"format":1,"acts":{}})",
                                          R"({"format":1,"acts":[],"show":["hidden"]})",
                                          acts(act + "," + act),
                                          acts("{}"),
                                          acts("7"),
                                          changed("item", "show"),
                                          changed(R"("b")", R"("../b")"),
                                          changed(R"("b")", R"("")"),
                                          changed(R"("a")", R"("A")"),
                                          changed(R"("a")", "-1"),
                                          changed("2026-11-21", "2026-02-30"),
                                          changed("2026-11-21", "99999-01-01"),
                                          changed(R"("at")", R"("until")"),
                                          std::string(20'000, '['),
                                          write_takedown_list(junk("x", kMostActs + 1))};
  drill(
      [&](TestRepository& evil, int number) -> Expected {
        world.seal_list(evil, lists[at(number)]);
        return {"a list without form", {"malformed takedown/list.json"}};
      },
      static_cast<int>(lists.size()));
}

// What was said of an act first holds.
TEST_F(TakeoverOfTakedowns, TheSameActsAboutOtherThings) {
  drill([this](TestRepository& evil, int number) -> Expected {
    TakedownActs acts = world.acts();
    for (TakedownAct& act : acts) {
      act.target_id = number % 2 == 0 ? "news" : "nothing-" + std::to_string(number);
      act.kind = number % 3 == 0 ? TakedownKind::entry : TakedownKind::item;
      act.at = number % 4 == 0 ? year(1970) : year(2099);
    }
    world.seal_list(evil, write_takedown_list(acts));
    return {"other acts of the same name", {}};
  });
}

// The one thing that he can do; an approver takes it back.
TEST_F(TakeoverOfTakedowns, ActsOfTheAttackersOwn) {
  int hidden = 0;
  const auto forge = [&](TestRepository& evil, int number) -> Expected {
    hidden += world.kiosk->screen().contains("map: Bản đồ") ? 0 : 1;
    world.reinstated.push_back("forged-" + std::to_string(number));
    TakedownAct act = act_on(number % 2 == 0 ? "map" : "news", world.reinstated.back());
    if (number % 3 == 0) act.at = year(2099);
    if (number % 5 == 4) act.kind = TakedownKind::asset;
    if (number % 5 == 4) act.target_id = "film-asset";
    const bool lacks_the_others = number % 4 == 3;
    world.seal_list(evil,
                    write_takedown_list(lacks_the_others ? TakedownActs{act} : with({act})));
    Expected expected{"a forged act", {}, true};
    const bool lacks = lacks_the_others || number % kBetweenUpdates > 0;
    if (lacks) expected.faults = {"rollback takedown/list.json"};
    return expected;
  };
  drill(forge);
  EXPECT_GE(hidden, 10) << "he can hide, and that is all";
}

// Ten thousand acts are remembered. When the attacker has filled them up, what was hidden
// stays hidden, and the office hides again once an approver has tidied.
TEST_F(TakeoverOfTakedowns, MoreActsThanAreRemembered) {
  constexpr std::size_t kHalf = kMostActs / 2;
  TestRepository evil = world.seized();
  world.seal_list(evil, write_takedown_list(with(junk("a", kHalf))));
  world.attack(evil, {"the first half", {}, true});
  const Strings both = {"endless-data takedown/list.json", "rollback takedown/list.json"};
  world.seal_list(evil, write_takedown_list(with(junk("b", kHalf))));
  world.attack(evil, {"the second half", both, true});
  for (int number = 0; number < kMutants; ++number) {
    TakedownActs more = junk("c-" + std::to_string(number), 1 + at(number));
    if (number % 2 == 0) more = with(more);
    world.seal_list(evil, write_takedown_list(more));
    world.attack(evil, {"more than that", both, false});
  }
  for (const char* name : {"a", "b"}) {
    for (const TakedownAct& act : junk(name, kHalf)) {
      if (world.reinstated.size() < kMostActs) world.reinstated.push_back(act.id.text());
    }
  }
  world.publish();
  world.serve_genuine("an approver tidied");

  world.take_down("map", "act-5");
  world.serve_genuine("hiding after the tidying");

  EXPECT_FALSE(world.kiosk->screen().contains("map: Bản đồ"));
}

}  // namespace
}  // namespace conglang::player
