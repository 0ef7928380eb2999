#include "content-server/access/person.h"

#include <algorithm>
#include <array>
#include <utility>

namespace conglang::server {
namespace {

constexpr std::array<std::pair<PersonState, std::string_view>, 3> kPersonStates{
    {{PersonState::invited, "invited"},
     {PersonState::active, "active"},
     {PersonState::closed, "closed"}}};
constexpr std::array<std::pair<KeyState, std::string_view>, 4> kKeyStates{
    {{KeyState::waiting, "waiting"},
     {KeyState::trusted, "trusted"},
     {KeyState::withdrawn, "withdrawn"},
     {KeyState::removed, "removed"}}};

template <typename Words>
auto parse(const Words& words, std::string_view word)
    -> std::optional<std::remove_const_t<decltype(words[0].first)>> {
  for (const auto& [value, name] : words) {
    if (name == word) return value;
  }
  return std::nullopt;
}

template <typename Words, typename Value>
std::string_view name_of(const Words& words, Value value) {
  return std::ranges::find(words, value, &Words::value_type::first)->second;
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_separator(char c) { return c == '.' || c == '-' || c == '_'; }

}  // namespace

bool is_active(const Person& person, Instant now) {
  return person.state == PersonState::active && (!person.ends_at || now < *person.ends_at);
}

bool is_valid_account(std::string_view account) {
  constexpr std::size_t kLeast = 2, kMost = 40;
  if (account.size() < kLeast || account.size() > kMost) return false;
  bool was_letter = false;
  for (const char c : account) {
    if (!is_letter_or_digit(c) && !(is_separator(c) && was_letter)) return false;
    was_letter = is_letter_or_digit(c);
  }
  return was_letter;
}

Status check_rights(const Rights& rights) {
  const bool acts =
      rights.author || rights.approver || rights.administrator || rights.may_take_down;
  if (!acts && !rights.read_only) {
    return Error{ErrorKind::malformed, "rights: none is given", "no-rights"};
  }
  if (acts && rights.read_only) {
    return Error{ErrorKind::malformed, "rights: read_only stands alone", "mixed-rights"};
  }
  return {};
}

std::string_view to_string(PersonState state) { return name_of(kPersonStates, state); }
std::string_view to_string(KeyState state) { return name_of(kKeyStates, state); }

std::optional<PersonState> parse_person_state(std::string_view word) {
  return parse(kPersonStates, word);
}

std::optional<KeyState> parse_key_state(std::string_view word) {
  return parse(kKeyStates, word);
}

}  // namespace conglang::server
