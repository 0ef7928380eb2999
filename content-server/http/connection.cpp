#include "content-server/http/connection.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "content-server/http/forwarded_peer.h"
#include "content-server/http/on_worker.h"
#include "content-server/http/request_target.h"
#include "content-server/http/response_head.h"

namespace conglang::server {
namespace {

constexpr std::size_t kFirstRead = 2048;  // chosen: one browser's header; small when idle

std::optional<Method> read_method(std::string_view word) {
  for (const Method method :
       {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::delete_}) {
    if (word == to_string(method)) return method;
  }
  return std::nullopt;
}

Response refusal_of(const Error& error) {
  if (error.code == "http-version") return plain_refusal(505, error.code, error.message);
  if (error.code == "unknown-coding") return plain_refusal(501, error.code, error.message);
  return plain_refusal(400, "malformed-request", error.message);
}

Response method_refusal(const std::vector<Method>& allowed) {
  Response refusal = plain_refusal(405, "method-not-allowed", "not by this method");
  std::string words;
  for (const Method method : allowed) {
    words.append(words.empty() ? "" : ", ").append(to_string(method));
    if (method == Method::get) words += ", HEAD";
  }
  refusal.headers.emplace_back("Allow", words);
  return refusal;
}

// A handler must not throw. Should one do so, the next request still gets its answer.
Response call(const Handler& handler, const Request& request, const HttpSurroundings& world) {
  std::string reason = "something that is no exception";
  try {
    return handler(request);
  } catch (const std::exception& fault) {
    reason = fault.what();
  } catch (...) {  // NOLINT(bugprone-empty-catch): said below
  }
  world.log("a handler threw at " + std::string(to_string(request.method)) + " " +
            request.path + ": " + reason);
  return plain_refusal(500, "server-fault", "the server made a mistake");
}

}  // namespace

net::awaitable<void> Connection::run() {
  if (is_draining()) co_return;
  if (!co_await stream_->shake_hands(now() + limits().handshake_time)) co_return;
  Next next = Next::request;
  while (next == Next::request) next = co_await exchange();
  if (next == Next::stream) {
    received_ = {};
    co_await send_events();
  }
  stream_->cut();
}

net::awaitable<Connection::Next> Connection::exchange() {
  Header header = co_await read_header();
  if (header.is_closed) co_return Next::close;
  auto incoming = std::make_unique<Incoming>();
  incoming->request.peer = address_;
  std::optional<Response> refusal = std::move(header.refusal);
  if (!refusal) refusal = understand(header.bytes, *incoming);
  if (!refusal) refusal = choose_route(*incoming);
  if (!refusal) refusal = check_body(*incoming);
  if (!refusal) refusal = co_await take_body(*incoming);
  Response response;
  if (refusal) {
    response = std::move(*refusal);
  } else {
    response = co_await answer(*incoming);
  }
  const bool keeps_alive =
      incoming->is_body_read && incoming->parser.keeps_alive() && !is_draining();
  ++place_.parts.answered;
  const bool is_sent = co_await send(incoming->request, std::move(response), keeps_alive);
  if (is_sent && !events_.topics.empty()) co_return Next::stream;
  if (is_sent && keeps_alive) co_return Next::request;
  if (is_sent) {
    co_await stream_->finish_writing(now() + limits().send.idle);
    if (!incoming->is_body_read) co_await let_upload_end();
  }
  co_return Next::close;
}

// Between two requests a connection may rest for long, and costs little memory then.
net::awaitable<bool> Connection::wait_for_first_byte() {
  received_.rest();
  is_idle_ = true;
  if (is_draining()) co_return false;
  const auto patience = is_first_ ? limits().header_time : limits().keep_alive;
  const std::size_t read =
      co_await stream_->read_some(received_.room(kFirstRead), now() + patience);
  is_idle_ = false;
  received_.add(read);
  co_return read > 0;
}

net::awaitable<Connection::Header> Connection::read_header() {
  Header header;
  if (received_.empty() && !co_await wait_for_first_byte()) {
    header.is_closed = true;
    co_return header;
  }
  is_first_ = false;
  is_idle_ = false;
  const MonotonicTime deadline = now() + limits().header_time;
  std::size_t seen = 0;
  while (true) {
    const std::string_view content = received_.content();
    const std::size_t from = seen > 3 ? seen - 3 : 0;
    const auto end = header_end(content.substr(from));
    if ((end ? from + *end : content.size()) > limits().header_bytes) {
      header.refusal = plain_refusal(431, "header-too-large", "the header is too large");
      co_return header;
    }
    if (end) {
      header.bytes = content.substr(0, from + *end);
      received_.take(header.bytes.size());
      co_return header;
    }
    seen = content.size();
    const std::size_t read = co_await stream_->read_some(received_.room(kFirstRead), deadline);
    received_.add(read);
    header.is_closed = read == 0;
    if (header.is_closed) co_return header;
  }
}

std::optional<Response> Connection::understand(const std::string& header,
                                               Incoming& incoming) const {
  const Status bytes = check_header_bytes(header);
  if (!bytes) return refusal_of(bytes.error());
  const Status head = incoming.parser.read_head(header);
  if (!head) return refusal_of(head.error());
  Result<HeaderFields> fields = read_header_fields(header, incoming.parser.is_http_1_1());
  if (!fields) return refusal_of(fields.error());
  Request& request = incoming.request;
  request.headers = std::move(fields->headers);
  incoming.framing = fields->framing;
  incoming.is_body_read = !incoming.framing.has_body();
  incoming.raw_target = incoming.parser.target();
  const std::optional<Method> method = read_method(incoming.parser.method());
  if (!method) return plain_refusal(501, "unknown-method", "the method is not known here");
  request.method = *method;
  Result<RequestTarget> target = parse_request_target(incoming.raw_target);
  if (!target) return refusal_of(target.error());
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  request.cookies = parse_cookies(request.header("cookie"));
  const ForwardedPeer peer = forwarded_peer(
      address_, {request.header("x-forwarded-for"), request.header("x-forwarded-proto")},
      place_.parts.settings.trusted_proxies);
  request.peer = peer.address;
  request.is_secure = stream_->is_secure() || peer.is_secure;
  return std::nullopt;
}

std::optional<Response> Connection::choose_route(Incoming& incoming) const {
  const Routes* const only = place_.listener.only_routes;
  const Routes& routes = only != nullptr ? *only : place_.parts.routes;
  Request& request = incoming.request;
  std::vector<Method> allowed;
  Routes::Match match = routes.find(request.method, request.path, allowed);
  if (match.route == nullptr && request.method == Method::head) {
    match = routes.find(Method::get, request.path, allowed);
  }
  if (match.route != nullptr) {
    incoming.route = match.route;
    request.path_values = std::move(match.path_values);
    return std::nullopt;
  }
  if (only != nullptr && !place_.listener.redirect_to.empty()) {
    Response away = plain_refusal(308, "use-tls", "this address is served over TLS");
    away.headers.emplace_back("Location", place_.listener.redirect_to + incoming.raw_target);
    return away;
  }
  if (!allowed.empty()) return method_refusal(allowed);
  return plain_refusal(404, "no-such-address", "nothing is at this address");
}

// What the header alone tells about the body.
std::optional<Response> Connection::check_body(const Incoming& incoming) const {
  const BodyRule& rule = incoming.route->body;
  const bool is_too_large = rule.kind == BodyRule::Kind::none
                                ? incoming.framing.has_body()
                                : incoming.framing.content_length > rule.most_bytes;
  if (is_too_large) return plain_refusal(413, "body-too-large", "the body is too large");
  std::string expected(incoming.request.header("expect"));
  std::transform(expected.begin(), expected.end(), expected.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (!expected.empty() && expected != "100-continue") {
    return plain_refusal(417, "unknown-expectation", "only 100-continue may be expected");
  }
  return std::nullopt;
}

net::awaitable<Response> Connection::answer(Incoming& incoming) {
  const Handler then_forget = [&incoming](const Request& request) {
    Response response = incoming.route->handler(request);
    incoming.body_file.reset();
    return response;
  };
  Response response = co_await ask(incoming, then_forget);
  co_return response;
}

net::awaitable<Response> Connection::ask(Incoming& incoming, const Handler& handler) {
  Response response;
  const auto admission =
      incoming.is_admitted ? WorkQueue::Admission::always : WorkQueue::Admission::when_room;
  incoming.is_admitted = co_await on_worker(place_.queue, admission, [&] {
    response = call(handler, incoming.request, place_.parts.world);
  });
  if (!incoming.is_admitted) response = busy_refusal();
  co_return response;
}

}  // namespace conglang::server
