#include "content-server/app/named_person.h"

namespace conglang::server {

Result<Person> find_named(PeopleStore& people, const std::string& named) {
  const auto all = people.all();
  if (!all) return all.error();
  for (const Person& person : *all) {
    if (person.account == named || person.id.text() == named) return person;
  }
  return Error{ErrorKind::missing, "user " + named + ": there is none"};
}

}  // namespace conglang::server
