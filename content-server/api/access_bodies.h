// How people, units and keys look in the JSON of the API: shared by the routes of access.
#pragma once

#include <optional>
#include <string>

#include "content-server/access/access_desk.h"
#include "content-server/access/people.h"
#include "content-server/access/sign_in.h"
#include "content-server/api/answers.h"
#include "content-server/api/caller.h"
#include "content-server/transactions/transactions.h"
#include "playlists/base/object_reader.h"

namespace conglang::server {

inline constexpr std::int64_t kMostAccessBody = 64 << 10;

AccessDesk desk_of(const Stores& stores, const std::string& actor, Instant now);

Visitor visitor_of(const Request& request);

// What the client derived from a password: {"salt","login_key"}, and "locked_key" when it
// has an approver key.
struct ClientPassword {
  PasswordSalt salt{};
  Secret login_key;
  std::optional<LockedKey> locked;
};
ClientPassword read_client_password(const JsonValue& body, ObjectReader& reader);

Secret read_login_key(ObjectReader& reader, const char* name);
std::optional<LockedKey> read_optional_locked_key(const JsonValue& body, ObjectReader& reader);
Rights read_rights(ObjectReader& reader);

// Reads the body with `read(reader, body)`; an answer when that is not possible.
template <typename T, typename Read>
std::optional<Response> read_body(const Request& request, T& value, Read read) {
  const auto body = json_body(request);
  if (!body.ok()) return refuse(body.error());
  DocumentErrors errors;
  ObjectReader reader(*body, "", errors);
  value = read(reader, *body);
  reader.finish();
  if (errors.empty()) return std::nullopt;
  return refuse(errors);
}

JsonValue write_person(const Person& person);
JsonValue write_session(const Session& session, const std::string& own_session);
JsonValue write_texts(const LocalizedText& text);
JsonValue write_invitation(const NewInvitation& invitation);

// Runs `work` in one transaction as the caller, kept over a power cut.
Status write_as(const ApiParts& parts, const Caller& caller,
                const std::function<Status(const AccessDesk&)>& work);

}  // namespace conglang::server
