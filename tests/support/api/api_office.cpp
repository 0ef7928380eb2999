#include "tests/support/api/api_office.h"

#include <utility>

#include "content-server/access/hex.h"
#include "content-server/access/locked_key.h"

namespace conglang::server {
namespace {

constexpr const char* kOrigin = "https://gate.local:8443";

AccessDesk server_desk(const Stores& stores, Instant now) {
  return {stores.people, stores.sessions, stores.units, stores.office,
          stores.audit,  "server",        now};
}

// "/api/people?most=3" as the HTTP room would take it apart; nothing here is encoded.
void take_apart(const std::string& target, Request& request) {
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark == std::string::npos) return;
  std::string rest = target.substr(mark + 1);
  while (!rest.empty()) {
    const std::string part = rest.substr(0, rest.find('&'));
    rest.erase(0, part.size() + 1);
    request.query.emplace(part.substr(0, part.find('=')), part.substr(part.find('=') + 1));
  }
}

std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [given, value] : response.headers) {
    if (given == name) return value;
  }
  return {};
}

PasswordSalt salt_of_account(const std::string& account) {
  PasswordSalt salt{};
  for (std::size_t i = 0; i < salt.size(); ++i) {
    salt[i] = static_cast<std::uint8_t>(account[i % account.size()]);
  }
  return salt;
}

}  // namespace

ApiOffice::ApiOffice()
    : repository(database.folder().path()),
      trust(repository),
      document(std::string(CONGLANG_SOURCE_DIR) + "/content-server/openapi.json") {
  parts.emplace(ApiParts{*database, clock, events, hasher, trust, link, repository,
                         database.folder().path(),
                         [] { return std::vector<std::string>{kOrigin}; },
                         [this](const std::string& line) { log.push_back(line); }});
  add_api_routes(routes, *parts);
  const Status begun = database->write(Durability::power_cut, [&](const Stores& stores) {
    auto code = begin_office(server_desk(stores, clock.now()));
    if (!code.ok()) return Status(code.error());
    setup_code = code->value_or("");
    return Status{};
  });
  if (!begun.ok()) ADD_FAILURE() << begun.error().message;
}

ApiAnswer ApiOffice::call(Method method, const std::string& target, const JsonValue& body) {
  Request request;
  request.method = method;
  take_apart(target, request);
  request.headers = {{"origin", kOrigin}, {"x-conglang", "1"}, {"user-agent", "tests"}};
  if (!cookie.empty()) request.cookies.emplace("__Host-conglang", cookie);
  request.peer = "192.168.1.30";
  request.is_secure = true;
  if (!body.is_null()) {
    request.body = write_json(body);
    request.headers.emplace("content-type", "application/json");
  }
  return send(std::move(request));
}

ApiAnswer ApiOffice::send(Request request) {
  std::vector<Method> allowed;
  const Routes::Match match = routes.find(request.method, request.path, allowed);
  if (match.route == nullptr) {
    ADD_FAILURE() << to_string(request.method) << " " << request.path << ": no route";
    return {};
  }
  request.path_values = match.path_values;
  ApiAnswer answer;
  std::optional<Response> before;
  if (match.route->before_body) before = match.route->before_body(request);
  answer.response = before ? std::move(*before) : match.route->handler(request);
  answer.status = answer.response.status;
  const std::string operation =
      std::string(to_string(request.method)) + " " + match.route->pattern;
  if (const auto* text = std::get_if<std::string>(&answer.response.body)) {
    if (answer.status < 300) {
      EXPECT_EQ(document.check_request(operation, request.body), "");
    }
    EXPECT_EQ(document.check_response(operation, answer.status,
                                      header_of(answer.response, "Content-Type"), *text),
              "");
    if (!text->empty()) answer.body = parse_json(*text).value();
  }
  if (!is_disk_ill) {
    EXPECT_EQ(answer.response.fault, "") << operation;
  }
  return answer;
}

std::string ApiOffice::login_key(const std::string& account) {
  return sha256("login " + account).hex();
}

JsonValue ApiOffice::credentials(const std::string& account, const SigningKey& key) const {
  const PasswordSalt salt = salt_of_account(account);
  const LockedKey locked = lock_key(key.seed(), Secret(std::string(32, 'u')), salt);
  return JsonObject{{"account", account},
                    {"name", "Người " + account},
                    {"salt", format_password_salt(salt)},
                    {"login_key", login_key(account)},
                    {"locked_key", write_locked_key(locked)}};
}

void ApiOffice::set_up(bool second_person_approves) {
  const JsonValue keys = *get("/api/setup").body.find("online_keys");
  const JsonValue body =
      root_body({1, clock.now() + std::chrono::hours{24 * 365 * 5}}, {{root_key.public_json()},
                                                                      approver.public_json(),
                                                                      *keys.find("snapshot"),
                                                                      *keys.find("timestamp")});
  const ApiAnswer done = post(
      "/api/setup",
      JsonObject{{"code", setup_code},
                 {"root", sign_metadata(body, {root_key})},
                 {"person", credentials("lan", approver)},
                 {"office", JsonObject{{"name", JsonObject{{"vi", "Xã Hòa Phong"}}},
                                       {"second_person_approves", second_person_approves}}}});
  ASSERT_EQ(done.status, 201) << write_json(done.body);
  ASSERT_EQ(sign_in("lan").status, 200);
}

ApiAnswer ApiOffice::sign_in(const std::string& account) {
  const ApiAnswer answer =
      post("/api/session", JsonObject{{"account", account}, {"login_key", login_key(account)}});
  const std::string set = header_of(answer.response, "Set-Cookie");
  if (answer.status == 200) {
    const std::size_t start = set.find('=') + 1;
    cookie = set.substr(start, set.find(';') - start);
  }
  return answer;
}

}  // namespace conglang::server
