// What the store of the kiosks promises, on a real database.
#include "content-server/kiosks/kiosk_store.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "content-server/storage/sqlite_connection.h"
#include "tests/support/office_database.h"

namespace conglang::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNow = parse_instant("2026-11-23T10:00:00.123Z").value();
const std::string kNoUtf8 = "C\xf4ng", kWithNul = std::string("a\0b", 3);

Bytes32 bytes_of(std::uint8_t value) {
  Bytes32 bytes;
  bytes.fill(value);
  return bytes;
}

Kiosk kiosk_named(const std::string& id, Instant made_at = kNow) {
  Kiosk kiosk;
  kiosk.id = KioskId(id);
  kiosk.name = "Cổng chính";
  kiosk.group = GroupId("gate");
  kiosk.public_key = bytes_of(3);
  kiosk.token = sha256(id);
  kiosk.made_at = made_at;
  return kiosk;
}

KioskCommand command_named(const std::string& id, Instant made_at,
                           const std::string& kiosk = "k1") {
  KioskCommand command;
  command.command = {id, CommandKind::volume, 40};
  command.kiosk = KioskId(kiosk);
  command.made_at = made_at;
  command.actor = "person:lan";
  return command;
}

Enrolment enrolment_named(const std::string& id, Instant made_at) {
  Enrolment enrolment;
  enrolment.id = id;
  enrolment.code = "K7M2-Q9XD";
  enrolment.commitment = sha256(id);
  enrolment.office_nonce = bytes_of(9);
  enrolment.program = "conglang-player 0.1.0";
  enrolment.address = "192.168.1.60";
  enrolment.made_at = made_at;
  enrolment.ends_at = made_at + minutes{10};
  return enrolment;
}

Heartbeat full_heartbeat() {
  Heartbeat heartbeat;
  heartbeat.program = "conglang-player 0.1.0";
  heartbeat.run = "run-1";
  heartbeat.up = Milliseconds{12'345};
  heartbeat.clock = kNow;
  heartbeat.clock_trust = "network";
  heartbeat.known_version = 3;
  heartbeat.held_version = 2;
  heartbeat.takedown_version = 1;
  heartbeat.on_screen = OnScreen{"gate-item", "v2", kNow - seconds{5}};
  heartbeat.free_bytes = std::int64_t{1} << 40;
  heartbeat.waiting_records = 17;
  heartbeat.faults = {{"missing", "a.png", "\"không\" có\ntệp"}, {"freeze", "", ""}};
  return heartbeat;
}

PlayEntry play_at(const std::string& id, Instant at) {
  PlayEntry play;
  play.id = id;
  play.item = "gate-item";
  play.asset = "gate";
  play.region = "main";
  play.version = "v2";
  play.started_at = at;
  play.clock_trust = "persisted";
  play.outcome = "failed";
  play.reason = "tệp hỏng";
  play.shown_ms = std::int64_t{1} << 53;
  play.frames_shown = 480;
  play.frames_late = 2;
  return play;
}

EventEntry event_at(const std::string& id, Instant at) {
  return {id, at, "missing", "a.png", "đã mất"};
}

class KioskStoreTest : public testing::Test {
 protected:
  using Work = std::function<Status(KioskStore&)>;

  Status write(const Work& work) {
    return database_->write(Durability::crash,
                            [&](const Stores& stores) { return work(stores.kiosks); });
  }
  template <typename T>
  Status keep(const T& value) {
    return write([&](KioskStore& kiosks) { return kiosks.keep(value); });
  }
  Status keep_batch(const RecordBatch& batch, Instant now = kNow) {
    return write([&](KioskStore& kiosks) {
      return kiosks.keep_batch(batch, {sha256("batch"), {"a", "b"}}, now);
    });
  }

  // What a member of the store gives; the test fails when it fails.
  template <typename T, typename... Wanted, typename... Given>
  T get(Result<T> (KioskStore::*member)(Wanted...), const Given&... given) {
    std::optional<T> value;
    const Status read = database_->read([&](const Stores& stores) -> Status {
      auto result = (stores.kiosks.*member)(given...);
      if (!result) return result.error();
      value = std::move(*result);
      return {};
    });
    EXPECT_TRUE(read.ok()) << read.error().message;
    return value ? std::move(*value) : T{};
  }
  std::optional<Kiosk> find(const std::string& id) {
    return get(&KioskStore::find, KioskId(id));
  }

  static void expect_malformed(const Status& status) {
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(to_string(status.error().kind), "malformed") << status.error().message;
  }

  OfficeDatabase database_;
};

TEST_F(KioskStoreTest, AFreshOneIsEmpty) {
  EXPECT_TRUE(get(&KioskStore::groups).empty());
  EXPECT_TRUE(get(&KioskStore::sites).empty());
  EXPECT_TRUE(get(&KioskStore::kiosks).empty());
  EXPECT_EQ(find("k1"), std::nullopt);
  EXPECT_EQ(get(&KioskStore::find_token, sha256("x")), std::nullopt);
  EXPECT_EQ(get(&KioskStore::life, KioskId("k1")), std::nullopt);
  EXPECT_EQ(get(&KioskStore::find_command, "c1"), std::nullopt);
  EXPECT_EQ(get(&KioskStore::find_enrolment, "e1"), std::nullopt);
  EXPECT_EQ(get(&KioskStore::find_stick, sha256("x")), std::nullopt);
  EXPECT_FALSE(get(&KioskStore::find_batch, KioskId("k1"), 1).has_value());
  EXPECT_EQ(get(&KioskStore::newest_batch, KioskId("k1")), 0);
}

TEST_F(KioskStoreTest, GroupsAndSitesComeBackByTheirIdsAndAreReplaced) {
  const Group gate{GroupId("gate"), {"Cổng làng", {{"en", "Gate"}, {"vi-hantai", "x"}}}};
  const Group fair{GroupId("fair"), {"Hội chợ", {}}};
  const Site yard{SiteId("yard"), {"Sân đình", {}}, SiteClass::fair};
  ASSERT_TRUE(keep(Group{gate.id, {"Old", {{"fr", "x"}}}}).ok());
  for (const Group& group : {gate, fair}) ASSERT_TRUE(keep(group).ok());
  ASSERT_TRUE(keep(Site{yard.id, {"Old", {}}, SiteClass::relic}).ok());
  ASSERT_TRUE(keep(yard).ok());

  EXPECT_EQ(get(&KioskStore::groups), (std::vector<Group>{fair, gate}));
  EXPECT_EQ(get(&KioskStore::sites), std::vector<Site>{yard});
}

TEST_F(KioskStoreTest, AKioskComesBackWholeAndIsReplaced) {
  Kiosk kiosk = kiosk_named("k1");
  ASSERT_TRUE(keep(kiosk).ok());
  EXPECT_EQ(find("k1"), kiosk);
  kiosk.name = "Đình \"làng\"; --";
  kiosk.site = SiteId("yard");
  kiosk.group = GroupId("fair");
  kiosk.token = sha256("another");
  kiosk.token_counter = std::int64_t{1} << 53;
  kiosk.revoked_at = kNow + hours{1};
  ASSERT_TRUE(keep(kiosk).ok());

  EXPECT_EQ(find("k1"), kiosk);
  EXPECT_EQ(get(&KioskStore::find_token, sha256("another")), kiosk);
  EXPECT_EQ(get(&KioskStore::find_token, sha256("k1")), std::nullopt) << "the old token";
  database_.open_again();
  EXPECT_EQ(find("k1"), kiosk);
}

TEST_F(KioskStoreTest, KiosksComeInTheOrderOfTheirMaking) {
  for (const auto& [id, at] : {std::pair{"k1", kNow}, {"k2", kNow - hours{1}}, {"k0", kNow}}) {
    ASSERT_TRUE(keep(kiosk_named(id, at)).ok());
  }

  std::string order;
  for (const Kiosk& kiosk : get(&KioskStore::kiosks)) order += kiosk.id.text();

  EXPECT_EQ(order, "k2k0k1");
}

TEST_F(KioskStoreTest, NoTwoKiosksShareAToken) {
  ASSERT_TRUE(keep(kiosk_named("k1")).ok());
  Kiosk other = kiosk_named("k2");
  other.token = sha256("k1");

  const Status kept = keep(other);

  ASSERT_FALSE(kept.ok());
  EXPECT_EQ(kept.error().code, "duplicate");
}

TEST_F(KioskStoreTest, TheLastWordsOfAKioskComeBack) {
  ASSERT_TRUE(keep(kiosk_named("k1")).ok());
  const KioskLife first{full_heartbeat(), kNow, "192.168.1.60", ""};
  KioskLife second = first;
  second.heartbeat.on_screen.reset();
  second.heartbeat.faults.clear();
  second.earlier_run = "run-0";
  second.seen_at += seconds{30};
  for (const KioskLife& life : {first, second}) {
    ASSERT_TRUE(
        write([&](KioskStore& kiosks) { return kiosks.keep_life(KioskId("k1"), life); }).ok());
    EXPECT_EQ(get(&KioskStore::life, KioskId("k1")), life);
  }
  const Status nobody =
      write([&](KioskStore& kiosks) { return kiosks.keep_life(KioskId("k2"), first); });
  ASSERT_FALSE(nobody.ok());
  EXPECT_EQ(nobody.error().code, "reference");
}

TEST_F(KioskStoreTest, CommandsWaitUntilTheyAreDoneOrOld) {
  ASSERT_TRUE(keep(kiosk_named("k1")).ok());
  ASSERT_TRUE(keep(kiosk_named("k2")).ok());
  const KioskCommand old = command_named("c1", kNow - hours{1}),
                     newer = command_named("c2", kNow - minutes{1}),
                     newest = command_named("c3", kNow);
  for (const KioskCommand& command : {newest, old, newer, command_named("c9", kNow, "k2")}) {
    ASSERT_TRUE(keep(command).ok());
  }

  EXPECT_EQ(get(&KioskStore::waiting_commands, KioskId("k1"), kNow - hours{1}),
            (std::vector<KioskCommand>{newer, newest}));
  EXPECT_EQ(get(&KioskStore::commands, KioskId("k1"), 2),
            (std::vector<KioskCommand>{newest, newer}));

  KioskCommand done = newer;
  done.result = CommandResult{"c2", CommandOutcome::unsupported, "không có loa"};
  done.done_at = kNow;
  ASSERT_TRUE(keep(done).ok());
  EXPECT_EQ(get(&KioskStore::find_command, "c2"), done);
  EXPECT_EQ(get(&KioskStore::waiting_commands, KioskId("k1"), kNow - hours{1}),
            std::vector<KioskCommand>{newest});
}

TEST_F(KioskStoreTest, EveryKindOfCommandAndEndComesBack) {
  ASSERT_TRUE(keep(kiosk_named("k1")).ok());
  for (const CommandKind kind :
       {CommandKind::identify, CommandKind::screenshot, CommandKind::refresh,
        CommandKind::restart, CommandKind::volume, CommandKind::display_on,
        CommandKind::display_off}) {
    for (const CommandOutcome end :
         {CommandOutcome::done, CommandOutcome::failed, CommandOutcome::unsupported}) {
      KioskCommand command = command_named(std::string(to_string(kind)) + "-x", kNow);
      command.command.kind = kind;
      command.command.id += std::string(to_string(end));
      command.result = CommandResult{command.command.id, end, ""};
      command.done_at = kNow;
      ASSERT_TRUE(keep(command).ok());
      EXPECT_EQ(get(&KioskStore::find_command, command.command.id), command);
    }
  }
}

TEST_F(KioskStoreTest, AnEnrolmentComesBackInEveryState) {
  for (const EnrolmentState state : {EnrolmentState::waiting, EnrolmentState::confirmed,
                                     EnrolmentState::refused, EnrolmentState::expired}) {
    Enrolment enrolment = enrolment_named("e1", kNow);
    enrolment.state = state;
    if (state != EnrolmentState::expired) {
      enrolment.reveal = EnrolmentReveal{bytes_of(1), bytes_of(255)};
      enrolment.number = "0012 3456";
    }
    if (state == EnrolmentState::confirmed) enrolment.kiosk = KioskId("k1");
    ASSERT_TRUE(keep(enrolment).ok());

    EXPECT_EQ(get(&KioskStore::find_enrolment, "e1"), enrolment) << to_string(state);
  }
}

TEST_F(KioskStoreTest, EnrolmentsAreListedWhileTheyLastAndRemovedAfterwards) {
  const Enrolment first = enrolment_named("e2", kNow - minutes{5}),
                  second = enrolment_named("e1", kNow),
                  over = enrolment_named("e0", kNow - minutes{10});
  for (const Enrolment& enrolment : {second, over, first}) ASSERT_TRUE(keep(enrolment).ok());

  EXPECT_EQ(get(&KioskStore::enrolments, kNow), (std::vector<Enrolment>{first, second}));

  const auto remove = [&](Instant ended) {
    return write([&](KioskStore& kiosks) { return kiosks.remove_enrolments_before(ended); });
  };
  ASSERT_TRUE(remove(kNow).ok());
  EXPECT_TRUE(get(&KioskStore::find_enrolment, "e0").has_value()) << "ended just now";
  ASSERT_TRUE(remove(kNow + Milliseconds{1}).ok());
  EXPECT_FALSE(get(&KioskStore::find_enrolment, "e0").has_value());
  EXPECT_TRUE(get(&KioskStore::find_enrolment, "e2").has_value());
}

TEST_F(KioskStoreTest, AStickRemembersWhoUsedIt) {
  StickGrant stick{sha256("token"), "Đình làng", GroupId("gate"), {}, kNow + hours{1}, {}};
  ASSERT_TRUE(keep(stick).ok());
  EXPECT_EQ(get(&KioskStore::find_stick, stick.token), stick);
  stick.used_by = KioskId("k1");
  ASSERT_TRUE(keep(stick).ok());
  EXPECT_EQ(get(&KioskStore::find_stick, stick.token), stick);

  const StickGrant placed{sha256("2"), "X", GroupId("gate"), SiteId("yard"), kNow, {}};
  ASSERT_TRUE(keep(placed).ok());
  EXPECT_EQ(get(&KioskStore::find_stick, placed.token), placed);
}

TEST_F(KioskStoreTest, ABatchIsKeptWithItsRecords) {
  ASSERT_TRUE(keep(kiosk_named("k1")).ok());
  const RecordBatch batch{KioskId("k1"),
                          7,
                          {play_at("p1", kNow), play_at("p2", kNow + seconds{1})},
                          {event_at("x1", kNow + seconds{1}), event_at("x2", kNow)}};
  ASSERT_TRUE(keep_batch(batch).ok());

  const auto kept = get(&KioskStore::find_batch, KioskId("k1"), 7);
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->digest, sha256("batch"));
  EXPECT_EQ(kept->kept, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(get(&KioskStore::newest_batch, KioskId("k1")), 7);
  EXPECT_EQ(get(&KioskStore::plays, KioskId("k1"), 10),
            (std::vector<PlayEntry>{batch.plays[1], batch.plays[0]}));
  EXPECT_EQ(get(&KioskStore::plays, KioskId("k1"), 1), std::vector<PlayEntry>{batch.plays[1]});
  EXPECT_EQ(get(&KioskStore::events, KioskId("k1"), 10), batch.events);
}

TEST_F(KioskStoreTest, ARecordIsKeptOncePerKiosk) {
  for (const char* id : {"k1", "k2"}) ASSERT_TRUE(keep(kiosk_named(id)).ok());
  const PlayEntry play = play_at("p1", kNow), claimed = play_at("p1", kNow + hours{1});
  const EventEntry event = event_at("x1", kNow), other = event_at("x1", kNow + hours{1});
  ASSERT_TRUE(keep_batch({KioskId("k1"), 1, {play}, {event}}).ok());
  ASSERT_TRUE(keep_batch({KioskId("k1"), 2, {claimed, play}, {other}}).ok());
  ASSERT_TRUE(keep_batch({KioskId("k2"), 1, {claimed}, {other}}).ok());

  EXPECT_EQ(get(&KioskStore::plays, KioskId("k1"), 10), std::vector<PlayEntry>{play});
  EXPECT_EQ(get(&KioskStore::events, KioskId("k1"), 10), std::vector<EventEntry>{event});
  EXPECT_EQ(get(&KioskStore::plays, KioskId("k2"), 10), std::vector<PlayEntry>{claimed});
  EXPECT_EQ(get(&KioskStore::events, KioskId("k2"), 10), std::vector<EventEntry>{other});
}

TEST_F(KioskStoreTest, ANumberIsTakenOnceAndTakesNothingElseWithIt) {
  ASSERT_TRUE(keep(kiosk_named("k1")).ok());
  ASSERT_TRUE(keep_batch({KioskId("k1"), 1, {play_at("p1", kNow)}, {}}).ok());

  const Status again = keep_batch({KioskId("k1"), 1, {play_at("p2", kNow)}, {}});

  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, "duplicate");
  EXPECT_EQ(get(&KioskStore::plays, KioskId("k1"), 10).size(), 1u);
  const Status nobody = keep_batch({KioskId("k9"), 1, {}, {}});
  ASSERT_FALSE(nobody.ok());
  EXPECT_EQ(nobody.error().code, "reference");
}

TEST_F(KioskStoreTest, OldRecordsGoAndNewOnesStay) {
  ASSERT_TRUE(keep(kiosk_named("k1")).ok());
  ASSERT_TRUE(
      keep_batch({KioskId("k1"), 1, {play_at("p1", kNow)}, {event_at("x1", kNow)}}).ok());
  ASSERT_TRUE(keep_batch({KioskId("k1"), 2, {play_at("p2", kNow)}, {event_at("x2", kNow)}},
                         kNow + hours{1})
                  .ok());

  ASSERT_TRUE(write([](KioskStore& kiosks) {
                return kiosks.remove_records_before(kNow + hours{1});
              }).ok());

  EXPECT_EQ(get(&KioskStore::plays, KioskId("k1"), 10),
            std::vector<PlayEntry>{play_at("p2", kNow)});
  EXPECT_EQ(get(&KioskStore::events, KioskId("k1"), 10),
            std::vector<EventEntry>{event_at("x2", kNow)});
  EXPECT_FALSE(get(&KioskStore::find_batch, KioskId("k1"), 1).has_value());
  EXPECT_EQ(get(&KioskStore::newest_batch, KioskId("k1")), 2);
}

TEST_F(KioskStoreTest, ATextThatNoDatabaseTakesIsMalformedAndNothingIsKept) {
  ASSERT_TRUE(keep(kiosk_named("k1")).ok());
  for (const std::string& text : {kNoUtf8, kWithNul}) {
    Kiosk kiosk = kiosk_named("k2");
    kiosk.name = text;
    expect_malformed(keep(kiosk));
    expect_malformed(keep(Group{GroupId("g"), {text, {}}}));
    expect_malformed(keep(Group{GroupId("g"), {"X", {{"en", text}}}}));
    expect_malformed(keep(Site{SiteId("s"), {text, {}}, SiteClass::office}));
    Enrolment enrolment = enrolment_named("e1", kNow);
    enrolment.program = text;
    expect_malformed(keep(enrolment));
    KioskLife life{full_heartbeat(), kNow, "192.168.1.60", ""};
    life.heartbeat.faults.back().detail = text;
    expect_malformed(
        write([&](KioskStore& kiosks) { return kiosks.keep_life(KioskId("k1"), life); }));
    expect_malformed(keep(StickGrant{sha256("t"), text, GroupId("gate"), {}, kNow, {}}));
    KioskCommand command = command_named("c1", kNow);
    command.result = CommandResult{"c1", CommandOutcome::failed, text};
    expect_malformed(keep(command));
    for (std::string PlayEntry::*member :
         {&PlayEntry::item, &PlayEntry::asset, &PlayEntry::region, &PlayEntry::version,
          &PlayEntry::reason}) {
      PlayEntry play = play_at("p1", kNow);
      play.*member = text;
      expect_malformed(keep_batch({KioskId("k1"), 1, {play}, {}}));
    }
    for (std::string EventEntry::*member :
         {&EventEntry::kind, &EventEntry::subject, &EventEntry::detail}) {
      EventEntry event = event_at("x1", kNow);
      event.*member = text;
      expect_malformed(keep_batch({KioskId("k1"), 1, {}, {event}}));
    }
  }
  EXPECT_EQ(find("k2"), std::nullopt);
  EXPECT_EQ(get(&KioskStore::newest_batch, KioskId("k1")), 0);
}

TEST_F(KioskStoreTest, ADamagedRowIsNamedAndNeverTakenForAnotherState) {
  ASSERT_TRUE(keep(kiosk_named("k1")).ok());
  ASSERT_TRUE(keep(command_named("c1", kNow)).ok());
  ASSERT_TRUE(keep(enrolment_named("e1", kNow)).ok());
  ASSERT_TRUE(keep(Group{GroupId("gate"), {"Cổng", {}}}).ok());
  ASSERT_TRUE(keep(Site{SiteId("yard"), {"Sân", {}}, SiteClass::office}).ok());
  ASSERT_TRUE(keep_batch({KioskId("k1"), 1, {}, {}}).ok());
  const KioskLife life{full_heartbeat(), kNow, "", ""};
  ASSERT_TRUE(
      write([&](KioskStore& kiosks) { return kiosks.keep_life(KioskId("k1"), life); }).ok());
  const auto fails = [&](const std::string& sql, const auto& read) {
    auto other = SqliteConnection::open(database_.file(), SqliteConnection::Access::write,
                                        std::chrono::seconds{1});
    ASSERT_TRUE((*other)->execute(sql).ok()) << sql;
    other->reset();
    const Status status = database_->read([&](const Stores& stores) -> Status {
      auto result = read(stores.kiosks);
      return result ? Status() : Status(result.error());
    });
    ASSERT_FALSE(status.ok()) << sql;
    EXPECT_EQ(status.error().code, "damaged-database") << sql;
  };

  fails("update kiosks set public_key = 'x'",
        [](KioskStore& kiosks) { return kiosks.find(KioskId("k1")); });
  fails("update kiosk_commands set outcome = 'x'",
        [](KioskStore& kiosks) { return kiosks.find_command("c1"); });
  fails("update kiosk_commands set kind = 'x'",
        [](KioskStore& kiosks) { return kiosks.commands(KioskId("k1"), 1); });
  fails("update kiosk_enrolments set state = 'x'",
        [](KioskStore& kiosks) { return kiosks.find_enrolment("e1"); });
  fails("update kiosk_enrolments set state = 'waiting', document = '{}'",
        [](KioskStore& kiosks) { return kiosks.find_enrolment("e1"); });
  fails("update kiosk_groups set name = '[]'",
        [](KioskStore& kiosks) { return kiosks.groups(); });
  fails("update kiosk_sites set site_class = 'x'",
        [](KioskStore& kiosks) { return kiosks.sites(); });
  fails("update kiosk_lives set heartbeat = '{}'",
        [](KioskStore& kiosks) { return kiosks.life(KioskId("k1")); });
  fails("update record_batches set kept = '{}'",
        [](KioskStore& kiosks) { return kiosks.find_batch(KioskId("k1"), 1); });
}

TEST_F(KioskStoreTest, ManyRecordsAreCutToWhatWasAskedFor) {
  ASSERT_TRUE(keep(kiosk_named("k1")).ok());
  RecordBatch batch{KioskId("k1"), 1, {}, {}};
  for (int i = 0; i < 1000; ++i) {
    batch.plays.push_back(play_at("p" + std::to_string(i), kNow + seconds{i}));
  }
  ASSERT_TRUE(keep_batch(batch).ok());

  const std::vector<PlayEntry> newest = get(&KioskStore::plays, KioskId("k1"), 3);

  ASSERT_EQ(newest.size(), 3u);
  EXPECT_EQ(newest.front().id, "p999");
  EXPECT_EQ(get(&KioskStore::plays, KioskId("k1"), 100'000).size(), 1000u);
}

}  // namespace
}  // namespace conglang::server
