#include <soci/soci.h>

#include <map>
#include <utility>

#include "content-server/access/hex.h"
#include "content-server/storage/access_rows.h"
#include "content-server/storage/access_store.h"
#include "content-server/storage/sql_guard.h"
#include "playlists/base/object_reader.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMostNameCharacters = 200;

JsonValue write_name(const LocalizedText& name) {
  JsonObject object{{"vi", name.vi}};
  for (const auto& [language, words] : name.others) object.emplace_back(language, words);
  return object;
}

// What `read` makes of the document.
template <typename T, typename Read>
Result<T> read_document(const std::string& subject, const std::string& document, Read read) {
  const auto json = parse_json(document);
  if (!json.ok()) return damaged_row(subject, json.error().message);
  DocumentErrors errors;
  ObjectReader reader(*json, "", errors);
  T value = read(reader);
  reader.finish();
  if (errors.empty()) return value;
  return damaged_row(subject, errors.front().pointer + " " + errors.front().message);
}

Sha256Digest read_digest(ObjectReader& reader, const char* name) {
  const auto digest = parse_sha256(reader.word(name));
  if (!digest.ok()) reader.fault(name, "is no SHA-256");
  return digest.ok() ? *digest : Sha256Digest{};
}

Instant read_instant(ObjectReader& reader, const char* name) {
  return instant_of(reader.integer(name, {0, INT64_MAX}));
}

Office read_office(ObjectReader& reader) {
  Office office;
  office.name = reader.localized("name", kMostNameCharacters);
  office.second_person_approves = reader.optional_flag("second_person_approves");
  office.timezone = reader.word("timezone");
  office.root = read_digest(reader, "root");
  office.set_up_at = read_instant(reader, "set_up_at");
  return office;
}

SetupCode read_setup_code(ObjectReader& reader) {
  SetupCode code;
  code.code = read_digest(reader, "code");
  code.ends_at = read_instant(reader, "ends_at");
  code.wrong_tries = static_cast<int>(reader.integer("wrong_tries", {0, 1000}));
  return code;
}

// The unit of one row, without who is responsible.
Result<Unit> unit_of(const std::string& id, const std::string& name, int is_closed) {
  auto read = read_document<LocalizedText>("unit " + id, name, [](ObjectReader& reader) {
    return reader.localized("name", kMostNameCharacters);
  });
  if (!read.ok()) return read.error();
  return Unit{UnitId(id), std::move(*read), is_closed == 1, {}};
}

std::map<std::string, std::vector<Responsibility>> all_responsible(soci::session& session) {
  std::string unit, person, deputy;
  long long starts_at = 0, ends_at = 0;
  soci::statement statement =
      (session.prepare << "select unit, person, deputy, starts_at, ends_at from "
                          "access_responsible order by unit, starts_at",
       soci::into(unit), soci::into(person), soci::into(deputy), soci::into(starts_at),
       soci::into(ends_at));
  statement.execute();
  std::map<std::string, std::vector<Responsibility>> found;
  while (statement.fetch()) {
    Responsibility one{PersonId(person), std::nullopt, instant_of(starts_at),
                       optional_instant_of(ends_at)};
    if (!deputy.empty()) one.deputy = PersonId(deputy);
    found[unit].push_back(std::move(one));
  }
  return found;
}

void keep_responsible(soci::session& session, const UnitId& unit, const Responsibility& one) {
  const std::string deputy = one.deputy ? one.deputy->text() : std::string();
  const long long starts_at = to_column(one.starts_at), ends_at = to_column(one.ends_at);
  session << "insert into access_responsible (unit, starts_at, ends_at, person, deputy) values "
             "(:unit, :starts_at, :ends_at, :person, :deputy)",
      soci::use(unit.text()), soci::use(starts_at), soci::use(ends_at),
      soci::use(one.person.text()), soci::use(deputy);
}

}  // namespace

Status SqlUnitStore::keep(const Unit& unit) {
  const std::string name = write_json(JsonObject{{"name", write_name(unit.name)}});
  Status checked = check_texts("unit " + unit.id.text(), {{"name", name}});
  if (!checked.ok()) return checked;
  return sql_guard("unit " + unit.id.text(), [&] {
    const int is_closed = unit.is_closed ? 1 : 0;
    session_ << "insert into access_units (id, name, is_closed) values (:id, :name, :closed) "
                "on conflict (id) do update set name = excluded.name, "
                "is_closed = excluded.is_closed",
        soci::use(unit.id.text()), soci::use(name), soci::use(is_closed);
    session_ << "delete from access_responsible where unit = :unit", soci::use(unit.id.text());
    for (const Responsibility& one : unit.responsible) {
      keep_responsible(session_, unit.id, one);
    }
  });
}

Result<std::optional<Unit>> SqlUnitStore::find(const UnitId& id) {
  auto units = all();
  if (!units.ok()) return units.error();
  for (Unit& unit : *units) {
    if (unit.id == id) return std::optional(std::move(unit));
  }
  return std::optional<Unit>();
}

Result<std::vector<Unit>> SqlUnitStore::all() {
  return sql_guard("units", [&]() -> Result<std::vector<Unit>> {
    auto responsible = all_responsible(session_);
    std::string id, name;
    int is_closed = 0;
    soci::statement statement =
        (session_.prepare << "select id, name, is_closed from access_units order by id",
         soci::into(id), soci::into(name), soci::into(is_closed));
    statement.execute();
    std::vector<Unit> units;
    while (statement.fetch()) {
      auto unit = unit_of(id, name, is_closed);
      if (!unit.ok()) return unit.error();
      unit->responsible = std::move(responsible[id]);
      units.push_back(std::move(*unit));
    }
    return units;
  });
}

Status SqlOfficeStore::keep_document(const std::string& word, const std::string& document) {
  Status checked = checked_text("office: " + word, document);
  if (!checked.ok()) return checked;
  return sql_guard("office: " + word, [&] {
    session_ << "insert into access_office (word, document) values (:word, :document) on "
                "conflict (word) do update set document = excluded.document",
        soci::use(word), soci::use(document);
  });
}

Result<std::optional<std::string>> SqlOfficeStore::find_document(const std::string& word) {
  return sql_guard("office: " + word, [&] {
    std::string document;
    session_ << "select document from access_office where word = :word", soci::use(word),
        soci::into(document);
    if (!session_.got_data()) return std::optional<std::string>();
    return std::optional(document);
  });
}

Status SqlOfficeStore::keep(const Office& office) {
  const JsonObject document{{"name", write_name(office.name)},
                            {"second_person_approves", office.second_person_approves},
                            {"timezone", office.timezone},
                            {"root", office.root.hex()},
                            {"set_up_at", std::int64_t{to_column(office.set_up_at)}}};
  return keep_document("office", write_json(document));
}

Result<std::optional<Office>> SqlOfficeStore::find() {
  const auto document = find_document("office");
  if (!document.ok()) return document.error();
  if (!*document) return std::optional<Office>();
  auto office = read_document<Office>("office", **document, read_office);
  if (!office.ok()) return office.error();
  return std::optional(std::move(*office));
}

Status SqlOfficeStore::keep_setup_code(const SetupCode& code) {
  const JsonObject document{{"code", code.code.hex()},
                            {"ends_at", std::int64_t{to_column(code.ends_at)}},
                            {"wrong_tries", code.wrong_tries}};
  return keep_document("setup-code", write_json(document));
}

Result<std::optional<SetupCode>> SqlOfficeStore::find_setup_code() {
  const auto document = find_document("setup-code");
  if (!document.ok()) return document.error();
  if (!*document) return std::optional<SetupCode>();
  auto code = read_document<SetupCode>("set-up code", **document, read_setup_code);
  if (!code.ok()) return code.error();
  return std::optional(*code);
}

Status SqlOfficeStore::remove_setup_code() {
  return sql_guard("set-up code", [&] {
    const std::string word = "setup-code";
    session_ << "delete from access_office where word = :word", soci::use(word);
  });
}

Status SqlOfficeStore::keep_salt_secret(const Secret& secret) {
  return keep_document("salt-secret", to_hex(secret));
}

Result<std::optional<Secret>> SqlOfficeStore::find_salt_secret() {
  const auto document = find_document("salt-secret");
  if (!document.ok()) return document.error();
  if (!*document) return std::optional<Secret>();
  auto secret = from_hex(**document);
  if (!secret.ok() || secret->size() != 32) {
    return damaged_row("salt secret", "must have 32 bytes");
  }
  return std::optional(std::move(*secret));
}

}  // namespace conglang::server
