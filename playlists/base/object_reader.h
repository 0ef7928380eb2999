// Walks a JSON object member by member and remembers where it is.
//
// Every member has to be asked for: finish() names those that were not, so nothing in a
// document is ignored silently. Errors are collected, not thrown: a person who writes a
// publication wants to see them all.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "playlists/base/document_error.h"
#include "playlists/base/json.h"
#include "playlists/base/localized_text.h"
#include "playlists/base/time.h"

namespace conglang {

struct NumberRange {
  std::int64_t least = 0, most = 0;
};

class ObjectReader {
 public:
  // Both must outlive the reader.
  ObjectReader(const JsonValue& value, std::string pointer, DocumentErrors& errors);

  const std::string& pointer() const { return pointer_; }
  void fault(std::string_view member, const std::string& message,
             DocumentRule rule = DocumentRule::form);

  // Each gives the value, or a harmless one and an error.
  std::string text(std::string_view name, std::int64_t most_characters);
  // As it is written, for what is compared with a pattern of ASCII characters afterwards.
  std::string word(std::string_view name);
  LocalizedText localized(std::string_view name, std::int64_t most_characters);
  std::optional<LocalizedText> optional_localized(std::string_view name,
                                                  std::int64_t most_characters);
  std::int64_t integer(std::string_view name, NumberRange range);
  std::optional<std::int64_t> optional_integer(std::string_view name, NumberRange range);
  bool optional_flag(std::string_view name);
  std::optional<Instant> optional_instant(std::string_view name);
  std::optional<LocalDate> optional_date(std::string_view name);

  template <typename Id>
  Id id(std::string_view name) {
    return Id{id_text(name)};
  }
  template <typename Id>
  std::optional<Id> optional_id(std::string_view name) {
    if (find(name) == nullptr) return std::nullopt;
    return Id{id_text(name)};
  }

  // One word of a list: the index in `words`, or 0 and an error.
  std::size_t choice(std::string_view name, std::initializer_list<std::string_view> words);
  std::optional<std::size_t> optional_choice(std::string_view name,
                                             std::initializer_list<std::string_view> words);

  // Calls `each` for every element; at least `least` and at most `most` of them.
  struct ListBounds {
    std::size_t least = 0, most = 0;
    bool optional = false;
  };
  void list(std::string_view name, ListBounds bounds,
            const std::function<void(const JsonValue&, const std::string& pointer)>& each);

  // The member as a reader of its own, when it is there.
  std::optional<ObjectReader> optional_object(std::string_view name);
  std::optional<ObjectReader> object(std::string_view name);

  // Whether the member is there; does not count as asking for it.
  bool has(std::string_view name) const { return value_.find(name) != nullptr; }

  // Names every member that was never asked for.
  void finish();

  // The list its errors go to, for readers of elements.
  DocumentErrors& errors() { return errors_; }

 private:
  const JsonValue* find(std::string_view name);
  const JsonValue* require(std::string_view name);
  std::string id_text(std::string_view name);
  std::string plain_text(const JsonValue& value, const std::string& pointer,
                         std::int64_t most_characters);
  LocalizedText read_localized(const JsonValue& value, const std::string& pointer,
                               std::int64_t most_characters);
  std::int64_t bounded(const JsonValue& value, std::string_view name, NumberRange range);

  const JsonValue& value_;
  std::string pointer_;
  DocumentErrors& errors_;
  std::set<std::string, std::less<>> asked_;
};

// The pointer of a member or an element (RFC 6901: ~ and / are escaped).
std::string below(const std::string& pointer, std::string_view member);
std::string below(const std::string& pointer, std::size_t index);

void add_error(DocumentErrors& errors, DocumentError error);

// A string as an id.
std::string read_id(const JsonValue& value, const std::string& pointer, DocumentErrors& errors);

}  // namespace conglang
