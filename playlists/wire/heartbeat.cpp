#include "playlists/wire/heartbeat.h"

#include <algorithm>
#include <array>
#include <utility>

#include "playlists/wire/read_body.h"

namespace conglang {
namespace {

using namespace wire_bounds;

constexpr std::array<std::pair<CommandKind, std::string_view>, 7> kCommandKinds{{
    {CommandKind::identify, "identify"},
    {CommandKind::screenshot, "screenshot"},
    {CommandKind::refresh, "refresh"},
    {CommandKind::restart, "restart"},
    {CommandKind::volume, "volume"},
    {CommandKind::display_on, "display-on"},
    {CommandKind::display_off, "display-off"},
}};

constexpr NumberRange kAnyNumber{0, kMostNumber};

KioskFault read_fault(const JsonValue& value, const std::string& pointer,
                      DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  KioskFault fault{reader.text("kind", kWordCharacters),
                   read_optional_text(reader, "subject", kTextCharacters),
                   read_optional_text(reader, "detail", kTextCharacters)};
  reader.finish();
  return fault;
}

CommandResult read_result(const JsonValue& value, const std::string& pointer,
                          DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  CommandResult result{
      reader.id<Id<struct CommandTag>>("id").text(),
      static_cast<CommandOutcome>(reader.choice("outcome", {"done", "failed", "unsupported"})),
      read_optional_text(reader, "detail", kTextCharacters)};
  reader.finish();
  return result;
}

Command read_command(const JsonValue& value, const std::string& pointer,
                     DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  Command command;
  command.id = reader.id<Id<struct CommandTag>>("id").text();
  const std::string kind = reader.word("kind");
  if (const auto known = parse_command_kind(kind)) {
    command.kind = *known;
  } else if (!kind.empty()) {
    reader.fault("kind", "is no command");
  }
  command.argument = reader.optional_integer("argument", {0, 100}).value_or(0);
  reader.finish();
  return command;
}

OnScreen read_on_screen(ObjectReader& reader) {
  OnScreen screen{read_optional_text(reader, "item", kNameCharacters),
                  read_optional_text(reader, "version", kWordCharacters),
                  read_instant(reader, "since")};
  reader.finish();
  return screen;
}

void add_text(JsonObject& object, const char* name, const std::string& text) {
  if (!text.empty()) object.emplace_back(name, text);
}

JsonValue write_fault(const KioskFault& fault) {
  JsonObject object{{"kind", fault.kind}};
  add_text(object, "subject", fault.subject);
  add_text(object, "detail", fault.detail);
  return object;
}

JsonValue write_result(const CommandResult& result) {
  JsonObject object{{"id", result.id}, {"outcome", std::string(to_string(result.outcome))}};
  add_text(object, "detail", result.detail);
  return object;
}

JsonValue write_command(const Command& command) {
  JsonObject object{{"id", command.id}, {"kind", std::string(to_string(command.kind))}};
  if (command.kind == CommandKind::volume) object.emplace_back("argument", command.argument);
  return object;
}

JsonValue write_on_screen(const OnScreen& screen) {
  JsonObject object;
  add_text(object, "item", screen.item);
  add_text(object, "version", screen.version);
  object.emplace_back("since", format_instant(screen.since));
  return object;
}

}  // namespace

std::string_view to_string(CommandKind kind) {
  const auto* named = std::find_if(kCommandKinds.begin(), kCommandKinds.end(),
                                   [kind](const auto& known) { return known.first == kind; });
  return named == kCommandKinds.end() ? "unknown" : named->second;
}

std::optional<CommandKind> parse_command_kind(std::string_view word) {
  const auto* named = std::find_if(kCommandKinds.begin(), kCommandKinds.end(),
                                   [word](const auto& known) { return known.second == word; });
  if (named == kCommandKinds.end()) return std::nullopt;
  return named->first;
}

std::string_view to_string(CommandOutcome outcome) {
  constexpr std::string_view kWords[] = {"done", "failed", "unsupported"};
  return kWords[static_cast<int>(outcome)];
}

Result<Heartbeat> read_heartbeat(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "heartbeat", errors);
  Heartbeat heartbeat;
  heartbeat.program = reader.text("program", kNameCharacters);
  heartbeat.run = reader.id<Id<struct RunTag>>("run").text();
  heartbeat.up = Milliseconds{reader.integer("up_ms", kAnyNumber)};
  heartbeat.clock = read_instant(reader, "clock");
  constexpr std::string_view kTrusts[] = {"none", "persisted", "network"};
  heartbeat.clock_trust =
      kTrusts[reader.choice("clock_trust", {"none", "persisted", "network"})];
  heartbeat.known_version = reader.integer("known_version", kAnyNumber);
  heartbeat.held_version = reader.integer("held_version", kAnyNumber);
  heartbeat.takedown_version = reader.integer("takedown_version", kAnyNumber);
  if (auto screen = reader.optional_object("on_screen")) {
    heartbeat.on_screen = read_on_screen(*screen);
  }
  heartbeat.free_bytes = reader.integer("free_bytes", kAnyNumber);
  heartbeat.waiting_records = reader.integer("waiting_records", kAnyNumber);
  reader.list("faults", {0, kFaults, true},
              [&](const JsonValue& element, const std::string& pointer) {
                heartbeat.faults.push_back(read_fault(element, pointer, errors));
              });
  reader.list("results", {0, kResults, true},
              [&](const JsonValue& element, const std::string& pointer) {
                heartbeat.results.push_back(read_result(element, pointer, errors));
              });
  return finish_reading(reader, std::move(heartbeat));
}

Result<HeartbeatAnswer> read_heartbeat_answer(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "answer", errors);
  HeartbeatAnswer answer;
  answer.time = read_instant(reader, "time");
  answer.name = reader.text("name", kNameCharacters);
  answer.group = reader.id<GroupId>("group");
  answer.wanted_version = reader.integer("wanted_version", kAnyNumber);
  answer.takedown_version = reader.integer("takedown_version", kAnyNumber);
  reader.list("commands", {0, kCommands, true},
              [&](const JsonValue& element, const std::string& pointer) {
                answer.commands.push_back(read_command(element, pointer, errors));
              });
  reader.list("results", {0, kResults, true},
              [&](const JsonValue& element, const std::string& pointer) {
                answer.results.push_back(read_id(element, pointer, errors));
              });
  return finish_reading(reader, std::move(answer));
}

JsonValue write(const Heartbeat& heartbeat) {
  JsonObject object{{"program", heartbeat.program},
                    {"run", heartbeat.run},
                    {"up_ms", std::int64_t{heartbeat.up.count()}},
                    {"clock", format_instant(heartbeat.clock)},
                    {"clock_trust", heartbeat.clock_trust},
                    {"known_version", heartbeat.known_version},
                    {"held_version", heartbeat.held_version},
                    {"takedown_version", heartbeat.takedown_version}};
  if (heartbeat.on_screen) {
    object.emplace_back("on_screen", write_on_screen(*heartbeat.on_screen));
  }
  object.emplace_back("free_bytes", heartbeat.free_bytes);
  object.emplace_back("waiting_records", heartbeat.waiting_records);
  JsonArray faults, results;
  for (const KioskFault& fault : heartbeat.faults) faults.push_back(write_fault(fault));
  for (const CommandResult& result : heartbeat.results) results.push_back(write_result(result));
  object.emplace_back("faults", std::move(faults));
  object.emplace_back("results", std::move(results));
  return object;
}

JsonValue write(const HeartbeatAnswer& answer) {
  JsonArray commands, results;
  for (const Command& command : answer.commands) commands.push_back(write_command(command));
  for (const std::string& id : answer.results) results.emplace_back(id);
  return JsonObject{{"time", format_instant(answer.time)},
                    {"name", answer.name},
                    {"group", answer.group.text()},
                    {"wanted_version", answer.wanted_version},
                    {"takedown_version", answer.takedown_version},
                    {"commands", std::move(commands)},
                    {"results", std::move(results)}};
}

}  // namespace conglang
