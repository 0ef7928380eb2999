#include "playlists/base/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace conglang {
namespace {

// Builds the value while the library reads, and stops it at the first fault.
class ValueBuilder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  explicit ValueBuilder(int max_depth) : max_depth_(max_depth) {}

  bool null() { return put(JsonValue()); }
  bool boolean(bool truth) { return put(JsonValue(truth)); }
  bool number_integer(number_integer_t number) { return put(JsonValue(std::int64_t{number})); }
  bool number_unsigned(number_unsigned_t number) {
    if (number <= INT64_MAX) return put(JsonValue(static_cast<std::int64_t>(number)));
    return put(JsonValue(JsonValue::Content(static_cast<double>(number))));
  }
  bool number_float(number_float_t number, const string_t& /*text*/) {
    return put(JsonValue(JsonValue::Content(number)));
  }
  bool string(string_t& text) { return put(JsonValue(std::move(text))); }
  bool binary(binary_t& /*bytes*/) { return refuse("binary values are no JSON"); }

  bool start_object(std::size_t /*elements*/) { return open(JsonValue(JsonObject{})); }
  bool start_array(std::size_t /*elements*/) { return open(JsonValue(JsonArray{})); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(string_t& name) {
    Level& level = levels_.back();
    if (!level.names.insert(name).second) {
      return refuse("the member \"" + name.substr(0, 80) + "\" comes twice");
    }
    level.name = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*fault*/) {
    fault_ = "not JSON near byte " + std::to_string(position);
    return false;
  }

  const std::string& fault() const { return fault_; }
  bool too_deep() const { return too_deep_; }
  JsonValue take() { return std::move(root_); }

 private:
  struct Level {
    JsonValue value;
    std::string name;             // of the member that comes next
    std::set<std::string> names;  // of an object so far
  };

  bool refuse(std::string why) {
    fault_ = std::move(why);
    return false;
  }

  bool open(JsonValue value) {
    if (levels_.size() >= static_cast<std::size_t>(max_depth_)) {
      too_deep_ = true;
      return refuse("nested deeper than " + std::to_string(max_depth_));
    }
    levels_.push_back({std::move(value), {}, {}});
    return true;
  }

  bool close() {
    JsonValue value = std::move(levels_.back().value);
    levels_.pop_back();
    return put(std::move(value));
  }

  bool put(JsonValue value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Level& level = levels_.back();
    if (auto* array = std::get_if<JsonArray>(&level.value.content())) {
      array->push_back(std::move(value));
    } else {
      auto& object = std::get<JsonObject>(level.value.content());
      object.emplace_back(std::move(level.name), std::move(value));
    }
    return true;
  }

  const int max_depth_;
  std::vector<Level> levels_;
  JsonValue root_;
  std::string fault_;
  bool too_deep_ = false;
};

nlohmann::ordered_json to_library(const JsonValue& value);

struct ToLibrary {
  nlohmann::ordered_json operator()(std::nullptr_t) const { return nullptr; }
  nlohmann::ordered_json operator()(bool truth) const { return truth; }
  nlohmann::ordered_json operator()(std::int64_t number) const { return number; }
  nlohmann::ordered_json operator()(double number) const { return number; }
  nlohmann::ordered_json operator()(const std::string& text) const { return text; }
  nlohmann::ordered_json operator()(const JsonArray& array) const {
    auto made = nlohmann::ordered_json::array();
    for (const JsonValue& element : array) made.push_back(to_library(element));
    return made;
  }
  nlohmann::ordered_json operator()(const JsonObject& object) const {
    auto made = nlohmann::ordered_json::object();
    for (const auto& [name, member] : object) made[name] = to_library(member);
    return made;
  }
};

nlohmann::ordered_json to_library(const JsonValue& value) {
  return std::visit(ToLibrary{}, value.content());
}

}  // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
  const JsonObject* members = object();
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find(*members, name, &JsonMember::first);
  return found == members->end() ? nullptr : &found->second;
}

std::string_view JsonValue::type_name() const {
  constexpr std::string_view kNames[] = {"null",   "boolean", "integer", "number",
                                         "string", "array",   "object"};
  return kNames[content_.index()];
}

Result<JsonValue> parse_json(std::string_view bytes, const JsonLimits& limits) {
  if (bytes.size() > limits.max_bytes) {
    return Error{ErrorKind::too_large, "JSON of " + std::to_string(bytes.size()) +
                                           " bytes; at most " +
                                           std::to_string(limits.max_bytes) + " are read"};
  }
  ValueBuilder builder(limits.max_depth);
  if (!nlohmann::json::sax_parse(bytes, &builder)) {
    return Error{builder.too_deep() ? ErrorKind::too_large : ErrorKind::malformed,
                 builder.fault()};
  }
  return builder.take();
}

std::string write_json(const JsonValue& value, int indent) {
  // A text that is no UTF-8 cannot come out of parse_json(); it is written with U+FFFD.
  return to_library(value).dump(indent > 0 ? indent : -1, ' ', false,
                                nlohmann::json::error_handler_t::replace);
}

}  // namespace conglang
