// The takeover drill, urgent messages: nobody but an approver says anything, and what was
// ended stays ended.

#include "tests/player/sync/takeover_mutants.h"

namespace conglang::player {
namespace {

class TakeoverOfUrgentMessages : public TakeoverDrill {
 protected:
  static std::string path_of(const std::string& id) { return "urgent/" + id + ".json"; }
  static std::string forged(const std::string& id) {
    return storm_document("Lệnh của kẻ lạ", id);
  }
};

TEST_F(TakeoverOfUrgentMessages, OneThatNoApproverSigned) {
  const auto forge = [this](TestRepository& evil, int number) -> Expected {
    TestDelegatedRole& role = evil.delegated["urgent"];
    const std::string id = number % 2 == 0 ? "storm" : "forged-" + std::to_string(number);
    role.targets[path_of(id)] = forged(id);
    role.expires = number % 3 == 0 ? year(2099) : role.expires;
    role.role.keys = signers(evil, number);
    evil.publish_delegated("urgent", world.next());
    world.seal(evil);
    return {"an unsigned message", {"bad-signature urgent"}};
  };
  drill(forge, kMutants, 1);
}

// The takedown key speaks for takedown/* and for nothing else.
TEST_F(TakeoverOfUrgentMessages, OneInTheTakedownRole) {
  drill([this](TestRepository& evil, int number) -> Expected {
    TestDelegatedRole& role = evil.delegated["takedown"];
    const std::string id = number % 2 == 0 ? "storm" : "forged-" + std::to_string(number);
    role.targets[path_of(id)] = forged(id);
    role.targets[kShow] = publication_of_nobody();
    role.expires = number % 3 == 0 ? year(2099) : role.expires;
    evil.publish_delegated("takedown", world.next());
    world.seal(evil);
    return {"a message in the takedown role", {}};
  });
}

// A role that the takedown role delegates to, with the attacker's own keys.
TEST_F(TakeoverOfUrgentMessages, OneInARoleOfTheTakedownRole) {
  drill([this](TestRepository& evil, int number) -> Expected {
    TestDelegatedRole& mine = evil.delegated["mine"];
    mine.role = {{TestKey("the attacker")}, 1};
    mine.paths = {"*/*"};
    mine.targets[path_of("forged")] = forged("forged");
    mine.targets[kShow] = publication_of_nobody();
    mine.terminating = number % 2 == 0;
    evil.publish_delegated("mine", world.next());
    evil.delegated["takedown"].delegates = {"mine"};
    evil.publish_delegated("takedown", world.next());
    evil.delegated["mine"].version = 0;  // the snapshot may not lose a role later on
    world.seal(evil);
    return {"a message in a role below", {}};
  });
}

TEST_F(TakeoverOfUrgentMessages, OneWithOtherBytesThanThoseSignedFor) {
  const auto tamper = [this](TestRepository& evil, int number) -> Expected {
    const std::string title = "Lũ lên " + std::to_string(number);
    world.say_urgently(title);
    world.publish();
    evil = world.seized();
    const std::string document = evil.delegated["urgent"].targets.at(kStorm);
    const TargetFile file{kStorm, static_cast<std::int64_t>(document.size()),
                          sha256(std::string_view(document))};
    std::string& bytes = evil.files.at(repository_path(file));
    Expected expected{"another message", {}, true};
    if (number % 3 == 0) bytes[40 + at(number)] ^= 1;
    if (number % 3 == 1) bytes.append(at(number), ' ');
    if (number % 3 == 2) evil.files.erase(repository_path(file));
    const std::vector<std::string> faults = {"wrong-hash ", "wrong-length ", "missing "};
    expected.faults = {faults[at(number) % 3] + kStorm};
    // The edition around it is a genuine one.
    for (const std::string& shown : world.newest()) expected.may_appear.insert(shown);
    return expected;
  };
  drill(tamper, kMutants, 1);
}

// What an approver has ended does not come back, though its signature was good.
TEST_F(TakeoverOfUrgentMessages, OneThatWasEnded) {
  world.end_urgent("Bão số 5");
  world.publish();
  world.serve_genuine("the end of the message");
  const auto replay = [this](TestRepository& evil, int number) -> Expected {
    const std::int64_t said = 3 + number % 2;  // the editions that had it
    evil.states_lengths = number % 4 < 2;
    if (number % 3 == 0) {
      evil.delegated["urgent"].version = said;
      world.seal(evil);
      return {"an ended message", {"rollback snapshot"}};
    }
    const std::int64_t version = world.next();
    evil.files[TestRepository::name(version, "urgent")] =
        evil.files.at(TestRepository::name(said, "urgent"));
    evil.delegated["urgent"].version = version;
    world.seal(evil);
    return {"an ended message as a new one", {"mix-and-match urgent"}};
  };
  drill(replay, kMutants, 1);
}

}  // namespace
}  // namespace conglang::player
