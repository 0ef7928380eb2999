#include "content-server/access/units.h"

#include <algorithm>
#include <utility>

namespace conglang::server {
namespace {

constexpr std::chrono::hours kSoon{24 * 14};
constexpr std::size_t kMostResponsible = 200;  // one each month for 16 years

JsonValue unit_for_audit(const Unit& unit) {
  return JsonObject{{"name", unit.name.vi}, {"is_closed", unit.is_closed}};
}

JsonValue responsible_for_audit(const Responsibility& one) {
  JsonObject object{{"person", one.person.text()},
                    {"starts_at", format_instant(one.starts_at)}};
  if (one.deputy) object.emplace_back("deputy", one.deputy->text());
  if (one.ends_at) object.emplace_back("ends_at", format_instant(*one.ends_at));
  return object;
}

Result<Unit> find_unit(const AccessDesk& desk, const UnitId& id) {
  auto unit = desk.units.find(id);
  if (!unit.ok()) return unit.error();
  if (!*unit) return Error{ErrorKind::missing, "unit " + id.text() + ": is not there"};
  return std::move(**unit);
}

Status check_person_is_here(const AccessDesk& desk, const PersonId& id) {
  const auto person = find_person(desk, id);
  if (!person.ok()) return person.error();
  if (person->state != PersonState::closed) return {};
  return Error{ErrorKind::conflict, "person " + id.text() + ": is closed", "person-closed"};
}

Status check_term(const AccessDesk& desk, const Unit& unit, const Responsibility& next) {
  if (unit.is_closed) {
    return Error{ErrorKind::conflict, "unit " + unit.id.text() + ": is closed", "unit-closed"};
  }
  if (next.starts_at < desk.now) {
    return Error{ErrorKind::malformed, "starts_at: is past", "bad-start"};
  }
  if (next.ends_at && *next.ends_at <= next.starts_at) {
    return Error{ErrorKind::malformed, "ends_at: is not after starts_at", "bad-end"};
  }
  if (next.deputy == next.person) {
    return Error{ErrorKind::malformed, "deputy: is the same person"};
  }
  Status status = check_person_is_here(desk, next.person);
  if (status.ok() && next.deputy) status = check_person_is_here(desk, *next.deputy);
  return status;
}

bool has_account(const std::vector<Person>& people, const PersonId& id, Instant now) {
  return std::ranges::any_of(people, [&](const Person& person) {
    const bool has_ended = person.ends_at && *person.ends_at <= now;
    return person.id == id && person.state != PersonState::closed && !has_ended;
  });
}

}  // namespace

Result<Unit> add_unit(const AccessDesk& desk, const LocalizedText& name) {
  const auto units = desk.units.all();
  if (!units.ok()) return units.error();
  if (units->size() >= kMostUnits) {
    return Error{ErrorKind::too_large,
                 "units: there are " + std::to_string(kMostUnits) + " already"};
  }
  const Unit unit{UnitId(new_id(desk.now)), name, false, {}};
  Status status = desk.units.keep(unit);
  if (status.ok()) {
    status = desk.note("unit.added", "unit:" + unit.id.text(), {}, unit_for_audit(unit));
  }
  if (!status.ok()) return status.error();
  return unit;
}

Result<Unit> change_unit(const AccessDesk& desk, const UnitId& id, const LocalizedText& name,
                         bool is_closed) {
  const auto before = find_unit(desk, id);
  if (!before.ok()) return before.error();
  Unit unit = *before;
  unit.name = name;
  unit.is_closed = is_closed;
  Status status = desk.units.keep(unit);
  if (status.ok()) {
    status = desk.note("unit.changed", "unit:" + id.text(), unit_for_audit(*before),
                       unit_for_audit(unit));
  }
  if (!status.ok()) return status.error();
  return unit;
}

Result<Unit> hand_over(const AccessDesk& desk, const UnitId& id, const Responsibility& next) {
  auto unit = find_unit(desk, id);
  if (!unit.ok()) return unit.error();
  Status status = check_term(desk, *unit, next);
  if (!status.ok()) return status.error();
  const Responsibility* current = responsible_at(*unit, desk.now);
  const JsonValue before = current != nullptr ? responsible_for_audit(*current) : JsonValue();

  std::erase_if(unit->responsible,
                [&](const Responsibility& one) { return one.starts_at >= next.starts_at; });
  for (Responsibility& one : unit->responsible) {
    if (!one.ends_at || *one.ends_at > next.starts_at) one.ends_at = next.starts_at;
  }
  unit->responsible.push_back(next);
  if (unit->responsible.size() > kMostResponsible) {
    unit->responsible.erase(unit->responsible.begin());
  }
  status = desk.units.keep(*unit);
  if (status.ok()) {
    status =
        desk.note("unit.handed-over", "unit:" + id.text(), before, responsible_for_audit(next));
  }
  if (!status.ok()) return status.error();
  return unit;
}

const Responsibility* responsible_at(const Unit& unit, Instant now) {
  const auto found = std::ranges::find_if(unit.responsible, [&](const Responsibility& one) {
    return one.starts_at <= now && (!one.ends_at || now < *one.ends_at);
  });
  return found == unit.responsible.end() ? nullptr : &*found;
}

UnitWarning unit_warning(const Unit& unit, const std::vector<Person>& people, Instant now) {
  if (unit.is_closed) return UnitWarning::none;
  const Responsibility* current = responsible_at(unit, now);
  if (current == nullptr) return UnitWarning::nobody;
  if (!has_account(people, current->person, now)) return UnitWarning::person_closed;
  const Responsibility* soon = responsible_at(unit, now + kSoon);
  if (soon == nullptr || !has_account(people, soon->person, now + kSoon)) {
    return UnitWarning::ends_soon;
  }
  return UnitWarning::none;
}

std::string_view to_string(UnitWarning warning) {
  switch (warning) {
    case UnitWarning::none:
      return "none";
    case UnitWarning::nobody:
      return "nobody";
    case UnitWarning::person_closed:
      return "person-closed";
    case UnitWarning::ends_soon:
      return "ends-soon";
  }
  return "";
}

}  // namespace conglang::server
