#include "playlists/publication/urgent_message.h"

#include <algorithm>

#include "playlists/base/object_reader.h"
#include "playlists/publication/bounds.h"
#include "playlists/publication/write_parts.h"

namespace conglang {
namespace {

constexpr std::size_t kMostBytes = 256u << 10;
constexpr std::size_t kMostGroups = 500;
constexpr std::int64_t kTextCharacters = 1000;  // is read while passing by

Instant read_required(ObjectReader& reader, const char* name) {
  if (reader.has(name)) return reader.optional_instant(name).value_or(Instant{});
  reader.fault(name, "is missing");
  return {};
}

void read_life(ObjectReader& reader, UrgentMessage& message) {
  message.approved_at = read_required(reader, "approved_at");
  message.ends_at = read_required(reader, "ends_at");
  if (message.ends_at <= message.approved_at) {
    reader.fault("ends_at", "must be after approved_at", DocumentRule::validity);
  } else if (message.ends_at > message.approved_at + kMostUrgentLife) {
    reader.fault("ends_at", "must be at most 24 hours after approved_at",
                 DocumentRule::validity);
  }
}

}  // namespace

bool is_for(const UrgentMessage& message, const GroupId& group) {
  return message.groups.empty() ||
         std::ranges::find(message.groups, group) != message.groups.end();
}

bool is_active(const UrgentMessage& message, Instant now) {
  return message.approved_at <= now && now < message.ends_at;
}

std::string urgent_path(const UrgentId& id) {
  return std::string(kUrgentFolder) + id.text() + ".json";
}

Result<UrgentMessage> read_urgent_message(std::string_view bytes) {
  JsonLimits limits;
  limits.max_bytes = kMostBytes;
  const auto value = parse_json(bytes, limits);
  if (!value) return Error{ErrorKind::malformed, "urgent message: " + value.error().message};
  DocumentErrors errors;
  ObjectReader reader(*value, "", errors);
  reader.integer("format", {1, 1});
  UrgentMessage message;
  message.id = reader.id<UrgentId>("id");
  reader.list("groups", {1, kMostGroups, true},
              [&](const JsonValue& group, const std::string& at) {
                message.groups.emplace_back(read_id(group, at, errors));
              });
  message.title = reader.localized("title", bounds::kTitleCharacters);
  message.text = reader.optional_localized("text", kTextCharacters);
  read_life(reader, message);
  reader.finish();
  if (errors.empty()) return message;
  return Error{ErrorKind::malformed,
               "urgent message: " + errors.front().pointer + ": " + errors.front().message};
}

std::string write_urgent_message(const UrgentMessage& message) {
  JsonObject object{{"format", 1}, {"id", message.id.text()}};
  if (!message.groups.empty()) {
    JsonArray groups;
    for (const GroupId& group : message.groups) groups.emplace_back(group.text());
    object.emplace_back("groups", std::move(groups));
  }
  object.emplace_back("title", write_localized(message.title));
  if (message.text) object.emplace_back("text", write_localized(*message.text));
  object.emplace_back("approved_at", format_instant(message.approved_at));
  object.emplace_back("ends_at", format_instant(message.ends_at));
  return write_json(object);
}

}  // namespace conglang
