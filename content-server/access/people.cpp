#include "content-server/access/people.h"

#include <algorithm>
#include <utility>

#include "content-server/access/authenticate.h"
#include "content-server/access/person_changes.h"

namespace conglang::server {
namespace {

std::string subject_of(const Person& person) { return "person:" + person.id.text(); }

Status check_end(const AccessDesk& desk, const std::optional<Instant>& ends_at) {
  if (!ends_at || *ends_at > desk.now) return {};
  return Error{ErrorKind::malformed, "ends_at: is past", "bad-end"};
}

Error closed(const Person& person) {
  return {ErrorKind::conflict, "person " + person.id.text() + ": is closed", "person-closed"};
}

Result<NewInvitation> keep_invitation(const AccessDesk& desk, const Person& person,
                                      const std::string& action) {
  NewInvitation invitation{person, new_session_token(), desk.now + kInvitationLife};
  Status status = desk.people.keep_invitation(
      {person.id, token_digest(invitation.token), invitation.ends_at, desk.actor});
  if (status.ok()) status = desk.note(action, subject_of(person), {}, person_for_audit(person));
  if (!status.ok()) return status.error();
  return invitation;
}

// Whether this person will administrate for as long as nobody changes it.
bool administrates(const Person& person) {
  return person.state == PersonState::active && person.rights.administrator && !person.ends_at;
}

// Fails when `changed` leaves nobody who administrates.
Status check_administrator_remains(const AccessDesk& desk, const Person& before,
                                   const Person& changed) {
  if (!administrates(before) || administrates(changed)) return {};
  const auto people = desk.people.all();
  if (!people.ok()) return people.error();
  const bool remains = std::ranges::any_of(*people, [&](const Person& other) {
    return other.id != changed.id && administrates(other);
  });
  if (remains) return {};
  return Error{ErrorKind::conflict,
               "person " + changed.id.text() + ": is the last who administrates",
               "last-administrator"};
}

bool loses_rights(const Rights& before, const Rights& after) {
  return (before.author && !after.author) || (before.approver && !after.approver) ||
         (before.administrator && !after.administrator) ||
         (before.may_take_down && !after.may_take_down) ||
         (before.read_only && !after.read_only);
}

Status close_now(const AccessDesk& desk, Person person) {
  const JsonValue before = person_for_audit(person);
  person.state = PersonState::closed;
  Status status = desk.people.keep(person);
  if (status.ok()) status = desk.people.remove_credentials(person.id);
  if (status.ok()) status = desk.people.remove_invitation(person.id);
  if (status.ok()) status = desk.sessions.remove_of(person.id);
  if (status.ok()) status = withdraw_keys(desk, person.id, "the account is closed");
  if (!status.ok()) return status;
  return desk.note("person.closed", subject_of(person), before, person_for_audit(person));
}

Result<std::string> free_account(const AccessDesk& desk, const Person& person,
                                 const std::string& wanted) {
  if (!person.account.empty() && wanted != person.account) {
    return Error{ErrorKind::malformed, "account: cannot be changed", "account-fixed"};
  }
  if (!is_valid_account(wanted)) {
    return Error{ErrorKind::malformed,
                 "account: must be 2 to 40 of a-z, 0-9 with single . - _ between",
                 "bad-account"};
  }
  const auto other = desk.people.find_account(wanted);
  if (!other.ok()) return other.error();
  if (*other && (*other)->id != person.id) {
    return Error{ErrorKind::conflict, "account: is taken", "account-taken"};
  }
  return wanted;
}

Status check_key(bool needs_key, const AcceptedInvitation& accepted) {
  if (needs_key != accepted.locked.has_value()) {
    return Error{ErrorKind::malformed, needs_key
                                           ? "locked_key: is missing: this person approves"
                                           : "locked_key: this person does not approve"};
  }
  if (accepted.locked && accepted.locked->salt != accepted.credentials.salt) {
    return Error{ErrorKind::malformed,
                 "locked_key: is locked with another salt than the password has"};
  }
  return {};
}

}  // namespace

Result<NewInvitation> invite_person(const AccessDesk& desk, const NewPerson& person) {
  const auto name = checked_name(person.name);
  if (!name.ok()) return name.error();
  Status status = check_rights(person.rights);
  if (status.ok()) status = check_end(desk, person.ends_at);
  if (!status.ok()) return status.error();
  const auto people = desk.people.all();
  if (!people.ok()) return people.error();
  if (people->size() >= kMostPeople) {
    return Error{ErrorKind::too_large,
                 "people: there are " + std::to_string(kMostPeople) + " already"};
  }
  const Person invited{PersonId(new_id(desk.now)),
                       "",
                       *name,
                       person.rights,
                       PersonState::invited,
                       person.ends_at,
                       desk.now};
  status = desk.people.keep(invited);
  if (!status.ok()) return status.error();
  return keep_invitation(desk, invited, "person.invited");
}

Result<NewInvitation> reset_person(const AccessDesk& desk, const PersonId& id) {
  auto person = find_person(desk, id);
  if (!person.ok()) return person.error();
  if (person->state == PersonState::closed) return closed(*person);
  person->state = PersonState::invited;
  Status status = desk.people.keep(*person);
  if (status.ok()) status = desk.people.remove_credentials(id);
  if (status.ok()) status = desk.sessions.remove_of(id);
  if (status.ok()) status = withdraw_keys(desk, id, "the password was lost");
  if (!status.ok()) return status.error();
  return keep_invitation(desk, *person, "person.reset");
}

Result<Person> change_person(const AccessDesk& desk, const PersonId& id,
                             const PersonChange& change) {
  const auto before = find_person(desk, id);
  if (!before.ok()) return before.error();
  if (before->state == PersonState::closed) return closed(*before);
  const auto name = checked_name(change.name);
  if (!name.ok()) return name.error();
  Person person = *before;
  person.name = *name;
  person.rights = change.rights;
  person.ends_at = change.ends_at;
  Status status = check_rights(person.rights);
  if (status.ok()) status = check_end(desk, person.ends_at);
  if (status.ok()) status = check_administrator_remains(desk, *before, person);
  if (status.ok()) status = desk.people.keep(person);
  if (status.ok() && loses_rights(before->rights, person.rights)) {
    status = desk.sessions.remove_of(id);
  }
  if (status.ok() && before->rights.approver && !person.rights.approver) {
    status = withdraw_keys(desk, id, "the person no longer approves");
  }
  if (status.ok()) {
    status = desk.note("person.changed", subject_of(person), person_for_audit(*before),
                       person_for_audit(person));
  }
  if (!status.ok()) return status.error();
  return person;
}

Status close_person(const AccessDesk& desk, const PersonId& id) {
  const auto person = find_person(desk, id);
  if (!person.ok()) return person.error();
  if (person->state == PersonState::closed) return closed(*person);
  Person after = *person;
  after.state = PersonState::closed;
  Status status = check_administrator_remains(desk, *person, after);
  if (!status.ok()) return status;
  return close_now(desk, *person);
}

Result<int> close_ended_people(const AccessDesk& desk) {
  const auto people = desk.people.all();
  if (!people.ok()) return people.error();
  int count = 0;
  for (const Person& person : *people) {
    const bool has_ended = person.ends_at && *person.ends_at <= desk.now;
    if (person.state == PersonState::closed || !has_ended) continue;
    const Status status = close_now(desk, person);
    if (!status.ok()) return status.error();
    ++count;
  }
  return count;
}

Result<InvitationView> look_at_invitation(const AccessDesk& desk, const std::string& token) {
  const Error none{ErrorKind::missing, "invitation: is unknown, used or too old",
                   "no-invitation"};
  const auto invitation = desk.people.find_invitation(token_digest(token));
  if (!invitation.ok()) return invitation.error();
  if (!*invitation || (*invitation)->ends_at <= desk.now) return none;
  auto person = find_person(desk, (*invitation)->person);
  if (!person.ok()) return person.error();
  const bool has_ended = person->ends_at && *person->ends_at <= desk.now;
  if (person->state != PersonState::invited || has_ended) return none;
  const bool needs_key = person->rights.approver;
  return InvitationView{std::move(*person), needs_key, (*invitation)->ends_at};
}

Result<Person> accept_invitation(const AccessDesk& desk, const std::string& token,
                                 const AcceptedInvitation& accepted) {
  auto view = look_at_invitation(desk, token);
  if (!view.ok()) return view.error();
  Person person = view->person;
  const auto account = free_account(desk, person, accepted.account);
  if (!account.ok()) return account.error();
  const auto name = checked_name(accepted.name);
  if (!name.ok()) return name.error();
  Status status = check_key(view->needs_key, accepted);
  if (!status.ok()) return status.error();

  person.account = *account;
  person.name = *name;
  person.state = PersonState::active;
  AccessDesk own = desk;
  own.actor = subject_of(person);
  status = desk.people.keep(person);
  if (status.ok()) status = desk.people.keep_credentials(person.id, accepted.credentials);
  if (status.ok()) status = desk.people.remove_invitation(person.id);
  if (status.ok() && accepted.locked) status = keep_new_key(own, person.id, *accepted.locked);
  if (status.ok()) {
    status = own.note("person.joined", subject_of(person), person_for_audit(view->person),
                      person_for_audit(person));
  }
  if (!status.ok()) return status.error();
  return person;
}

}  // namespace conglang::server
