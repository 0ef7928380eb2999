#include "content-server/api/invitation_routes.h"

#include <utility>

#include "content-server/api/access_bodies.h"
#include "content-server/api/answers.h"

namespace conglang::server {
namespace {

struct AcceptBody {
  std::string token, account, name;
  ClientPassword password;
};

Result<InvitationView> look(const ApiParts& parts, const std::string& token) {
  std::optional<InvitationView> view;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    auto found = look_at_invitation(desk_of(stores, "server", parts.clock.now()), token);
    if (!found.ok()) return found.error();
    view = std::move(*found);
    return {};
  });
  if (!read.ok()) return read.error();
  return std::move(*view);
}

Response answer_look(const ApiParts& parts, const Request& request) {
  std::string token;
  auto refused = read_body(request, token, [](ObjectReader& reader, const JsonValue&) {
    return reader.word("token");
  });
  if (refused) return *refused;
  const auto view = look(parts, token);
  if (!view.ok()) return refuse(view.error());
  return answer(JsonObject{{"person", write_person(view->person)},
                           {"needs_key", view->needs_key},
                           {"ends_at", format_instant(view->ends_at)}});
}

Response answer_accept(const ApiParts& parts, const Request& request) {
  AcceptBody body;
  auto refused = read_body(request, body, [](ObjectReader& reader, const JsonValue& json) {
    AcceptBody read;
    read.token = reader.word("token");
    read.account = reader.word("account");
    read.name = reader.text("name", kMostNameCharacters);
    read.password = read_client_password(json, reader);
    return read;
  });
  if (refused) return *refused;
  // Looked at before, so that nobody without an invitation makes the server hash.
  const auto view = look(parts, body.token);
  if (!view.ok()) return refuse(view.error());
  auto hash = parts.hasher.hash(body.password.login_key);
  if (!hash.ok()) return refuse(hash.error());
  const AcceptedInvitation accepted{
      body.account, body.name, {body.password.salt, std::move(*hash)}, body.password.locked};
  std::optional<Person> joined;
  const Status kept =
      parts.transactions.write(Durability::power_cut, [&](const Stores& stores) -> Status {
        auto person = accept_invitation(desk_of(stores, "server", parts.clock.now()),
                                        body.token, accepted);
        if (!person.ok()) return person.error();
        joined = std::move(*person);
        return {};
      });
  return kept.ok() ? answer(write_person(*joined)) : refuse(kept.error());
}

}  // namespace

void add_invitation_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule body = BodyRule::memory(kMostAccessBody);
  add_open_route(routes, parts,
                 {Method::post,
                  "/api/invitations/look",
                  body,
                  [&parts](const Request& request) { return answer_look(parts, request); },
                  {}});
  add_open_route(routes, parts,
                 {Method::post,
                  "/api/invitations/accept",
                  body,
                  [&parts](const Request& request) { return answer_accept(parts, request); },
                  {}});
}

}  // namespace conglang::server
