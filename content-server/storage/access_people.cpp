#include <soci/soci.h>

#include <utility>

#include "content-server/storage/access_rows.h"
#include "content-server/storage/access_store.h"
#include "content-server/storage/sql_guard.h"

namespace conglang::server {
namespace {

void exchange_person(soci::statement& statement, PersonRow& row) {
  for (std::string* text : {&row.id, &row.account, &row.name}) {
    statement.exchange(soci::into(*text));
  }
  for (int* flag :
       {&row.author, &row.approver, &row.administrator, &row.may_take_down, &row.read_only}) {
    statement.exchange(soci::into(*flag));
  }
  statement.exchange(soci::into(row.state));
  statement.exchange(soci::into(row.ends_at));
  statement.exchange(soci::into(row.made_at));
}

Result<std::vector<Person>> people_where(soci::session& session, const std::string& condition,
                                         const std::string& value) {
  PersonRow row;
  soci::statement statement(session);
  if (!value.empty()) statement.exchange(soci::use(value, "value"));
  exchange_person(statement, row);
  statement.alloc();
  statement.prepare("select " + std::string(kPersonColumns) + " from access_people p " +
                    condition + " order by p.made_at, p.id");
  statement.define_and_bind();
  statement.execute();
  std::vector<Person> people;
  while (statement.fetch()) {
    auto person = person_of(row);
    if (!person.ok()) return person.error();
    people.push_back(std::move(*person));
  }
  return people;
}

Result<std::optional<Person>> person_where(soci::session& session, const std::string& condition,
                                           const std::string& value) {
  if (value.empty()) return std::optional<Person>();
  const Status checked = checked_text("person", value);
  if (!checked.ok()) return checked.error();
  return sql_guard("people", [&]() -> Result<std::optional<Person>> {
    auto people = people_where(session, condition, value);
    if (!people.ok()) return people.error();
    if (people->empty()) return std::optional<Person>();
    return std::optional(std::move(people->front()));
  });
}

Result<ApproverKey> key_of(const std::string& person, const std::string& locked,
                           const std::string& state, long long made_at) {
  const auto json = parse_json(locked);
  if (!json.ok()) return damaged_row("key of person " + person, json.error().message);
  const auto read = read_locked_key(*json);
  if (!read.ok()) return damaged_row("key of person " + person, read.error().message);
  const auto known = parse_key_state(state);
  if (!known) return damaged_row("key of person " + person, "has no known state");
  return ApproverKey{PersonId(person), *read, *known, instant_of(made_at)};
}

}  // namespace

Status SqlPeopleStore::keep(const Person& person) {
  const std::string subject = "person " + person.id.text();
  Status checked = check_texts(
      subject, {{"id", person.id.text()}, {"account", person.account}, {"name", person.name}});
  if (!checked.ok()) return checked;
  return sql_guard(subject, [&] {
    const PersonRow row = row_of(person);
    session_ << "insert into access_people (id, account, name, author, approver, "
                "administrator, may_take_down, read_only, state, ends_at, made_at) values "
                "(:id, :account, :name, :author, :approver, :administrator, :may_take_down, "
                ":read_only, :state, :ends_at, :made_at) on conflict (id) do update set "
                "account = excluded.account, name = excluded.name, author = excluded.author, "
                "approver = excluded.approver, administrator = excluded.administrator, "
                "may_take_down = excluded.may_take_down, read_only = excluded.read_only, "
                "state = excluded.state, ends_at = excluded.ends_at, "
                "made_at = excluded.made_at",
        soci::use(row.id), soci::use(row.account), soci::use(row.name), soci::use(row.author),
        soci::use(row.approver), soci::use(row.administrator), soci::use(row.may_take_down),
        soci::use(row.read_only), soci::use(row.state), soci::use(row.ends_at),
        soci::use(row.made_at);
  });
}

Result<std::optional<Person>> SqlPeopleStore::find(const PersonId& id) {
  return person_where(session_, "where p.id = :value", id.text());
}

Result<std::optional<Person>> SqlPeopleStore::find_account(const std::string& account) {
  return person_where(session_, "where p.account = :value", account);
}

Result<std::vector<Person>> SqlPeopleStore::all() {
  return sql_guard("people", [&] { return people_where(session_, "", ""); });
}

Status SqlPeopleStore::keep_credentials(const PersonId& id, const Credentials& credentials) {
  const std::string subject = "credentials of person " + id.text();
  Status checked = check_texts(subject, {{"hash", credentials.login_hash}});
  if (!checked.ok()) return checked;
  return sql_guard(subject, [&] {
    const std::string salt = format_password_salt(credentials.salt);
    session_ << "insert into access_credentials (person, salt, login_hash) values (:person, "
                ":salt, :hash) on conflict (person) do update set salt = excluded.salt, "
                "login_hash = excluded.login_hash",
        soci::use(id.text()), soci::use(salt), soci::use(credentials.login_hash);
  });
}

Result<std::optional<Credentials>> SqlPeopleStore::find_credentials(const PersonId& id) {
  const std::string subject = "credentials of person " + id.text();
  return sql_guard(subject, [&]() -> Result<std::optional<Credentials>> {
    std::string salt, hash;
    session_ << "select salt, login_hash from access_credentials where person = :person",
        soci::use(id.text()), soci::into(salt), soci::into(hash);
    if (!session_.got_data()) return std::optional<Credentials>();
    const auto read = parse_password_salt(salt);
    if (!read.ok()) return damaged_row(subject, read.error().message);
    return std::optional(Credentials{*read, hash});
  });
}

Status SqlPeopleStore::remove_credentials(const PersonId& id) {
  return sql_guard("credentials of person " + id.text(), [&] {
    session_ << "delete from access_credentials where person = :person", soci::use(id.text());
  });
}

Status SqlPeopleStore::keep_key(const ApproverKey& key) {
  const std::string subject = "key of person " + key.person.text();
  return sql_guard(subject, [&]() -> Status {
    const JsonValue document = write_locked_key(key.locked);
    const std::string name = *document.find("public")->string();
    const std::string locked = write_json(document), state(to_string(key.state));
    const long long made_at = to_column(key.made_at);
    std::string owner;
    session_ << "select person from access_keys where public_key = :name", soci::use(name),
        soci::into(owner);
    if (session_.got_data() && owner != key.person.text()) {
      return Error{ErrorKind::conflict, subject + ": is another person's key", "duplicate"};
    }
    session_ << "insert into access_keys (public_key, person, locked, state, made_at) values "
                "(:name, :person, :locked, :state, :made_at) on conflict (public_key) do "
                "update set locked = excluded.locked, state = excluded.state, "
                "made_at = excluded.made_at",
        soci::use(name), soci::use(key.person.text()), soci::use(locked), soci::use(state),
        soci::use(made_at);
    return {};
  });
}

Result<std::vector<ApproverKey>> SqlPeopleStore::all_keys() {
  return sql_guard("approver keys", [&]() -> Result<std::vector<ApproverKey>> {
    std::string person, locked, state;
    long long made_at = 0;
    soci::statement statement =
        (session_.prepare << "select person, locked, state, made_at from access_keys "
                             "order by made_at, public_key",
         soci::into(person), soci::into(locked), soci::into(state), soci::into(made_at));
    statement.execute();
    std::vector<ApproverKey> keys;
    while (statement.fetch()) {
      auto key = key_of(person, locked, state, made_at);
      if (!key.ok()) return key.error();
      keys.push_back(std::move(*key));
    }
    return keys;
  });
}

Status SqlPeopleStore::keep_invitation(const Invitation& invitation) {
  const std::string subject = "invitation of person " + invitation.person.text();
  Status checked = check_texts(subject, {{"maker", invitation.made_by}});
  if (!checked.ok()) return checked;
  return sql_guard(subject, [&] {
    const std::string token = invitation.token.hex();
    const long long ends_at = to_column(invitation.ends_at);
    session_ << "insert into access_invitations (person, token, ends_at, made_by) values "
                "(:person, :token, :ends_at, :made_by) on conflict (person) do update set "
                "token = excluded.token, ends_at = excluded.ends_at, "
                "made_by = excluded.made_by",
        soci::use(invitation.person.text()), soci::use(token), soci::use(ends_at),
        soci::use(invitation.made_by);
  });
}

Result<std::optional<Invitation>> SqlPeopleStore::find_invitation(const Sha256Digest& token) {
  return sql_guard("invitation", [&] {
    const std::string hex = token.hex();
    std::string person, made_by;
    long long ends_at = 0;
    session_ << "select person, ends_at, made_by from access_invitations where token = :token",
        soci::use(hex), soci::into(person), soci::into(ends_at), soci::into(made_by);
    if (!session_.got_data()) return std::optional<Invitation>();
    return std::optional(Invitation{PersonId(person), token, instant_of(ends_at), made_by});
  });
}

Status SqlPeopleStore::remove_invitation(const PersonId& person) {
  return sql_guard("invitation of person " + person.text(), [&] {
    session_ << "delete from access_invitations where person = :person",
        soci::use(person.text());
  });
}

}  // namespace conglang::server
