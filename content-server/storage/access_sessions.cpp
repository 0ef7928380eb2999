#include <soci/soci.h>

#include <utility>

#include "content-server/storage/access_rows.h"
#include "content-server/storage/access_store.h"
#include "content-server/storage/sql_guard.h"

namespace conglang::server {
namespace {

struct SessionRow {
  std::string id, person, address, client;
  long long made_at = 0, seen_at = 0;
};

Session session_of(const SessionRow& row) {
  return {row.id,
          PersonId(row.person),
          instant_of(row.made_at),
          instant_of(row.seen_at),
          row.address,
          row.client};
}

}  // namespace

Status SqlSessionStore::add(const Session& session, const Sha256Digest& token) {
  const std::string subject = "session " + session.id;
  Status checked =
      check_texts(subject, {{"address", session.address}, {"client", session.client}});
  if (!checked.ok()) return checked;
  return sql_guard(subject, [&] {
    const std::string hex = token.hex();
    const long long made_at = to_column(session.made_at), seen_at = to_column(session.seen_at);
    session_ << "insert into access_sessions (id, token, person, made_at, seen_at, address, "
                "client) values (:id, :token, :person, :made_at, :seen_at, :address, :client)",
        soci::use(session.id), soci::use(hex), soci::use(session.person.text()),
        soci::use(made_at), soci::use(seen_at), soci::use(session.address),
        soci::use(session.client);
  });
}

Result<std::optional<SignedIn>> SqlSessionStore::find(const Sha256Digest& token) {
  return sql_guard("session", [&]() -> Result<std::optional<SignedIn>> {
    const std::string hex = token.hex();
    SessionRow row;
    PersonRow person;
    session_ << "select s.id, s.made_at, s.seen_at, s.address, s.client, " +
                    std::string(kPersonColumns) +
                    " from access_sessions s join access_people p on p.id = s.person "
                    "where s.token = :token",
        soci::use(hex), soci::into(row.id), soci::into(row.made_at), soci::into(row.seen_at),
        soci::into(row.address), soci::into(row.client), soci::into(person.id),
        soci::into(person.account), soci::into(person.name), soci::into(person.author),
        soci::into(person.approver), soci::into(person.administrator),
        soci::into(person.may_take_down), soci::into(person.read_only),
        soci::into(person.state), soci::into(person.ends_at), soci::into(person.made_at);
    if (!session_.got_data()) return std::optional<SignedIn>();
    row.person = person.id;
    auto read = person_of(person);
    if (!read.ok()) return read.error();
    return std::optional(SignedIn{session_of(row), std::move(*read)});
  });
}

Status SqlSessionStore::touch(const std::string& id, Instant seen_at) {
  return sql_guard("session " + id, [&] {
    const long long column = to_column(seen_at);
    session_ << "update access_sessions set seen_at = :seen_at where id = :id",
        soci::use(column), soci::use(id);
  });
}

Result<std::vector<Session>> SqlSessionStore::of(const PersonId& person) {
  return sql_guard("sessions of person " + person.text(), [&] {
    SessionRow row;
    soci::statement statement =
        (session_.prepare << "select id, person, address, client, made_at, seen_at from "
                             "access_sessions where person = :person order by made_at desc, "
                             "id desc",
         soci::use(person.text()), soci::into(row.id), soci::into(row.person),
         soci::into(row.address), soci::into(row.client), soci::into(row.made_at),
         soci::into(row.seen_at));
    statement.execute();
    std::vector<Session> sessions;
    while (statement.fetch()) sessions.push_back(session_of(row));
    return sessions;
  });
}

Status SqlSessionStore::remove(const std::string& id) {
  return sql_guard("session " + id, [&] {
    session_ << "delete from access_sessions where id = :id", soci::use(id);
  });
}

Status SqlSessionStore::remove_of(const PersonId& person) {
  return sql_guard("sessions of person " + person.text(), [&] {
    session_ << "delete from access_sessions where person = :person", soci::use(person.text());
  });
}

Status SqlSessionStore::remove_all() {
  return sql_guard("sessions", [&] { session_ << "delete from access_sessions"; });
}

Status SqlSessionStore::remove_stale(Instant made, Instant seen) {
  return sql_guard("sessions", [&] {
    const long long made_at = to_column(made), seen_at = to_column(seen);
    session_ << "delete from access_sessions where made_at < :made_at or seen_at < :seen_at",
        soci::use(made_at), soci::use(seen_at);
  });
}

Result<Attempts> SqlSessionStore::attempts(const std::string& name) {
  const Status checked = checked_text("attempts", name);
  if (!checked.ok()) return checked.error();
  return sql_guard("attempts", [&] {
    int failures = 0;
    long long last = 0;
    session_ << "select failures, last_at from access_attempts where name = :name",
        soci::use(name), soci::into(failures), soci::into(last);
    if (!session_.got_data()) return Attempts{};
    return Attempts{failures, instant_of(last)};
  });
}

Status SqlSessionStore::keep_attempts(const std::string& name, const Attempts& attempts) {
  Status checked = checked_text("attempts", name);
  if (!checked.ok()) return checked;
  return sql_guard("attempts", [&] {
    const long long last = to_column(attempts.last);
    session_ << "insert into access_attempts (name, failures, last_at) values (:name, "
                ":failures, :last) on conflict (name) do update set "
                "failures = excluded.failures, last_at = excluded.last_at",
        soci::use(name), soci::use(attempts.failures), soci::use(last);
  });
}

Status SqlSessionStore::remove_attempts_before(Instant last) {
  return sql_guard("attempts", [&] {
    const long long column = to_column(last);
    session_ << "delete from access_attempts where last_at < :last", soci::use(column);
  });
}

}  // namespace conglang::server
