// The takeover drill, the bytes: what is damaged, cut, endless, missing or without form. Each
// is done to a new edition on its way, so that something depends on the file.

#include "tests/player/sync/takeover_drill.h"

namespace conglang::player {
namespace {

class TakeoverOfBytes : public TakeoverDrill {
 protected:
  static std::string path_in(const TestRepository& evil, const std::string& target) {
    const auto bytes = [&]() -> const std::string& {
      if (target == kList) return evil.delegated.at("takedown").targets.at(target);
      if (target == kStorm) return evil.delegated.at("urgent").targets.at(target);
      return evil.targets.at(target);
    }();
    return repository_path(
        {target, static_cast<std::int64_t>(bytes.size()), sha256(std::string_view(bytes))});
  }

  // The file of a role that the kiosk must read to come to the new edition.
  std::string role_path(const std::string& role) const {
    return TestRepository::name(world.targets_version(), role);
  }

  // The takedown list and the urgent message are new too, and nothing else is.
  TestRepository next_words(int number) {
    world.catch_up();
    TestRepository evil = world.seized();
    const std::int64_t version = world.next();
    evil.delegated["takedown"].targets[kList] = write_takedown_list(
        with(world.acts(), act_on("nothing", "n-" + std::to_string(number))));
    evil.publish_delegated("takedown", version);
    world.seal(evil);
    return evil;
  }

  static TakedownActs with(TakedownActs acts, const TakedownAct& more) {
    acts.push_back(more);
    return acts;
  }

  static void flip(std::string& bytes, int number) {
    char& byte = bytes[(at(number) * 7919) % bytes.size()];
    byte = static_cast<char>(byte ^ (1 << number % 7));
  }

  // Longer or shorter, but not so much that it would be endless.
  static void resize(std::string& bytes, int number) {
    if (number % 2 == 0) {
      bytes.append(1 + at(number), ' ');
    } else {
      bytes.resize(bytes.size() - at(number));
    }
  }
};

const std::vector<std::string> kRoles = {"snapshot", "targets"};

TEST_F(TakeoverOfBytes, MetadataWithOneOtherBit) {
  drill([this](TestRepository& evil, int number) -> Expected {
    evil = next_edition();
    const std::string role = kRoles[at(number) % 2];
    flip(evil.files[role_path(role)], number);
    return {role + " with another bit", {"wrong-hash " + role}};
  });
}

TEST_F(TakeoverOfBytes, MetadataOfAnotherLength) {
  drill([this](TestRepository& evil, int number) -> Expected {
    evil = next_edition();
    const std::string role = kRoles[at(number) % 2];
    std::string& bytes = evil.files[role_path(role)];
    // Cut, it is no document; longer by blanks, it is one whose signature holds.
    resize(bytes, number / 2 + number % 2);
    return {role + " of another length", {"wrong-length " + role}};
  });
}

TEST_F(TakeoverOfBytes, ListsWithOneOtherBitOrOfAnotherLength) {
  drill([this](TestRepository& evil, int number) -> Expected {
    evil = next_words(number);
    std::string& bytes =
        evil.files[TestRepository::name(evil.delegated["takedown"].version, "takedown")];
    if (number % 2 == 0) {
      flip(bytes, number);
      return {"takedown with another bit", {"wrong-hash takedown"}};
    }
    resize(bytes, number);
    return {"takedown of another length", {"wrong-length takedown"}};
  });
}

TEST_F(TakeoverOfBytes, DocumentsWithOneOtherBit) {
  drill([this](TestRepository& evil, int number) -> Expected {
    evil = number % 2 == 0 ? next_edition() : next_words(number);
    const std::string target = number % 2 == 0 ? kShow : kList;
    flip(evil.files[path_in(evil, target)], number);
    return {target + " with another bit", {"wrong-hash " + target}};
  });
}

TEST_F(TakeoverOfBytes, DocumentsOfAnotherLength) {
  drill([this](TestRepository& evil, int number) -> Expected {
    evil = number % 4 < 2 ? next_edition() : next_words(number);
    const std::string target = number % 4 < 2 ? kShow : kList;
    resize(evil.files[path_in(evil, target)], number);
    return {target + " of another length", {"wrong-length " + target}};
  });
}

TEST_F(TakeoverOfBytes, FilesWithoutAnEnd) {
  drill([this](TestRepository& evil, int number) -> Expected {
    constexpr std::size_t kMegabyte = 1 << 20;
    const auto more = at(number);
    world.catch_up();
    switch (number % 5) {
      case 0:
        evil.files[kTimestampFile].append(kMegabyte + more, ' ');
        return {"endless timestamp", {"endless-data timestamp"}};
      case 1:
        evil.files[TestRepository::name(2, "root")] = std::string(kMegabyte + more, '{');
        return {"endless root", {"endless-data root"}};
      case 2:
        evil = next_edition();
        evil.files[role_path("snapshot")].append(3 * kMegabyte + more, ' ');
        return {"endless snapshot", {"endless-data snapshot"}};
      case 3:
        evil = next_words(number);
        evil.files[path_in(evil, kList)].append(kMegabyte + more, ' ');
        return {"endless list", {std::string("endless-data ") + kList}};
      default:
        evil = next_edition();
        evil.files[path_in(evil, kShow)].append(kMegabyte + more, '\0');
        return {"endless publication", {std::string("endless-data ") + kShow}};
    }
  });
}

TEST_F(TakeoverOfBytes, FilesThatAreNotThere) {
  drill([this](TestRepository& evil, int number) -> Expected {
    evil = number % 5 == 4 ? next_words(number) : next_edition();
    switch (number % 5) {
      case 0:
        evil.files.erase(kTimestampFile);
        return {"no timestamp", {"missing timestamp"}};
      case 1:
        evil.files.erase(role_path("snapshot"));
        return {"no snapshot", {"missing snapshot"}};
      case 2:
        evil.files.erase(role_path("targets"));
        return {"no targets", {"missing targets"}};
      case 3:
        evil.files.erase(path_in(evil, kShow));
        return {"no publication", {std::string("missing ") + kShow}};
      default:
        evil.files.erase(path_in(evil, kList));
        return {"no list", {std::string("missing ") + kList}};
    }
  });
}

// --- signed as it should be, and without form ---

void set(JsonObject& object, const std::string& name, const JsonValue& value) {
  std::erase_if(object, [&](const JsonMember& member) { return member.first == name; });
  object.emplace_back(name, value);
}

const std::vector<std::pair<std::string, JsonValue>> kOdd = {
    {"version", 0},
    {"version", -1},
    {"version", kMostVersion + 1},
    {"version", kMostVersion + 2},
    {"version", INT64_MAX},
    {"version", INT64_MIN},
    {"version", "9"},
    {"version", true},
    {"version", JsonValue()},
    {"version", JsonArray{9}},
    {"expires", "2099"},
    {"expires", "2099-02-30T00:00:00Z"},
    {"expires", "99999-01-01T00:00:00Z"},
    {"expires", INT64_MAX},
    {"expires", JsonValue()},
    {"meta", JsonArray{}},
    {"meta", JsonObject{}},
    {"meta", JsonValue()},
    {"_type", "targets"},
    {"_type", JsonValue()},
    {"spec_version", "2.0.0"},
    {"spec_version", 1}};

TEST_F(TakeoverOfBytes, TimestampsWithoutForm) {
  drill(
      [this](TestRepository& evil, int number) -> Expected {
        const auto& [member, value] = kOdd[at(number) % kOdd.size()];
        JsonObject body = TestRepository::head("timestamp", world.next(), year(2027));
        body.emplace_back("meta",
                          JsonObject{{"snapshot.json", evil.file_version(4, "snapshot")}});
        set(body, member, value);
        evil.files[kTimestampFile] = signed_file(body, evil.timestamp.keys);
        return {"timestamp: " + member + " " + write_json(value), {"malformed timestamp"}};
      },
      static_cast<int>(kOdd.size()));
}

TEST_F(TakeoverOfBytes, SnapshotsWithoutForm) {
  drill(
      [this](TestRepository& evil, int number) -> Expected {
        const auto& [member, value] = kOdd[at(number) % kOdd.size()];
        const std::int64_t version = world.next();
        JsonObject body = TestRepository::head("snapshot", version, year(2027));
        body.emplace_back("meta",
                          JsonObject{{"targets.json", JsonObject{{"version", version}}}});
        set(body, member, value);
        evil.files[TestRepository::name(version, "snapshot")] =
            signed_file(body, evil.snapshot.keys);
        evil.publish_timestamp(version, version);
        return {"snapshot: " + member + " " + write_json(value), {"malformed snapshot"}};
      },
      static_cast<int>(kOdd.size()));
}

TEST_F(TakeoverOfBytes, BytesThatAreNoDocument) {
  const std::vector<std::string> texts = {"",
                                          "{",
                                          "[]",
                                          "null",
                                          "\xff\xfe",
                                          R"({"signed":{}})",
                                          R"({"signatures":[]})",
                                          R"({"signatures":{},"signed":{"_type":"timestamp"}})",
                                          "{}{}",
                                          std::string(20'000, '['),
                                          std::string(40'000, '9'),
                                          R"({"signed":{},"signed":{},"signatures":[]})",
                                          std::string(1000, '\0')};
  drill(
      [&](TestRepository& evil, int number) -> Expected {
        const std::string& text = texts[at(number) % texts.size()];
        if (number % 2 == 0) {
          evil.files[kTimestampFile] = text;
          return {"no timestamp but " + text.substr(0, 30), {"malformed timestamp"}};
        }
        const std::int64_t version = world.next();
        evil.files[TestRepository::name(version, "snapshot")] = text;
        evil.publish_timestamp(version, version);
        return {"no snapshot but " + text.substr(0, 30), {"malformed snapshot"}};
      },
      2 * 13 + 4);
}

TEST_F(TakeoverOfBytes, TakedownMetadataWithoutForm) {
  const std::vector<std::string> paths = {"../takedown/list.json",
                                          "takedown/../list.json",
                                          "/takedown/list.json",
                                          "takedown//list.json",
                                          "takedown/./list.json",
                                          "takedown\\list.json",
                                          "takedown/%2e%2e",
                                          "takedown/a?b",
                                          "takedown/a#b",
                                          std::string("takedown/\n"),
                                          "",
                                          std::string(600, 'a')};
  const std::vector<std::string> names = {"root",      "targets", "snapshot",
                                          "timestamp", "",        std::string(65, 'n')};
  drill(
      [&](TestRepository& evil, int number) -> Expected {
        const std::int64_t version = world.next();
        JsonObject body = evil.delegated_body("takedown", version);
        if (number % 2 == 0) {
          const JsonObject file{{"length", 1},
                                {"hashes", JsonObject{{"sha256", std::string(64, 'a')}}}};
          set(body, "targets", JsonObject{{paths[at(number) / 2 % paths.size()], file}});
        } else {
          const JsonObject role{{"name", names[at(number) / 2 % names.size()]},
                                {"keyids", JsonArray{}},
                                {"threshold", number % 4 == 1 ? 1 : 0},
                                {"terminating", false},
                                {"paths", JsonArray{"*"}}};
          set(body, "delegations",
              JsonObject{{"keys", JsonObject{}}, {"roles", JsonArray{role}}});
        }
        evil.files[TestRepository::name(version, "takedown")] =
            signed_file(body, evil.delegated["takedown"].role.keys);
        evil.delegated["takedown"].version = version;
        world.seal(evil);
        return {"takedown without form", {"malformed takedown"}};
      },
      24);
}

}  // namespace
}  // namespace conglang::player
