#include "playlists/trust/canonical_json.h"

#include <algorithm>
#include <vector>

namespace conglang {
namespace {

void append_string(std::string& out, const std::string& text) {
  out += '"';
  for (const char character : text) {
    if (character == '"' || character == '\\') out += '\\';
    out += character;
  }
  out += '"';
}

bool append_value(std::string& out, const JsonValue& value);

bool append_array(std::string& out, const JsonArray& array) {
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) out += ',';
    if (!append_value(out, array[i])) return false;
  }
  out += ']';
  return true;
}

bool append_object(std::string& out, const JsonObject& object) {
  std::vector<const JsonMember*> members;
  members.reserve(object.size());
  for (const JsonMember& member : object) members.push_back(&member);
  // The order of UTF-8 bytes is the order of code points; std::string compares unsigned.
  std::sort(members.begin(), members.end(),
            [](const JsonMember* a, const JsonMember* b) { return a->first < b->first; });

  out += '{';
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i > 0) out += ',';
    append_string(out, members[i]->first);
    out += ':';
    if (!append_value(out, members[i]->second)) return false;
  }
  out += '}';
  return true;
}

// The depth is bounded by parse_json().
bool append_value(std::string& out, const JsonValue& value) {
  if (const JsonObject* object = value.object()) return append_object(out, *object);
  if (const JsonArray* array = value.array()) return append_array(out, *array);
  if (value.number() != nullptr) return false;
  if (const std::string* text = value.string()) {
    append_string(out, *text);
  } else if (const std::int64_t* integer = value.integer()) {
    out += std::to_string(*integer);
  } else if (const bool* truth = value.boolean()) {
    out += *truth ? "true" : "false";
  } else {
    out += "null";
  }
  return true;
}

}  // namespace

Result<std::string> canonical_json(const JsonValue& value) {
  std::string out;
  if (!append_value(out, value)) {
    return Error{ErrorKind::malformed, "a number that is no integer has no canonical form"};
  }
  return out;
}

}  // namespace conglang
