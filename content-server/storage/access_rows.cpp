#include "content-server/storage/access_rows.h"

#include "content-server/storage/sql_guard.h"

namespace conglang::server {

PersonRow row_of(const Person& person) {
  const Rights& rights = person.rights;
  return {person.id.text(),
          person.account,
          person.name,
          rights.author ? 1 : 0,
          rights.approver ? 1 : 0,
          rights.administrator ? 1 : 0,
          rights.may_take_down ? 1 : 0,
          rights.read_only ? 1 : 0,
          std::string(to_string(person.state)),
          to_column(person.ends_at),
          to_column(person.made_at)};
}

Result<Person> person_of(const PersonRow& row) {
  const auto state = parse_person_state(row.state);
  if (!state) return damaged_row("person " + row.id, "has no known state");
  Person person;
  person.id = PersonId(row.id);
  person.account = row.account;
  person.name = row.name;
  person.rights = {row.author == 1, row.approver == 1, row.administrator == 1,
                   row.may_take_down == 1, row.read_only == 1};
  person.state = *state;
  person.ends_at = optional_instant_of(row.ends_at);
  person.made_at = instant_of(row.made_at);
  return person;
}

Error damaged_row(const std::string& subject, const std::string& why) {
  return {ErrorKind::storage, subject + ": " + why, "damaged-database"};
}

Status check_texts(const std::string& subject, std::initializer_list<NamedText> texts) {
  for (const NamedText& named : texts) {
    Status status = checked_text(subject + ": " + named.noun, named.text);
    if (!status.ok()) return status;
  }
  return {};
}

}  // namespace conglang::server
