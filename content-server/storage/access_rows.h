// How the columns of people and times are read and written: shared by the stores of access.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "content-server/access/person.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

inline constexpr const char* kPersonColumns =
    "p.id, p.account, p.name, p.author, p.approver, p.administrator, p.may_take_down, "
    "p.read_only, p.state, p.ends_at, p.made_at";

// In the order of kPersonColumns.
struct PersonRow {
  std::string id, account, name;
  int author = 0, approver = 0, administrator = 0, may_take_down = 0, read_only = 0;
  std::string state;
  long long ends_at = 0, made_at = 0;
};

PersonRow row_of(const Person& person);

// Fails: storage, naming the person.
Result<Person> person_of(const PersonRow& row);

inline long long to_column(Instant instant) { return instant.time_since_epoch().count(); }
inline long long to_column(const std::optional<Instant>& instant) {
  return instant ? to_column(*instant) : 0;
}
inline Instant instant_of(long long column) { return Instant{Milliseconds{column}}; }
inline std::optional<Instant> optional_instant_of(long long column) {
  return column == 0 ? std::nullopt : std::optional(instant_of(column));
}

Error damaged_row(const std::string& subject, const std::string& why);

struct NamedText {
  const char* noun;
  const std::string& text;
};
// Fails: as checked_text(), for the first that fails.
Status check_texts(const std::string& subject, std::initializer_list<NamedText> texts);

}  // namespace conglang::server
