// JSON as plain values, read strictly.
//
// Strict: UTF-8, no duplicate member, no trailing bytes, bounded depth. Numbers
// stay what they were: an integer that fits 64 bits is an integer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "playlists/base/result.h"

namespace conglang {

class JsonValue;
using JsonArray = std::vector<JsonValue>;
using JsonMember = std::pair<std::string, JsonValue>;
using JsonObject = std::vector<JsonMember>;  // in the order of the document

class JsonValue {
 public:
  using Content = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string,
                               JsonArray, JsonObject>;

  JsonValue() = default;
  JsonValue(Content content) : content_(std::move(content)) {}   // NOLINT
  JsonValue(const char* text) : content_(std::string(text)) {}   // NOLINT
  JsonValue(std::string text) : content_(std::move(text)) {}     // NOLINT
  JsonValue(std::int64_t number) : content_(number) {}           // NOLINT
  JsonValue(int number) : content_(std::int64_t{number}) {}      // NOLINT
  JsonValue(bool truth) : content_(truth) {}                     // NOLINT
  JsonValue(JsonArray array) : content_(std::move(array)) {}     // NOLINT
  JsonValue(JsonObject object) : content_(std::move(object)) {}  // NOLINT

  const Content& content() const { return content_; }
  Content& content() { return content_; }

  // nullptr when the value is of another type.
  const bool* boolean() const { return std::get_if<bool>(&content_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&content_); }
  const double* number() const { return std::get_if<double>(&content_); }
  const std::string* string() const { return std::get_if<std::string>(&content_); }
  const JsonArray* array() const { return std::get_if<JsonArray>(&content_); }
  const JsonObject* object() const { return std::get_if<JsonObject>(&content_); }
  bool is_null() const { return content_.index() == 0; }

  // The member of that name; nullptr when this is no object or has none.
  const JsonValue* find(std::string_view name) const;

  // "object", "array", "string", "integer", "number", "boolean" or "null".
  std::string_view type_name() const;

  bool operator==(const JsonValue&) const = default;

 private:
  Content content_ = nullptr;
};

struct JsonLimits {
  std::size_t max_bytes = 16u << 20;
  int max_depth = 64;
};

// Fails: malformed with the byte position, or too_large.
Result<JsonValue> parse_json(std::string_view bytes, const JsonLimits& limits = {});

// Compact when indent is 0, else one member a line. Ends without a line feed.
std::string write_json(const JsonValue& value, int indent = 0);

}  // namespace conglang
