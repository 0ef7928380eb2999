#include "playlists/trust/field_reader.h"

namespace conglang {
namespace {

const JsonObject kNoMembers;
const JsonArray kNoElements;
const JsonValue kNothing;

std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

}  // namespace

const JsonValue& FieldReader::member(const JsonValue& parent, std::string_view name) {
  const JsonValue* found = parent.find(name);
  if (found != nullptr) return *found;
  refuse(quoted(name) + " is missing");
  return kNothing;
}

const JsonObject& FieldReader::object(const JsonValue& parent, std::string_view name) {
  if (const JsonObject* object = member(parent, name).object()) return *object;
  refuse(quoted(name) + " must be an object");
  return kNoMembers;
}

const JsonArray& FieldReader::array(const JsonValue& parent, std::string_view name) {
  if (const JsonArray* array = member(parent, name).array()) return *array;
  refuse(quoted(name) + " must be an array");
  return kNoElements;
}

std::string FieldReader::string(const JsonValue& parent, std::string_view name) {
  if (const std::string* text = member(parent, name).string()) return *text;
  refuse(quoted(name) + " must be a string");
  return {};
}

bool FieldReader::boolean(const JsonValue& parent, std::string_view name) {
  if (const bool* truth = member(parent, name).boolean()) return *truth;
  refuse(quoted(name) + " must be true or false");
  return false;
}

Instant FieldReader::instant(const JsonValue& parent, std::string_view name) {
  const Result<Instant> instant = parse_instant(string(parent, name));
  if (instant.ok()) return *instant;
  refuse(quoted(name) + " must be an instant like 2026-11-23T10:00:00Z");
  return {};
}

std::int64_t FieldReader::integer(const JsonValue& parent, std::string_view name,
                                  std::int64_t min, std::int64_t max) {
  const std::int64_t* number = member(parent, name).integer();
  if (number != nullptr && *number >= min && *number <= max) return *number;
  refuse(quoted(name) + " must be an integer from " + std::to_string(min) + " to " +
         std::to_string(max));
  return min;
}

void FieldReader::refuse(std::string message) {
  if (!first_fault_) first_fault_ = std::move(message);
}

Status FieldReader::status() const {
  if (first_fault_) return Error{ErrorKind::malformed, *first_fault_};
  return {};
}

}  // namespace conglang
