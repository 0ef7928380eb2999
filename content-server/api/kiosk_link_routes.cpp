#include "content-server/api/kiosk_link_routes.h"

#include <utility>

#include "content-server/api/answers.h"
#include "content-server/api/kiosk_caller.h"
#include "content-server/api/kiosk_office.h"
#include "content-server/api/kiosk_pictures.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMostBody = 64 << 10;
constexpr std::int64_t kMostRecords = 2 << 20;
constexpr std::int64_t kMostPicture = 8 << 20;

// The body read by one of the wire's readers.
template <typename Value>
Result<Value> wire_body(const Request& request, Result<Value> (*read)(const JsonValue&)) {
  const auto json = json_body(request);
  if (!json) return json.error();
  return read(*json);
}

// What `work` gives, in one transaction as `actor`; the answer of the value or of the error.
template <typename Value>
Response in_transaction(const ApiParts& parts, Durability durability, const std::string& actor,
                        const std::function<Result<Value>(const KioskDesk&)>& work) {
  std::optional<Value> value;
  const Status written =
      parts.transactions.write(durability, [&](const Stores& stores) -> Status {
        auto given = work(kiosk_desk_of(stores, actor, parts.clock.now()));
        if (!given) return given.error();
        value = std::move(*given);
        return {};
      });
  return written ? answer(write(*value)) : refuse_kiosk(written.error());
}

std::string actor_of(const Kiosk& kiosk) { return "kiosk:" + kiosk.id.text(); }

Response begin(const ApiParts& parts, const Request& request) {
  const auto body = wire_body(request, read_enrolment_request);
  if (!body) return refuse(body.error());
  const auto office = parts.kiosk_office.link();
  if (!office) return refuse(office.error());
  return in_transaction<EnrolmentOffer>(
      parts, Durability::crash, "server", [&](const KioskDesk& desk) {
        return begin_enrolment(desk, *body, request.peer, *office);
      });
}

Response reveal(const ApiParts& parts, const Request& request) {
  const auto body = wire_body(request, read_enrolment_reveal);
  if (!body) return refuse(body.error());
  const auto office = parts.kiosk_office.link();
  if (!office) return refuse(office.error());
  const std::string id = request.path_values.at("enrolment");
  std::optional<Result<EnrolmentAnchors>> told;
  const Status written =
      parts.transactions.write(Durability::crash, [&](const Stores& stores) -> Status {
        told = reveal_enrolment(kiosk_desk_of(stores, "server", parts.clock.now()), id, *body,
                                *office);
        if (told->ok() || told->error().code == "commitment") return {};
        return told->error();
      });
  if (!written) return refuse_kiosk(written.error());
  return told->ok() ? answer(write(**told)) : refuse_kiosk(told->error());
}

Response poll(const ApiParts& parts, const Request& request) {
  const auto body = wire_body(request, read_enrolment_poll);
  if (!body) return refuse(body.error());
  const std::string id = request.path_values.at("enrolment");
  return in_transaction<EnrolmentProgress>(
      parts, Durability::power_cut, "server",
      [&](const KioskDesk& desk) { return poll_enrolment(desk, id, *body); });
}

Response by_stick(const ApiParts& parts, const Request& request) {
  const auto body = wire_body(request, read_stick_enrolment);
  if (!body) return refuse(body.error());
  return in_transaction<KioskGrant>(
      parts, Durability::power_cut, "server",
      [&](const KioskDesk& desk) { return enrol_by_stick(desk, *body); });
}

Response heartbeat(const ApiParts& parts, const Request& request, const Kiosk& kiosk) {
  const auto body = wire_body(request, read_heartbeat);
  if (!body) return refuse(body.error());
  const auto published = parts.kiosk_office.published(kiosk.group);
  if (!published) return refuse(published.error());
  return in_transaction<HeartbeatAnswer>(
      parts, Durability::crash, actor_of(kiosk), [&](const KioskDesk& desk) {
        return hear_heartbeat(desk, kiosk, *body, *published, request.peer);
      });
}

Response records(const ApiParts& parts, const Request& request, const Kiosk& kiosk) {
  const auto body = wire_body(request, read_signed_batch);
  if (!body) return refuse(body.error());
  return in_transaction<RecordAnswer>(
      parts, Durability::power_cut, actor_of(kiosk),
      [&](const KioskDesk& desk) { return hear_records(desk, kiosk, *body); });
}

Response token(const ApiParts& parts, const Request& request) {
  const auto body = wire_body(request, read_token_request);
  if (!body) return refuse(body.error());
  return in_transaction<NewToken>(
      parts, Durability::power_cut, "kiosk:" + body->kiosk.text(),
      [&](const KioskDesk& desk) { return renew_token(desk, *body); });
}

Response time(const ApiParts& parts, const Request& request) {
  const auto body = wire_body(request, read_time_question);
  if (!body) return refuse(body.error());
  const auto signed_time = parts.kiosk_office.sign_time(*body, parts.clock.now());
  return signed_time ? answer(write(*signed_time)) : refuse(signed_time.error());
}

Response events(const Kiosk& kiosk) {
  Response response;
  response.body =
      EventStreamBody{{"kiosk:" + kiosk.id.text(), "group:" + kiosk.group.text(), "kiosks"}};
  return response;
}

Response picture(const ApiParts& parts, const Request& request, const Kiosk& kiosk) {
  const std::string id = request.path_values.at("command");
  const Status asked = parts.transactions.read([&](const Stores& stores) -> Status {
    const auto command = stores.kiosks.find_command(id);
    if (!command) return command.error();
    if (*command && (*command)->kiosk == kiosk.id &&
        (*command)->command.kind == CommandKind::screenshot) {
      return {};
    }
    return Error{ErrorKind::missing, "command " + id + ": asked for no picture"};
  });
  if (!asked) return refuse(asked.error());
  const Status kept = keep_picture(parts.data / "pictures", kiosk.id, id, request.body);
  return kept ? answer_nothing() : refuse(kept.error());
}

}  // namespace

void add_kiosk_link_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule small = BodyRule::memory(kMostBody);
  const auto open = [&](const char* pattern,
                        Response (*handle)(const ApiParts&, const Request&)) {
    routes.add({Method::post,
                pattern,
                small,
                [&parts, handle](const Request& request) {
                  Response response = handle(parts, request);
                  if (!response.fault.empty()) parts.log(request.path + ": " + response.fault);
                  return response;
                },
                {}});
  };
  open("/kiosk/enrolments", begin);
  open("/kiosk/enrolments/stick", by_stick);
  open("/kiosk/enrolments/{enrolment}/reveal", reveal);
  open("/kiosk/enrolments/{enrolment}/poll", poll);
  open("/kiosk/token", token);
  open("/kiosk/time", time);
  const auto known = [&parts](Response (*handle)(const ApiParts&, const Request&,
                                                 const Kiosk&)) -> KioskHandler {
    return [&parts, handle](const Request& request, const Kiosk& kiosk) {
      return handle(parts, request, kiosk);
    };
  };
  add_kiosk_route(routes, parts, {Method::post, "/kiosk/heartbeat", small, {}, {}},
                  known(heartbeat));
  add_kiosk_route(routes, parts,
                  {Method::post, "/kiosk/records", BodyRule::memory(kMostRecords), {}, {}},
                  known(records));
  add_kiosk_route(routes, parts, {Method::get, "/kiosk/events", BodyRule::none(), {}, {}},
                  [](const Request&, const Kiosk& kiosk) { return events(kiosk); });
  add_kiosk_route(
      routes, parts,
      {Method::put, "/kiosk/pictures/{command}", BodyRule::memory(kMostPicture), {}, {}},
      known(picture));
}

}  // namespace conglang::server
