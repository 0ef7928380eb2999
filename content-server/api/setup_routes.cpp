#include "content-server/api/setup_routes.h"

#include <utility>

#include "content-server/api/access_bodies.h"
#include "content-server/api/answers.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMostSetupBody = 256 << 10;
constexpr std::int64_t kMostOfficeName = 200;
constexpr std::int64_t kMostTimezone = 64;

struct SetupBody {
  SetupAnswers answers;  // its login_hash is still empty
  Secret login_key;
};

struct OfficeBody {
  LocalizedText name;
  std::string timezone;
};

JsonValue write_office(const Office& office) {
  return JsonObject{{"name", write_texts(office.name)},
                    {"second_person_approves", office.second_person_approves},
                    {"timezone", office.timezone},
                    {"root", office.root.hex()},
                    {"set_up_at", format_instant(office.set_up_at)}};
}

Result<std::optional<Office>> find_office(const ApiParts& parts) {
  std::optional<Office> office;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    auto found = stores.office.find();
    if (!found.ok()) return found.error();
    office = std::move(*found);
    return {};
  });
  if (!read.ok()) return read.error();
  return office;
}

Response answer_state(const ApiParts& parts) {
  const auto office = find_office(parts);
  if (!office.ok()) return refuse(office.error());
  if (*office) return answer(JsonObject{{"needed", false}});
  const auto keys = parts.initial_trust.online_keys();
  if (!keys.ok()) return refuse(keys.error());
  return answer(JsonObject{{"needed", true}, {"online_keys", *keys}});
}

void read_first_person(ObjectReader& reader, const JsonValue& body, SetupBody& setup) {
  auto object = reader.object("person");
  const JsonValue* json = body.find("person");
  if (!object || json == nullptr) return;
  AcceptedInvitation& person = setup.answers.person;
  person.account = object->word("account");
  person.name = object->text("name", kMostNameCharacters);
  ClientPassword password = read_client_password(*json, *object);
  person.credentials.salt = password.salt;
  person.locked = password.locked;
  setup.login_key = std::move(password.login_key);
  object->finish();
}

SetupBody read_setup(ObjectReader& reader, const JsonValue& body) {
  SetupBody setup;
  setup.answers.code = reader.word("code");
  setup.answers.root = reader.word("root");
  if (auto office = reader.object("office")) {
    setup.answers.office_name = office->localized("name", kMostOfficeName);
    if (!office->has("second_person_approves")) {
      office->fault("second_person_approves", "is missing: it must be answered");
    }
    setup.answers.second_person_approves = office->optional_flag("second_person_approves");
    if (office->has("timezone")) {
      setup.answers.timezone = office->text("timezone", kMostTimezone);
    }
    office->finish();
  }
  read_first_person(reader, body, setup);
  return setup;
}

// A wrong code is counted, whatever else is wrong with the request.
std::optional<Response> refuse_wrong_code(const ApiParts& parts, const std::string& code) {
  SetupCodeCheck check = SetupCodeCheck::wrong;
  const Status written =
      parts.transactions.write(Durability::crash, [&](const Stores& stores) -> Status {
        const auto checked =
            check_setup_code(desk_of(stores, "server", parts.clock.now()), code);
        if (!checked.ok()) return checked.error();
        check = *checked;
        return {};
      });
  if (!written.ok()) return refuse(written.error());
  if (check == SetupCodeCheck::right) return std::nullopt;
  if (check == SetupCodeCheck::wrong) return refuse(403, "setup-code", "code: is wrong");
  return refuse(403, "setup-code-worn-out",
                "code: is too old or was tried too often; start the server anew");
}

Response answer_setup(const ApiParts& parts, const Request& request) {
  SetupBody body;
  if (auto refused = read_body(request, body, read_setup)) return *refused;
  if (auto refused = refuse_wrong_code(parts, body.answers.code)) return *refused;
  auto hash = parts.hasher.hash(body.login_key);
  if (!hash.ok()) return refuse(hash.error());
  body.answers.person.credentials.login_hash = std::move(*hash);
  std::optional<Person> first;
  const Status kept =
      parts.transactions.write(Durability::power_cut, [&](const Stores& stores) -> Status {
        auto person = set_up_office(desk_of(stores, "server", parts.clock.now()), body.answers,
                                    parts.initial_trust);
        if (!person.ok()) return person.error();
        first = std::move(*person);
        return {};
      });
  return kept.ok() ? answer(write_person(*first), 201) : refuse(kept.error());
}

Response answer_office(const ApiParts& parts) {
  const auto office = find_office(parts);
  if (!office.ok()) return refuse(office.error());
  if (!*office) return refuse(404, "missing", "office: is not set up");
  return answer(write_office(**office));
}

Response answer_change(const ApiParts& parts, const Request& request, const Caller& caller) {
  OfficeBody body;
  auto refused = read_body(request, body, [](ObjectReader& reader, const JsonValue&) {
    return OfficeBody{reader.localized("name", kMostOfficeName),
                      reader.text("timezone", kMostTimezone)};
  });
  if (refused) return *refused;
  std::optional<Office> changed;
  const Status kept = write_as(parts, caller, [&](const AccessDesk& desk) -> Status {
    auto office = change_office(desk, body.name, body.timezone);
    if (!office.ok()) return office.error();
    changed = std::move(*office);
    return {};
  });
  return kept.ok() ? answer(write_office(*changed)) : refuse(kept.error());
}

}  // namespace

void add_setup_routes(Routes& routes, const ApiParts& parts) {
  add_open_route(routes, parts,
                 {Method::get,
                  "/api/setup",
                  BodyRule::none(),
                  [&parts](const Request&) { return answer_state(parts); },
                  {}});
  add_open_route(routes, parts,
                 {Method::post,
                  "/api/setup",
                  BodyRule::memory(kMostSetupBody),
                  [&parts](const Request& request) { return answer_setup(parts, request); },
                  {}});
  add_caller_route(routes, parts, {Method::get, "/api/office", BodyRule::none(), {}, {}},
                   Deed::view,
                   [&parts](const Request&, const Caller&) { return answer_office(parts); });
  add_caller_route(routes, parts,
                   {Method::put, "/api/office", BodyRule::memory(kMostAccessBody), {}, {}},
                   Deed::manage_office, [&parts](const Request& request, const Caller& caller) {
                     return answer_change(parts, request, caller);
                   });
}

}  // namespace conglang::server
