#include "content-server/api/people_routes.h"

#include <map>
#include <utility>

#include "content-server/api/access_bodies.h"
#include "content-server/api/answers.h"

namespace conglang::server {
namespace {

NewPerson read_person(ObjectReader& reader) {
  NewPerson person;
  person.name = reader.text("name", kMostNameCharacters);
  person.rights = read_rights(reader);
  person.ends_at = reader.optional_instant("ends_at");
  return person;
}

PersonId person_in(const Request& request) {
  return PersonId(request.path_values.at("person"));
}

// What matters of the person's keys: one that counts, or one that a root ceremony must remove.
std::map<PersonId, KeyState> states_of(const std::vector<ApproverKey>& keys) {
  std::map<PersonId, KeyState> states;
  for (const ApproverKey& key : keys) {
    if (key.state != KeyState::removed) states[key.person] = key.state;
  }
  return states;
}

Response answer_people(const ApiParts& parts) {
  JsonArray list;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto people = stores.people.all();
    if (!people.ok()) return people.error();
    const auto keys = stores.people.all_keys();
    if (!keys.ok()) return keys.error();
    const auto states = states_of(*keys);
    for (const Person& person : *people) {
      JsonValue written = write_person(person);
      const auto state = states.find(person.id);
      if (state != states.end()) {
        std::get<JsonObject>(written.content())
            .emplace_back("key_state", std::string(to_string(state->second)));
      }
      list.push_back(std::move(written));
    }
    return {};
  });
  if (!read.ok()) return refuse(read.error());
  return answer(JsonObject{{"people", std::move(list)}});
}

using Inviting = std::function<Result<NewInvitation>(const AccessDesk&)>;

Response answer_invitation(const ApiParts& parts, const Caller& caller, int status,
                           const Inviting& inviting) {
  std::optional<NewInvitation> made;
  const Status written = write_as(parts, caller, [&](const AccessDesk& desk) -> Status {
    auto invitation = inviting(desk);
    if (!invitation.ok()) return invitation.error();
    made = std::move(*invitation);
    return {};
  });
  return written.ok() ? answer(write_invitation(*made), status) : refuse(written.error());
}

Response answer_invite(const ApiParts& parts, const Request& request, const Caller& caller) {
  NewPerson person;
  auto refused = read_body(request, person, [](ObjectReader& reader, const JsonValue&) {
    return read_person(reader);
  });
  if (refused) return *refused;
  return answer_invitation(parts, caller, 201,
                           [&](const AccessDesk& desk) { return invite_person(desk, person); });
}

Response answer_change(const ApiParts& parts, const Request& request, const Caller& caller) {
  NewPerson read;
  auto refused = read_body(request, read, [](ObjectReader& reader, const JsonValue&) {
    return read_person(reader);
  });
  if (refused) return *refused;
  std::optional<Person> changed;
  const Status written = write_as(parts, caller, [&](const AccessDesk& desk) -> Status {
    auto person =
        change_person(desk, person_in(request), {read.name, read.rights, read.ends_at});
    if (!person.ok()) return person.error();
    changed = std::move(*person);
    return {};
  });
  return written.ok() ? answer(write_person(*changed)) : refuse(written.error());
}

Response answer_done(const Status& status) {
  return status.ok() ? answer_nothing() : refuse(status.error());
}

}  // namespace

void add_people_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule body = BodyRule::memory(kMostAccessBody);
  const Deed deed = Deed::manage_people;
  add_caller_route(routes, parts, {Method::get, "/api/people", BodyRule::none(), {}, {}},
                   Deed::view,
                   [&parts](const Request&, const Caller&) { return answer_people(parts); });
  add_caller_route(routes, parts, {Method::post, "/api/people", body, {}, {}}, deed,
                   [&parts](const Request& request, const Caller& caller) {
                     return answer_invite(parts, request, caller);
                   });
  add_caller_route(routes, parts, {Method::put, "/api/people/{person}", body, {}, {}}, deed,
                   [&parts](const Request& request, const Caller& caller) {
                     return answer_change(parts, request, caller);
                   });
  add_caller_route(routes, parts,
                   {Method::post, "/api/people/{person}/close", BodyRule::none(), {}, {}}, deed,
                   [&parts](const Request& request, const Caller& caller) {
                     return answer_done(write_as(parts, caller, [&](const AccessDesk& desk) {
                       return close_person(desk, person_in(request));
                     }));
                   });
  add_caller_route(routes, parts,
                   {Method::post, "/api/people/{person}/reset", BodyRule::none(), {}, {}}, deed,
                   [&parts](const Request& request, const Caller& caller) {
                     return answer_invitation(parts, caller, 200, [&](const AccessDesk& desk) {
                       return reset_person(desk, person_in(request));
                     });
                   });
  add_caller_route(routes, parts,
                   {Method::delete_, "/api/people/{person}/sessions", BodyRule::none(), {}, {}},
                   deed, [&parts](const Request& request, const Caller& caller) {
                     return answer_done(write_as(parts, caller, [&](const AccessDesk& desk) {
                       return end_other_sessions(desk, person_in(request), "");
                     }));
                   });
}

}  // namespace conglang::server
