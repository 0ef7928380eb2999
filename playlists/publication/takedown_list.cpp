#include "playlists/publication/takedown_list.h"

#include <array>
#include <set>

#include "playlists/base/object_reader.h"
#include "playlists/publication/bounds.h"

namespace conglang {
namespace {

constexpr std::int64_t kReasonCharacters = 500;

// 10,000 acts with reasons of 500 characters, each of four bytes.
constexpr std::size_t kMostBytes = 24u << 20;

TakedownAct read_act(const JsonValue& value, const std::string& at, DocumentErrors& errors) {
  constexpr std::array kKinds = {TakedownKind::item, TakedownKind::entry, TakedownKind::asset};
  ObjectReader reader(value, at, errors);
  TakedownAct act;
  act.id = reader.id<TakedownId>("takedown_id");
  act.kind = kKinds.at(reader.choice("kind", {"item", "entry", "asset"}));
  act.target_id = reader.id<Id<struct TargetTag>>("target_id").text();
  if (reader.has("at")) {
    act.at = reader.optional_instant("at").value_or(Instant{});
  } else {
    reader.fault("at", "is missing");
  }
  act.reason = reader.text("reason", kReasonCharacters);
  reader.finish();
  return act;
}

}  // namespace

std::string_view to_string(TakedownKind kind) {
  switch (kind) {
    case TakedownKind::item:
      return "item";
    case TakedownKind::entry:
      return "entry";
    case TakedownKind::asset:
      return "asset";
  }
  return "item";
}

Result<TakedownActs> read_takedown_list(std::string_view bytes) {
  JsonLimits limits;
  limits.max_bytes = kMostBytes;
  const auto value = parse_json(bytes, limits);
  if (!value) return Error{ErrorKind::malformed, "takedown list: " + value.error().message};
  DocumentErrors errors;
  ObjectReader reader(*value, "", errors);
  reader.integer("format", {1, 1});
  TakedownActs acts;
  std::set<TakedownId> seen;
  reader.list(
      "acts", {0, bounds::kTakedowns}, [&](const JsonValue& act, const std::string& at) {
        acts.push_back(read_act(act, at, errors));
        if (seen.insert(acts.back().id).second) return;
        add_error(errors, {at + "/takedown_id", "is there already", DocumentRule::unique_id});
      });
  reader.finish();
  if (errors.empty()) return acts;
  return Error{ErrorKind::malformed,
               "takedown list: " + errors.front().pointer + ": " + errors.front().message};
}

std::string write_takedown_list(const TakedownActs& acts) {
  JsonArray list;
  list.reserve(acts.size());
  for (const TakedownAct& act : acts) {
    list.emplace_back(JsonObject{{"takedown_id", act.id.text()},
                                 {"kind", std::string(to_string(act.kind))},
                                 {"target_id", act.target_id},
                                 {"at", format_instant(act.at)},
                                 {"reason", act.reason}});
  }
  return write_json(JsonObject{{"format", 1}, {"acts", std::move(list)}});
}

}  // namespace conglang
