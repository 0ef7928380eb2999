#include "content-server/api/access_bodies.h"

#include <utility>

namespace conglang::server {

AccessDesk desk_of(const Stores& stores, const std::string& actor, Instant now) {
  return {stores.people, stores.sessions, stores.units, stores.office,
          stores.audit,  actor,           now};
}

Visitor visitor_of(const Request& request) {
  return {request.peer, std::string(request.header("user-agent"))};
}

Secret read_login_key(ObjectReader& reader, const char* name) {
  auto key = parse_login_key(reader.word(name));
  if (key.ok()) return std::move(*key);
  reader.fault(name, "must be 64 hexadecimal digits in lower case");
  return {};
}

std::optional<LockedKey> read_optional_locked_key(const JsonValue& body, ObjectReader& reader) {
  if (!reader.optional_object("locked_key")) return std::nullopt;
  const auto key = read_locked_key(*body.find("locked_key"));
  if (key.ok()) return *key;
  reader.fault("locked_key", key.error().message);
  return std::nullopt;
}

ClientPassword read_client_password(const JsonValue& body, ObjectReader& reader) {
  ClientPassword password;
  const auto salt = parse_password_salt(reader.word("salt"));
  if (salt.ok()) {
    password.salt = *salt;
  } else {
    reader.fault("salt", "must be 32 hexadecimal digits in lower case");
  }
  password.login_key = read_login_key(reader, "login_key");
  password.locked = read_optional_locked_key(body, reader);
  return password;
}

Rights read_rights(ObjectReader& reader) {
  Rights rights;
  auto object = reader.object("rights");
  if (!object) return rights;
  rights.author = object->optional_flag("author");
  rights.approver = object->optional_flag("approver");
  rights.administrator = object->optional_flag("administrator");
  rights.may_take_down = object->optional_flag("may_take_down");
  rights.read_only = object->optional_flag("read_only");
  object->finish();
  return rights;
}

JsonValue write_person(const Person& person) {
  const Rights& rights = person.rights;
  JsonObject object{{"id", person.id.text()},
                    {"account", person.account},
                    {"name", person.name},
                    {"rights", JsonObject{{"author", rights.author},
                                          {"approver", rights.approver},
                                          {"administrator", rights.administrator},
                                          {"may_take_down", rights.may_take_down},
                                          {"read_only", rights.read_only}}},
                    {"state", std::string(to_string(person.state))},
                    {"made_at", format_instant(person.made_at)}};
  if (person.ends_at) object.emplace_back("ends_at", format_instant(*person.ends_at));
  return object;
}

JsonValue write_session(const Session& session, const std::string& own_session) {
  return JsonObject{{"id", session.id},
                    {"made_at", format_instant(session.made_at)},
                    {"seen_at", format_instant(session.seen_at)},
                    {"address", session.address},
                    {"client", session.client},
                    {"is_this_one", session.id == own_session}};
}

JsonValue write_texts(const LocalizedText& text) {
  JsonObject object{{"vi", text.vi}};
  for (const auto& [language, words] : text.others) object.emplace_back(language, words);
  return object;
}

JsonValue write_invitation(const NewInvitation& invitation) {
  return JsonObject{{"person", write_person(invitation.person)},
                    {"token", invitation.token},
                    {"ends_at", format_instant(invitation.ends_at)}};
}

Status write_as(const ApiParts& parts, const Caller& caller,
                const std::function<Status(const AccessDesk&)>& work) {
  return parts.transactions.write(Durability::power_cut, [&](const Stores& stores) {
    return work(desk_of(stores, caller.actor(), caller.now));
  });
}

}  // namespace conglang::server
