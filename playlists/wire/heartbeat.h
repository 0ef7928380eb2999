// What a kiosk says about itself every half minute, and what the office answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "playlists/base/ids.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang {

enum class CommandKind {
  identify,    // the kiosk shows its own name, large, for ten seconds
  screenshot,  // a picture of what is on the glass, by PUT /kiosk/pictures/{command}
  refresh,     // look for news now
  restart,     // of the player
  volume,      // argument: percent
  display_on,
  display_off,
};

// "identify", "display-on", ...
std::string_view to_string(CommandKind kind);
std::optional<CommandKind> parse_command_kind(std::string_view word);

// To be done once, whatever happens to the answer that brought it.
struct Command {
  std::string id;
  CommandKind kind = CommandKind::identify;
  std::int64_t argument = 0;  // of volume: 0 to 100

  bool operator==(const Command&) const = default;
};

enum class CommandOutcome { done, failed, unsupported };

std::string_view to_string(CommandOutcome outcome);

struct CommandResult {
  std::string id;
  CommandOutcome outcome = CommandOutcome::done;
  std::string detail;  // why it failed; may be empty

  bool operator==(const CommandResult&) const = default;
};

// Something that is wrong at the kiosk now, by the name of its event.
struct KioskFault {
  std::string kind;
  std::string subject;
  std::string detail;

  bool operator==(const KioskFault&) const = default;
};

// What is on the glass.
struct OnScreen {
  std::string item;     // empty: the built-in card
  std::string version;  // of the programme it belongs to; empty with the built-in card
  Instant since{};

  bool operator==(const OnScreen&) const = default;
};

// POST /kiosk/heartbeat. Versions are of the targets metadata; 0: none.
struct Heartbeat {
  std::string program;      // "conglang-player 0.1.0"
  std::string run;          // a fresh id for each start: two machines with one key have two
  Milliseconds up{0};       // since the start
  Instant clock{};          // what the kiosk believes the time is
  std::string clock_trust;  // "none", "persisted", "network"
  std::int64_t known_version = 0;     // the newest it has verified
  std::int64_t held_version = 0;      // the newest that is wholly on its disk
  std::int64_t takedown_version = 0;  // the newest list it obeys
  std::optional<OnScreen> on_screen;
  std::int64_t free_bytes = 0;  // of its disk
  std::int64_t waiting_records = 0;
  std::vector<KioskFault> faults;      // at most 50
  std::vector<CommandResult> results;  // not answered for yet; at most 50

  bool operator==(const Heartbeat&) const = default;
};

struct HeartbeatAnswer {
  Instant time{};  // not signed: never raises a floor
  std::string name;
  GroupId group;
  std::int64_t wanted_version = 0;  // of what its group should show; 0: nothing yet
  std::int64_t takedown_version = 0;
  std::vector<Command> commands;     // until their results arrived
  std::vector<std::string> results;  // ids of results that are kept now

  bool operator==(const HeartbeatAnswer&) const = default;
};

// Read strictly. Fail: malformed, with the place.
Result<Heartbeat> read_heartbeat(const JsonValue& value);
Result<HeartbeatAnswer> read_heartbeat_answer(const JsonValue& value);

JsonValue write(const Heartbeat& heartbeat);
JsonValue write(const HeartbeatAnswer& answer);

}  // namespace conglang
