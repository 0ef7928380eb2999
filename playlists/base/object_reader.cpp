#include "playlists/base/object_reader.h"

#include <algorithm>

#include "playlists/base/ids.h"

namespace conglang {
namespace {

std::int64_t count_characters(std::string_view utf8) {
  return std::ranges::count_if(utf8, [](char c) { return (c & 0xc0) != 0x80; });
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMostShown = 60;
  return "\"" + std::string(text.substr(0, kMostShown)) + "\"";
}

// A day that only the calendar can refuse, such as 30 February; a schema lets it pass.
bool has_date_shape(std::string_view text) {
  if (text.size() < 10) return false;
  const std::string month = std::string(text.substr(0, 8)), day(text.substr(8, 2));
  return parse_local_date(month + "01").ok() && parse_local_date("2024-01-" + day).ok();
}

}  // namespace

std::string below(const std::string& pointer, std::string_view member) {
  std::string path = pointer + "/";
  for (const char c : member) {
    if (c == '~') {
      path += "~0";
    } else if (c == '/') {
      path += "~1";
    } else {
      path += c;
    }
  }
  return path;
}

std::string below(const std::string& pointer, std::size_t index) {
  return pointer + "/" + std::to_string(index);
}

void add_error(DocumentErrors& errors, DocumentError error) {
  if (errors.size() >= kMostErrors) return;
  error.pointer = printable(error.pointer);
  error.message = printable(error.message);
  errors.push_back(std::move(error));
}

ObjectReader::ObjectReader(const JsonValue& value, std::string pointer, DocumentErrors& errors)
    : value_(value), pointer_(std::move(pointer)), errors_(errors) {
  if (value.object() == nullptr) {
    add_error(errors_, {pointer_, "must be an object, is " + std::string(value.type_name())});
  }
}

void ObjectReader::fault(std::string_view member, const std::string& message,
                         DocumentRule rule) {
  add_error(errors_, {member.empty() ? pointer_ : below(pointer_, member), message, rule});
}

const JsonValue* ObjectReader::find(std::string_view name) {
  asked_.emplace(name);
  return value_.find(name);
}

const JsonValue* ObjectReader::require(std::string_view name) {
  const JsonValue* value = find(name);
  if (value == nullptr && value_.object() != nullptr) fault(name, "is missing");
  return value;
}

std::string ObjectReader::plain_text(const JsonValue& value, const std::string& pointer,
                                     std::int64_t most_characters) {
  const std::string* text = value.string();
  if (text == nullptr) {
    add_error(errors_, {pointer, "must be a text, is " + std::string(value.type_name())});
    return {};
  }
  if (text->empty()) {
    add_error(errors_, {pointer, "must not be empty"});
    return {};
  }
  auto normal = normalize_text(*text);
  if (!normal) {
    add_error(errors_, {pointer, normal.error().message, DocumentRule::text_form});
    return {};
  }
  if (count_characters(*normal) > most_characters) {
    add_error(errors_,
              {pointer, "is longer than " + std::to_string(most_characters) + " characters",
               DocumentRule::text_length});
  }
  return std::move(*normal);
}

std::string ObjectReader::text(std::string_view name, std::int64_t most_characters) {
  const JsonValue* value = require(name);
  return value != nullptr ? plain_text(*value, below(pointer_, name), most_characters)
                          : std::string();
}

std::string ObjectReader::word(std::string_view name) {
  const JsonValue* value = require(name);
  if (value == nullptr) return {};
  if (value->string() == nullptr || value->string()->empty()) {
    fault(name, value->string() == nullptr
                    ? "must be a text, is " + std::string(value->type_name())
                    : "must not be empty");
    return {};
  }
  return *value->string();
}

LocalizedText ObjectReader::read_localized(const JsonValue& value, const std::string& pointer,
                                           std::int64_t most_characters) {
  LocalizedText text;
  if (value.object() == nullptr) {
    add_error(errors_, {pointer, "must be an object of texts by language, is " +
                                     std::string(value.type_name())});
    return text;
  }
  for (const auto& [language, words] : *value.object()) {
    const std::string place = below(pointer, language);
    if (!is_valid_language(language)) {
      add_error(errors_, {place, "is no language tag like \"en\""});
      continue;
    }
    std::string read = plain_text(words, place, most_characters);
    (language == "vi" ? text.vi : text.others[language]) = std::move(read);
  }
  if (value.find("vi") == nullptr) {
    add_error(errors_, {below(pointer, "vi"), "is missing: every text is there in Vietnamese"});
  }
  return text;
}

LocalizedText ObjectReader::localized(std::string_view name, std::int64_t most_characters) {
  const JsonValue* value = require(name);
  return value != nullptr ? read_localized(*value, below(pointer_, name), most_characters)
                          : LocalizedText{};
}

std::optional<LocalizedText> ObjectReader::optional_localized(std::string_view name,
                                                              std::int64_t most_characters) {
  const JsonValue* value = find(name);
  if (value == nullptr) return std::nullopt;
  return read_localized(*value, below(pointer_, name), most_characters);
}

std::int64_t ObjectReader::bounded(const JsonValue& value, std::string_view name,
                                   NumberRange range) {
  const std::int64_t* number = value.integer();
  if (number == nullptr) {
    fault(name, "must be a whole number, is " + std::string(value.type_name()));
    return range.least;
  }
  if (*number < range.least || *number > range.most) {
    fault(name, "must be from " + std::to_string(range.least) + " to " +
                    std::to_string(range.most) + ", is " + std::to_string(*number));
    return range.least;
  }
  return *number;
}

std::int64_t ObjectReader::integer(std::string_view name, NumberRange range) {
  const JsonValue* value = require(name);
  return value != nullptr ? bounded(*value, name, range) : range.least;
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view name,
                                                           NumberRange range) {
  const JsonValue* value = find(name);
  if (value == nullptr) return std::nullopt;
  return bounded(*value, name, range);
}

bool ObjectReader::optional_flag(std::string_view name) {
  const JsonValue* value = find(name);
  if (value == nullptr) return false;
  if (value->boolean() == nullptr) {
    fault(name, "must be true or false, is " + std::string(value->type_name()));
    return false;
  }
  return *value->boolean();
}

std::optional<Instant> ObjectReader::optional_instant(std::string_view name) {
  const JsonValue* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->string() == nullptr) {
    fault(name, "must be an instant like \"2026-11-23T10:00:00Z\"");
    return std::nullopt;
  }
  const std::string& text = *value->string();
  if (const auto instant = parse_instant(text)) return *instant;
  const bool shaped =
      has_date_shape(text) && parse_instant("2024-01-01" + text.substr(10)).ok();
  fault(name, quoted(text) + " is no instant like \"2026-11-23T10:00:00Z\"",
        shaped ? DocumentRule::real_date : DocumentRule::form);
  return std::nullopt;
}

std::optional<LocalDate> ObjectReader::optional_date(std::string_view name) {
  const JsonValue* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->string() == nullptr) {
    fault(name, "must be a date like \"2026-11-23\"");
    return std::nullopt;
  }
  const std::string& text = *value->string();
  if (const auto date = parse_local_date(text)) return *date;
  const bool shaped = text.size() == 10 && has_date_shape(text);
  fault(name, quoted(text) + " is no date like \"2026-11-23\"",
        shaped ? DocumentRule::real_date : DocumentRule::form);
  return std::nullopt;
}

std::string read_id(const JsonValue& value, const std::string& pointer,
                    DocumentErrors& errors) {
  if (value.string() != nullptr && is_valid_id(*value.string())) return *value.string();
  add_error(errors,
            {pointer, "must be an id: lower-case letters, digits and hyphens, at most 63"});
  return {};
}

std::string ObjectReader::id_text(std::string_view name) {
  const JsonValue* value = require(name);
  return value != nullptr ? read_id(*value, below(pointer_, name), errors_) : std::string();
}

std::optional<std::size_t> ObjectReader::optional_choice(
    std::string_view name, std::initializer_list<std::string_view> words) {
  const JsonValue* value = find(name);
  if (value == nullptr) return std::nullopt;
  const std::string* text = value->string();
  const auto found =
      text != nullptr ? std::ranges::find(words, std::string_view(*text)) : words.end();
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string known;
  for (const std::string_view word : words)
    known += (known.empty() ? "" : ", ") + std::string(word);
  fault(name, "must be one of: " + known);
  return 0;
}

std::size_t ObjectReader::choice(std::string_view name,
                                 std::initializer_list<std::string_view> words) {
  if (require(name) == nullptr) return 0;
  return *optional_choice(name, words);
}

void ObjectReader::list(
    std::string_view name, ListBounds bounds,
    const std::function<void(const JsonValue&, const std::string& pointer)>& each) {
  const JsonValue* value = bounds.optional ? find(name) : require(name);
  if (value == nullptr) return;
  const JsonArray* elements = value->array();
  if (elements == nullptr) {
    fault(name, "must be a list, is " + std::string(value->type_name()));
    return;
  }
  if (elements->size() < bounds.least || elements->size() > bounds.most) {
    fault(name, "must have " + std::to_string(bounds.least) + " to " +
                    std::to_string(bounds.most) + " elements, has " +
                    std::to_string(elements->size()));
    return;
  }
  const std::string place = below(pointer_, name);
  for (std::size_t i = 0; i < elements->size(); ++i) each((*elements)[i], below(place, i));
}

std::optional<ObjectReader> ObjectReader::optional_object(std::string_view name) {
  const JsonValue* value = find(name);
  if (value == nullptr) return std::nullopt;
  return ObjectReader(*value, below(pointer_, name), errors_);
}

std::optional<ObjectReader> ObjectReader::object(std::string_view name) {
  const JsonValue* value = require(name);
  if (value == nullptr) return std::nullopt;
  return ObjectReader(*value, below(pointer_, name), errors_);
}

void ObjectReader::finish() {
  if (value_.object() == nullptr) return;
  for (const auto& [name, value] : *value_.object()) {
    if (!asked_.contains(name)) fault(name, "is no member that belongs here");
  }
}

}  // namespace conglang
