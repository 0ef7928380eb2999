#include "player/app/command_memory.h"

#include <algorithm>

#include "playlists/base/object_reader.h"
#include "playlists/wire/read_body.h"

namespace conglang::player {
namespace {

constexpr const char* kName = "commands";
constexpr std::size_t kMost = 200;
constexpr std::size_t kMostBytes = 256 << 10;
constexpr std::int64_t kMostDetail = 500;

}  // namespace

CommandMemory::CommandMemory(StateFolder& folder) : folder_(folder) {
  read();
  end_what_was_begun();
}

void CommandMemory::read() {
  const auto bytes = folder_.read(kName, kMostBytes);
  if (!bytes) return;
  const auto json = parse_json(*bytes, {.max_bytes = kMostBytes, .max_depth = 4});
  if (!json) return;
  DocumentErrors errors;
  ObjectReader reader(*json, "", errors);
  reader.integer("format", {1, 1});
  std::vector<Entry> found;
  reader.list("commands", {0, kMost}, [&](const JsonValue& value, const std::string& pointer) {
    ObjectReader entry(value, pointer, errors);
    Entry read;
    read.result.id = entry.word("id");
    read.kind = parse_command_kind(entry.word("kind")).value_or(CommandKind::identify);
    read.state = static_cast<State>(entry.choice("state", {"begun", "finished", "told"}));
    read.result.outcome =
        static_cast<CommandOutcome>(entry.choice("outcome", {"done", "failed", "unsupported"}));
    if (entry.has("detail")) read.result.detail = entry.text("detail", kMostDetail);
    entry.finish();
    found.push_back(std::move(read));
  });
  reader.finish();
  if (errors.empty()) entries_ = std::move(found);
}

void CommandMemory::end_what_was_begun() {
  for (Entry& entry : entries_) {
    if (entry.state != State::begun) continue;
    const bool restarted = entry.kind == CommandKind::restart;
    entry.state = State::finished;
    entry.result.outcome = restarted ? CommandOutcome::done : CommandOutcome::failed;
    if (!restarted) entry.result.detail = "the player ended in the middle";
  }
}

Status CommandMemory::keep() {
  constexpr const char* kStates[] = {"begun", "finished", "told"};
  JsonArray list;
  for (const Entry& entry : entries_) {
    JsonObject one{{"id", entry.result.id},
                   {"kind", std::string(to_string(entry.kind))},
                   {"state", kStates[static_cast<std::size_t>(entry.state)]},
                   {"outcome", std::string(to_string(entry.result.outcome))}};
    if (!entry.result.detail.empty()) one.emplace_back("detail", entry.result.detail);
    list.emplace_back(std::move(one));
  }
  return replace_file(folder_, kName,
                      write_json(JsonObject{{"format", 1}, {"commands", std::move(list)}}));
}

CommandMemory::Entry* CommandMemory::find(const std::string& id) {
  const auto found =
      std::ranges::find_if(entries_, [&](const Entry& each) { return each.result.id == id; });
  return found == entries_.end() ? nullptr : &*found;
}

bool CommandMemory::begin(const Command& command) {
  if (find(command.id) != nullptr) return false;
  if (entries_.size() == kMost) entries_.erase(entries_.begin());
  entries_.push_back({{command.id, CommandOutcome::done, ""}, command.kind, State::begun});
  if (keep()) return true;
  entries_.pop_back();  // the office sends it again; perhaps the disk works then
  return false;
}

void CommandMemory::finish(const CommandResult& result) {
  Entry* entry = find(result.id);
  if (entry == nullptr) return;
  entry->result = result;
  entry->state = State::finished;
  (void)keep();  // what cannot be kept is told from memory, and failed after a restart
}

std::vector<CommandResult> CommandMemory::results() const {
  std::vector<CommandResult> waiting;
  for (const Entry& entry : entries_) {
    if (entry.state == State::finished && waiting.size() < wire_bounds::kResults) {
      waiting.push_back(entry.result);
    }
  }
  return waiting;
}

void CommandMemory::forget(const std::vector<std::string>& ids) {
  bool changed = false;
  for (const std::string& id : ids) {
    Entry* entry = find(id);
    if (entry == nullptr || entry->state != State::finished) continue;
    entry->state = State::told;
    changed = true;
  }
  if (changed) (void)keep();
}

}  // namespace conglang::player
