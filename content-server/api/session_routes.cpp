#include "content-server/api/session_routes.h"

#include <utility>

#include "content-server/access/authenticate.h"
#include "content-server/access/password_change.h"
#include "content-server/api/access_bodies.h"
#include "content-server/api/answers.h"

namespace conglang::server {
namespace {

struct SignInBody {
  std::string account;
  Secret login_key;
};

struct PasswordBody {
  Secret old_login_key;
  ClientPassword password;
};

Response with_cookie(Response response, std::string cookie) {
  response.headers.emplace_back("Set-Cookie", std::move(cookie));
  return response;
}

Response throttled(std::chrono::seconds wait) {
  Response response = refuse(429, "throttled", "sign-in: too many tries; wait a while");
  response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return response;
}

Response wrong_password() {
  return refuse(401, "wrong-sign-in", "sign-in: account and password do not go together");
}

Response answer_salt(const ApiParts& parts, const Request& request) {
  const auto account = request.query.find("account");
  constexpr std::size_t kMostAccountBytes = 256;
  if (account == request.query.end() || account->second.size() > kMostAccountBytes) {
    return refuse(400, "malformed", "parameter account: is missing or too long");
  }
  PasswordSalt salt{};
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto found = salt_of(desk_of(stores, "server", parts.clock.now()), account->second);
    if (!found.ok()) return found.error();
    salt = *found;
    return {};
  });
  if (!read.ok()) return refuse(read.error());
  return answer(JsonObject{{"salt", format_password_salt(salt)}});
}

// Whether the key is the account's; an answer when it was not even asked.
struct KeyCheck {
  SignInChallenge challenge;
  bool matches = false;
  std::optional<Response> refused;
};

KeyCheck check_login_key(const ApiParts& parts, const Request& request,
                         const std::string& account, const Secret& login_key) {
  KeyCheck check;
  const Instant now = parts.clock.now();
  SignInStart start;
  const Status started =
      parts.transactions.write(Durability::crash, [&](const Stores& stores) -> Status {
        auto begun =
            start_sign_in(desk_of(stores, "server", now), account, visitor_of(request));
        if (!begun.ok()) return begun.error();
        start = std::move(*begun);
        return {};
      });
  if (!started.ok()) check.refused = refuse(started.error());
  if (start.wait) check.refused = throttled(*start.wait);
  if (check.refused) return check;
  check.challenge = std::move(start.challenge);
  const std::string& hash =
      check.challenge.person ? check.challenge.login_hash : parts.hasher.nobody();
  const auto matches = parts.hasher.matches(hash, login_key);
  if (!matches.ok()) check.refused = refuse(matches.error());
  check.matches = matches.ok() && *matches;
  return check;
}

// The outcome of a try that was judged, as a new session or nothing.
Status finish(const ApiParts& parts, const Request& request, const KeyCheck& check,
              std::optional<NewSession>& made) {
  return parts.transactions.write(Durability::power_cut, [&](const Stores& stores) -> Status {
    auto finished = finish_sign_in(desk_of(stores, "server", parts.clock.now()),
                                   check.challenge, check.matches, visitor_of(request));
    if (!finished.ok()) return finished.error();
    made = std::move(*finished);
    return {};
  });
}

Response answer_new_session(const NewSession& made) {
  return with_cookie(
      answer(JsonObject{{"person", write_person(made.person)}, {"session", made.session.id}}),
      session_cookie(made.token));
}

Response answer_sign_in(const ApiParts& parts, const Request& request) {
  SignInBody body;
  auto refused = read_body(request, body, [](ObjectReader& reader, const JsonValue&) {
    SignInBody read;
    read.account = reader.word("account");
    read.login_key = read_login_key(reader, "login_key");
    return read;
  });
  if (refused) return *refused;
  const KeyCheck check = check_login_key(parts, request, body.account, body.login_key);
  if (check.refused) return *check.refused;
  std::optional<NewSession> made;
  const Status finished = finish(parts, request, check, made);
  if (!finished.ok()) return refuse(finished.error());
  return made ? answer_new_session(*made) : wrong_password();
}

Response answer_me(const ApiParts& parts, const Caller& caller) {
  std::optional<ApproverKey> key;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    auto found =
        find_live_key(desk_of(stores, caller.actor(), caller.now), caller.who.person.id);
    if (!found.ok()) return found.error();
    key = std::move(*found);
    return {};
  });
  if (!read.ok()) return refuse(read.error());
  JsonObject me{{"person", write_person(caller.who.person)},
                {"session", caller.who.session.id}};
  if (key) {
    me.emplace_back("locked_key", write_locked_key(key->locked));
    me.emplace_back("key_state", std::string(to_string(key->state)));
  }
  return answer(me);
}

Response answer_sessions(const ApiParts& parts, const Caller& caller) {
  JsonArray list;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto sessions = stores.sessions.of(caller.who.person.id);
    if (!sessions.ok()) return sessions.error();
    for (const Session& session : *sessions) {
      if (!is_alive(session, caller.now)) continue;
      list.push_back(write_session(session, caller.who.session.id));
    }
    return {};
  });
  if (!read.ok()) return refuse(read.error());
  return answer(JsonObject{{"sessions", std::move(list)}});
}

Response answer_password(const ApiParts& parts, const Request& request, const Caller& caller) {
  PasswordBody body;
  auto refused = read_body(request, body, [](ObjectReader& reader, const JsonValue& json) {
    return PasswordBody{read_login_key(reader, "old_login_key"),
                        read_client_password(json, reader)};
  });
  if (refused) return *refused;
  const std::string& account = caller.who.person.account;
  const KeyCheck check = check_login_key(parts, request, account, body.old_login_key);
  if (check.refused) return *check.refused;
  if (!check.matches) {
    std::optional<NewSession> none;
    const Status noted = finish(parts, request, check, none);
    return noted.ok() ? wrong_password() : refuse(noted.error());
  }
  auto hash = parts.hasher.hash(body.password.login_key);
  if (!hash.ok()) return refuse(hash.error());
  const NewPassword password{{body.password.salt, std::move(*hash)}, body.password.locked};
  std::optional<NewSession> made;
  const Status changed = write_as(parts, caller, [&](const AccessDesk& desk) -> Status {
    Status status = forgive_try(desk, account, visitor_of(request));
    if (!status.ok()) return status;
    auto session = change_password(desk, caller.who, check.challenge.login_hash, password);
    if (!session.ok()) return session.error();
    made = std::move(*session);
    return {};
  });
  return changed.ok() ? answer_new_session(*made) : refuse(changed.error());
}

Response answer_key(const ApiParts& parts, const Request& request, const Caller& caller) {
  std::optional<LockedKey> key;
  auto refused = read_body(request, key, [](ObjectReader& reader, const JsonValue& json) {
    auto read = read_optional_locked_key(json, reader);
    if (!reader.has("locked_key")) reader.fault("locked_key", "is missing");
    return read;
  });
  if (refused) return *refused;
  const Status kept = write_as(
      parts, caller, [&](const AccessDesk& desk) { return offer_key(desk, caller.who, *key); });
  return kept.ok() ? answer_nothing() : refuse(kept.error());
}

using Ending = std::function<Status(const AccessDesk&, const Request&, const Caller&)>;

// A route that ends sessions and says nothing; `own_too` takes the cookie away.
void add_ending(Routes& routes, const ApiParts& parts, Method method, const char* pattern,
                std::pair<Ending, bool> ending) {
  add_caller_route(
      routes, parts, {method, pattern, BodyRule::none(), {}, {}}, Deed::view,
      [&parts, ending = std::move(ending)](const Request& request, const Caller& caller) {
        const auto& [end, own_too] = ending;
        const Status ended = write_as(parts, caller, [&, &work = end](const AccessDesk& desk) {
          return work(desk, request, caller);
        });
        if (!ended.ok()) return refuse(ended.error());
        return own_too ? with_cookie(answer_nothing(), ended_session_cookie())
                       : answer_nothing();
      });
}

void add_endings(Routes& routes, const ApiParts& parts) {
  add_ending(routes, parts, Method::delete_, "/api/session",
             {[](const AccessDesk& desk, const Request&, const Caller& caller) {
                return sign_out(desk, caller.who.session);
              },
              true});
  add_ending(routes, parts, Method::delete_, "/api/sessions",
             {[](const AccessDesk& desk, const Request&, const Caller& caller) {
                return end_other_sessions(desk, caller.who.person.id, "");
              },
              true});
  add_ending(routes, parts, Method::post, "/api/sessions/end-others",
             {[](const AccessDesk& desk, const Request&, const Caller& caller) {
                return end_other_sessions(desk, caller.who.person.id, caller.who.session.id);
              },
              false});
  add_ending(routes, parts, Method::delete_, "/api/sessions/{session}",
             {[](const AccessDesk& desk, const Request& request, const Caller& caller) {
                return end_session(desk, caller.who.person.id,
                                   request.path_values.at("session"));
              },
              false});
}

}  // namespace

void add_session_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule body = BodyRule::memory(kMostAccessBody);
  add_open_route(routes, parts,
                 {Method::get,
                  "/api/session/salt",
                  BodyRule::none(),
                  [&parts](const Request& request) { return answer_salt(parts, request); },
                  {}});
  add_open_route(routes, parts,
                 {Method::post,
                  "/api/session",
                  body,
                  [&parts](const Request& request) { return answer_sign_in(parts, request); },
                  {}});
  add_caller_route(
      routes, parts, {Method::get, "/api/session", BodyRule::none(), {}, {}}, Deed::view,
      [&parts](const Request&, const Caller& caller) { return answer_me(parts, caller); });
  add_caller_route(routes, parts, {Method::get, "/api/sessions", BodyRule::none(), {}, {}},
                   Deed::view, [&parts](const Request&, const Caller& caller) {
                     return answer_sessions(parts, caller);
                   });
  add_caller_route(routes, parts, {Method::put, "/api/session/password", body, {}, {}},
                   Deed::view, [&parts](const Request& request, const Caller& caller) {
                     return answer_password(parts, request, caller);
                   });
  add_caller_route(routes, parts, {Method::post, "/api/session/key", body, {}, {}}, Deed::view,
                   [&parts](const Request& request, const Caller& caller) {
                     return answer_key(parts, request, caller);
                   });
  add_endings(routes, parts);
}

}  // namespace conglang::server
