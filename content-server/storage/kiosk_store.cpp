#include "content-server/storage/kiosk_store.h"

#include <soci/soci.h>

#include <algorithm>
#include <utility>

#include "content-server/storage/access_rows.h"
#include "content-server/storage/kiosk_rows.h"
#include "content-server/storage/sql_guard.h"
#include "playlists/base/json.h"

namespace conglang::server {
namespace {

struct KioskRow {
  std::string id, name, group, site, public_key, token;
  long long token_counter = 0, made_at = 0, revoked_at = 0;
};

Result<Kiosk> kiosk_of(const KioskRow& row) {
  const auto key = parse_bytes32(row.public_key);
  const auto token = parse_sha256(row.token);
  if (!key || !token) return damaged_row("kiosk " + row.id, "has no key or token");
  Kiosk kiosk{KioskId(row.id),
              row.name,
              GroupId(row.group),
              {},
              *key,
              *token,
              row.token_counter,
              instant_of(row.made_at),
              optional_instant_of(row.revoked_at)};
  if (!row.site.empty()) kiosk.site = SiteId(row.site);
  return kiosk;
}

std::optional<EnrolmentState> state_of(std::string_view word) {
  for (const auto known : {EnrolmentState::waiting, EnrolmentState::confirmed,
                           EnrolmentState::refused, EnrolmentState::expired}) {
    if (to_string(known) == word) return known;
  }
  return std::nullopt;
}

std::optional<CommandOutcome> outcome_of(std::string_view word) {
  for (const auto known :
       {CommandOutcome::done, CommandOutcome::failed, CommandOutcome::unsupported}) {
    if (to_string(known) == word) return known;
  }
  return std::nullopt;
}

template <typename T>
Result<std::optional<T>> first_of(Result<std::vector<T>> all) {
  if (!all) return all.error();
  if (all->empty()) return std::optional<T>();
  return std::optional<T>(std::move(all->front()));
}

}  // namespace

Status SqlKioskStore::keep(const Group& group) {
  const std::string name = write_name(group.name);
  const std::string subject = "group " + group.id.text();
  if (Status checked = check_name(subject, group.name); !checked) return checked;
  return sql_guard(subject, [&] {
    session_ << "insert into kiosk_groups (id, name) values (:id, :name) "
                "on conflict (id) do update set name = excluded.name",
        soci::use(group.id.text()), soci::use(name);
  });
}

Result<std::vector<Group>> SqlKioskStore::groups() {
  return sql_guard("groups", [&]() -> Result<std::vector<Group>> {
    std::string id, name;
    soci::statement statement =
        (session_.prepare << "select id, name from kiosk_groups order by id", soci::into(id),
         soci::into(name));
    statement.execute();
    std::vector<Group> all;
    while (statement.fetch()) {
      auto read = read_name("group " + id, name);
      if (!read) return read.error();
      all.push_back({GroupId(id), std::move(*read)});
    }
    return all;
  });
}

Status SqlKioskStore::keep(const Site& site) {
  const std::string name = write_name(site.name), kind(to_string(site.site_class));
  const std::string subject = "site " + site.id.text();
  if (Status checked = check_name(subject, site.name); !checked) return checked;
  return sql_guard(subject, [&] {
    session_ << "insert into kiosk_sites (id, name, site_class) values (:id, :name, :kind) "
                "on conflict (id) do update set name = excluded.name, "
                "site_class = excluded.site_class",
        soci::use(site.id.text()), soci::use(name), soci::use(kind);
  });
}

Result<std::vector<Site>> SqlKioskStore::sites() {
  return sql_guard("sites", [&]() -> Result<std::vector<Site>> {
    std::string id, name, kind;
    soci::statement statement =
        (session_.prepare << "select id, name, site_class from kiosk_sites order by id",
         soci::into(id), soci::into(name), soci::into(kind));
    statement.execute();
    std::vector<Site> all;
    while (statement.fetch()) {
      auto read = read_name("site " + id, name);
      const auto site_class = parse_site_class(kind);
      if (!read) return read.error();
      if (!site_class) return damaged_row("site " + id, "is of no known class");
      all.push_back({SiteId(id), std::move(*read), *site_class});
    }
    return all;
  });
}

Status SqlKioskStore::keep(const Kiosk& kiosk) {
  const std::string subject = "kiosk " + kiosk.id.text();
  if (Status checked = check_texts(subject, {{"name", kiosk.name}}); !checked) return checked;
  return sql_guard(subject, [&] {
    const std::string site = kiosk.site ? kiosk.site->text() : std::string();
    const std::string key = hex_of(kiosk.public_key), token = kiosk.token.hex();
    const long long counter = kiosk.token_counter, made_at = to_column(kiosk.made_at),
                    revoked_at = to_column(kiosk.revoked_at);
    session_ << "insert into kiosks (id, name, kiosk_group, site, public_key, token, "
                "token_counter, made_at, revoked_at) values (:id, :name, :group, :site, :key, "
                ":token, :counter, :made_at, :revoked_at) on conflict (id) do update set "
                "name = excluded.name, kiosk_group = excluded.kiosk_group, "
                "site = excluded.site, token = excluded.token, "
                "token_counter = excluded.token_counter, revoked_at = excluded.revoked_at",
        soci::use(kiosk.id.text()), soci::use(kiosk.name), soci::use(kiosk.group.text()),
        soci::use(site), soci::use(key), soci::use(token), soci::use(counter),
        soci::use(made_at), soci::use(revoked_at);
  });
}

Result<std::vector<Kiosk>> SqlKioskStore::select_kiosks(const std::string& where,
                                                        const std::string& value) {
  return sql_guard("kiosks", [&]() -> Result<std::vector<Kiosk>> {
    KioskRow row;
    soci::statement statement =
        (session_.prepare << "select id, name, kiosk_group, site, public_key, token, "
                             "token_counter, made_at, revoked_at from kiosks where " +
                                 where + " = :value order by made_at, id",
         soci::use(value), soci::into(row.id), soci::into(row.name), soci::into(row.group),
         soci::into(row.site), soci::into(row.public_key), soci::into(row.token),
         soci::into(row.token_counter), soci::into(row.made_at), soci::into(row.revoked_at));
    statement.execute();
    std::vector<Kiosk> all;
    while (statement.fetch()) {
      auto kiosk = kiosk_of(row);
      if (!kiosk) return kiosk.error();
      all.push_back(std::move(*kiosk));
    }
    return all;
  });
}

Result<std::optional<Kiosk>> SqlKioskStore::find(const KioskId& id) {
  return first_of(select_kiosks("id", id.text()));
}

Result<std::optional<Kiosk>> SqlKioskStore::find_token(const Sha256Digest& token) {
  return first_of(select_kiosks("token", token.hex()));
}

Result<std::vector<Kiosk>> SqlKioskStore::kiosks() { return select_kiosks("'all'", "all"); }

Status SqlKioskStore::keep_life(const KioskId& id, const KioskLife& life) {
  const std::string subject = "kiosk " + id.text();
  const std::string heartbeat = write_json(write(life.heartbeat));
  if (Status checked = check_heartbeat(subject, life.heartbeat); !checked) return checked;
  Status texts =
      check_texts(subject, {{"address", life.address}, {"earlier run", life.earlier_run}});
  if (!texts) return texts;
  return sql_guard(subject, [&] {
    const long long seen_at = to_column(life.seen_at);
    session_ << "insert into kiosk_lives (kiosk, seen_at, address, earlier_run, heartbeat) "
                "values (:kiosk, :seen_at, :address, :earlier_run, :heartbeat) on conflict "
                "(kiosk) do update set seen_at = excluded.seen_at, "
                "address = excluded.address, earlier_run = excluded.earlier_run, "
                "heartbeat = excluded.heartbeat",
        soci::use(id.text()), soci::use(seen_at), soci::use(life.address),
        soci::use(life.earlier_run), soci::use(heartbeat);
  });
}

Result<std::optional<KioskLife>> SqlKioskStore::life(const KioskId& id) {
  const std::string subject = "kiosk " + id.text();
  return sql_guard(subject, [&]() -> Result<std::optional<KioskLife>> {
    long long seen_at = 0;
    std::string address, earlier_run, heartbeat;
    session_ << "select seen_at, address, earlier_run, heartbeat from kiosk_lives "
                "where kiosk = :kiosk",
        soci::use(id.text()), soci::into(seen_at), soci::into(address), soci::into(earlier_run),
        soci::into(heartbeat);
    if (!session_.got_data()) return std::optional<KioskLife>();
    const auto json = parse_json(heartbeat);
    if (!json) return damaged_row(subject, "has no readable heartbeat");
    auto read = read_heartbeat(*json);
    if (!read) return damaged_row(subject, read.error().message);
    return std::optional<KioskLife>(
        {std::move(*read), instant_of(seen_at), address, earlier_run});
  });
}

Status SqlKioskStore::keep(const KioskCommand& command) {
  const std::string subject = "command " + command.command.id;
  const std::string detail = command.result ? command.result->detail : std::string();
  if (Status checked = check_texts(subject, {{"detail", detail}}); !checked) return checked;
  return sql_guard(subject, [&] {
    const std::string kind(to_string(command.command.kind));
    const std::string outcome(command.result ? to_string(command.result->outcome)
                                             : std::string_view());
    const long long argument = command.command.argument, made_at = to_column(command.made_at),
                    done_at = to_column(command.done_at);
    session_ << "insert into kiosk_commands (id, kiosk, kind, argument, made_at, actor, "
                "outcome, detail, done_at) values (:id, :kiosk, :kind, :argument, :made_at, "
                ":actor, :outcome, :detail, :done_at) on conflict (id) do update set "
                "outcome = excluded.outcome, detail = excluded.detail, "
                "done_at = excluded.done_at",
        soci::use(command.command.id), soci::use(command.kiosk.text()), soci::use(kind),
        soci::use(argument), soci::use(made_at), soci::use(command.actor), soci::use(outcome),
        soci::use(detail), soci::use(done_at);
  });
}

Result<std::vector<KioskCommand>> SqlKioskStore::select_commands(const std::string& where,
                                                                 const std::string& value,
                                                                 long long number) {
  return sql_guard("commands", [&]() -> Result<std::vector<KioskCommand>> {
    std::string id, kiosk, kind, actor, outcome, detail;
    long long argument = 0, made_at = 0, done_at = 0;
    soci::statement statement =
        (session_.prepare << "select id, kiosk, kind, argument, made_at, actor, outcome, "
                             "detail, done_at from kiosk_commands where " +
                                 where,
         soci::use(value), soci::use(number), soci::into(id), soci::into(kiosk),
         soci::into(kind), soci::into(argument), soci::into(made_at), soci::into(actor),
         soci::into(outcome), soci::into(detail), soci::into(done_at));
    statement.execute();
    std::vector<KioskCommand> all;
    while (statement.fetch()) {
      const auto known = parse_command_kind(kind);
      if (!known) return damaged_row("command " + id, "is of no known kind");
      KioskCommand command{
          {id, *known, argument},      KioskId(kiosk), instant_of(made_at), actor, {},
          optional_instant_of(done_at)};
      const auto end = outcome_of(outcome);
      if (!end && !outcome.empty()) return damaged_row("command " + id, "has no known outcome");
      if (end) command.result = CommandResult{id, *end, detail};
      all.push_back(std::move(command));
    }
    return all;
  });
}

Result<std::vector<KioskCommand>> SqlKioskStore::commands(const KioskId& id, int most) {
  return select_commands("kiosk = :kiosk order by made_at desc, id desc limit :most", id.text(),
                         std::clamp(most, 1, 1000));
}

Result<std::vector<KioskCommand>> SqlKioskStore::waiting_commands(const KioskId& id,
                                                                  Instant made_after) {
  return select_commands(
      "kiosk = :kiosk and done_at = 0 and made_at > :after order by made_at, id limit 50",
      id.text(), to_column(made_after));
}

Result<std::optional<KioskCommand>> SqlKioskStore::find_command(const std::string& id) {
  return first_of(select_commands("id = :id limit :one", id, 1));
}

Status SqlKioskStore::keep(const Enrolment& enrolment) {
  const std::string subject = "enrolment " + enrolment.id;
  const std::string document = write_enrolment(enrolment);
  Status checked =
      check_texts(subject, {{"program", enrolment.program}, {"address", enrolment.address}});
  if (!checked) return checked;
  return sql_guard(subject, [&] {
    const std::string state(to_string(enrolment.state));
    const std::string kiosk = enrolment.kiosk ? enrolment.kiosk->text() : std::string();
    const long long made_at = to_column(enrolment.made_at),
                    ends_at = to_column(enrolment.ends_at);
    session_ << "insert into kiosk_enrolments (id, code, state, made_at, ends_at, kiosk, "
                "document) values (:id, :code, :state, :made_at, :ends_at, :kiosk, :document) "
                "on conflict (id) do update set state = excluded.state, "
                "kiosk = excluded.kiosk, document = excluded.document",
        soci::use(enrolment.id), soci::use(enrolment.code), soci::use(state),
        soci::use(made_at), soci::use(ends_at), soci::use(kiosk), soci::use(document);
  });
}

Result<std::vector<Enrolment>> SqlKioskStore::select_enrolments(const std::string& where,
                                                                const std::string& value,
                                                                long long number) {
  return sql_guard("enrolments", [&]() -> Result<std::vector<Enrolment>> {
    std::string id, code, state, kiosk, document;
    long long made_at = 0, ends_at = 0;
    soci::statement statement =
        (session_.prepare << "select id, code, state, made_at, ends_at, kiosk, document from "
                             "kiosk_enrolments where " +
                                 where,
         soci::use(value), soci::use(number), soci::into(id), soci::into(code),
         soci::into(state), soci::into(made_at), soci::into(ends_at), soci::into(kiosk),
         soci::into(document));
    statement.execute();
    std::vector<Enrolment> all;
    while (statement.fetch()) {
      Enrolment enrolment;
      enrolment.id = id;
      enrolment.code = code;
      enrolment.made_at = instant_of(made_at);
      enrolment.ends_at = instant_of(ends_at);
      if (!kiosk.empty()) enrolment.kiosk = KioskId(kiosk);
      const auto known = state_of(state);
      if (!known) return damaged_row("enrolment " + id, "is in no known state");
      enrolment.state = *known;
      if (Status read = read_enrolment(document, enrolment); !read) return read.error();
      all.push_back(std::move(enrolment));
    }
    return all;
  });
}

Result<std::optional<Enrolment>> SqlKioskStore::find_enrolment(const std::string& id) {
  return first_of(select_enrolments("id = :id limit :one", id, 1));
}

Result<std::vector<Enrolment>> SqlKioskStore::enrolments(Instant ends_after) {
  return select_enrolments("'all' = :all and ends_at > :after order by made_at, id", "all",
                           to_column(ends_after));
}

Status SqlKioskStore::remove_enrolments_before(Instant ended) {
  return sql_guard("enrolments", [&] {
    const long long before = to_column(ended);
    session_ << "delete from kiosk_enrolments where ends_at < :before", soci::use(before);
  });
}

Status SqlKioskStore::keep(const StickGrant& stick) {
  if (Status checked = check_texts("stick", {{"name", stick.name}}); !checked) return checked;
  return sql_guard("stick", [&] {
    const std::string token = stick.token.hex();
    const std::string site = stick.site ? stick.site->text() : std::string();
    const std::string used_by = stick.used_by ? stick.used_by->text() : std::string();
    const long long ends_at = to_column(stick.ends_at);
    session_ << "insert into kiosk_sticks (token, name, kiosk_group, site, ends_at, used_by) "
                "values (:token, :name, :group, :site, :ends_at, :used_by) on conflict (token) "
                "do update set used_by = excluded.used_by",
        soci::use(token), soci::use(stick.name), soci::use(stick.group.text()), soci::use(site),
        soci::use(ends_at), soci::use(used_by);
  });
}

Result<std::optional<StickGrant>> SqlKioskStore::find_stick(const Sha256Digest& token) {
  return sql_guard("stick", [&]() -> Result<std::optional<StickGrant>> {
    const std::string digest = token.hex();
    std::string name, group, site, used_by;
    long long ends_at = 0;
    session_ << "select name, kiosk_group, site, ends_at, used_by from kiosk_sticks "
                "where token = :token",
        soci::use(digest), soci::into(name), soci::into(group), soci::into(site),
        soci::into(ends_at), soci::into(used_by);
    if (!session_.got_data()) return std::optional<StickGrant>();
    StickGrant stick{token, name, GroupId(group), {}, instant_of(ends_at), {}};
    if (!site.empty()) stick.site = SiteId(site);
    if (!used_by.empty()) stick.used_by = KioskId(used_by);
    return std::optional<StickGrant>(std::move(stick));
  });
}

}  // namespace conglang::server
