// Taking in a request's body: into memory, or piece by piece into a file by the workers.
#include <algorithm>
#include <utility>

#include "content-server/http/body_file.h"
#include "content-server/http/connection.h"
#include "content-server/http/on_worker.h"
#include "content-server/http/pace.h"
#include "content-server/http/response_head.h"

namespace conglang::server {
namespace {

// Measured: reads of Beast's small default made uploads six times slower.
constexpr std::size_t kSocketRead = 64 * 1024;
constexpr std::size_t kFilePiece = 256 * 1024;  // chosen: few hops to the workers
constexpr std::size_t kMemoryPiece = 16 * 1024;

// The connection has ended, or was too slow and is cut: nobody will read this.
Response gone() { return plain_refusal(400, "gone", "the client is gone"); }

Response too_large() { return plain_refusal(413, "body-too-large", "the body is too large"); }

Response storage_refusal(const Error& error, const HttpSurroundings& world) {
  world.log("a body could not be kept: " + error.message);
  if (error.code == "disk-full") {
    return plain_refusal(507, error.code, "the disk of the server is full");
  }
  return plain_refusal(500, "storage", "the server could not keep the body");
}

}  // namespace

net::awaitable<std::optional<Response>> Connection::take_body(Incoming& incoming) {
  const Route& route = *incoming.route;
  if (route.body.kind == BodyRule::Kind::none) co_return std::nullopt;
  if (route.before_body != nullptr) {
    std::optional<Response> refusal;
    const Handler asks_first = [&](const Request& request) {
      refusal = route.before_body(request);
      return Response();
    };
    Response fault = co_await ask(incoming, asks_first);
    if (fault.status != 200) co_return fault;
    if (refusal) co_return refusal;
  }
  intake_ = {now(), 0};
  const bool may_come = co_await allow_body(incoming);
  if (!may_come) co_return gone();
  std::optional<Response> refusal;
  if (route.body.kind == BodyRule::Kind::memory) {
    refusal = co_await take_into_memory(incoming);
  } else {
    refusal = co_await take_into_file(incoming);
  }
  co_return refusal;
}

// Who waits to be told that the body may come is told so.
net::awaitable<bool> Connection::allow_body(const Incoming& incoming) {
  const bool waits = !incoming.request.header("expect").empty() &&
                     incoming.parser.is_http_1_1() && received_.empty() &&
                     !incoming.is_body_read;
  if (!waits) co_return true;
  outflow_ = {now(), 0};
  const bool is_sent = co_await send_bytes("HTTP/1.1 100 Continue\r\n\r\n");
  co_return is_sent;
}

net::awaitable<bool> Connection::receive_more() {
  const MonotonicTime deadline =
      pace_deadline(limits().receive, intake_.started, intake_.moved, now());
  const std::size_t read = co_await stream_->read_some(received_.room(kSocketRead), deadline);
  received_.add(read);
  intake_.moved += static_cast<std::int64_t>(read);
  co_return read > 0;
}

// Fills `into` as far as the body goes.
net::awaitable<Connection::Piece> Connection::read_piece(Incoming& incoming,
                                                         std::span<char> into) {
  Piece piece;
  bool needs_more = received_.empty();
  while (piece.length < into.size() && !incoming.is_body_read) {
    if (needs_more) {
      if (received_.content().size() >= kSocketRead) {
        piece.refusal = plain_refusal(400, "malformed-body", "a chunk has too long a header");
        co_return piece;
      }
      const bool is_more = co_await receive_more();
      if (!is_more) {
        piece.refusal = gone();
        co_return piece;
      }
    }
    const auto step =
        incoming.parser.read_body(received_.content(), into.subspan(piece.length));
    if (!step) {
      piece.refusal = plain_refusal(400, "malformed-body", step.error().message);
      co_return piece;
    }
    received_.take(step->taken);
    piece.length += step->given;
    incoming.is_body_read = step->is_done;
    // Nothing taken: a chunk's header has not arrived as a whole.
    needs_more = received_.empty() || (step->taken == 0 && step->given == 0);
  }
  co_return piece;
}

net::awaitable<std::optional<Response>> Connection::take_into_memory(Incoming& incoming) {
  std::string& body = incoming.request.body;
  const auto most = static_cast<std::size_t>(incoming.route->body.most_bytes);
  while (!incoming.is_body_read) {
    const std::size_t before = body.size();
    // One byte above the bound shows that there is more.
    body.resize(std::min(before + kMemoryPiece, most + 1));
    Piece piece = co_await read_piece(incoming, {body.data() + before, body.size() - before});
    if (piece.refusal) co_return std::move(piece.refusal);
    body.resize(before + piece.length);
    if (body.size() > most) co_return too_large();
  }
  co_return std::nullopt;
}

net::awaitable<std::optional<Response>> Connection::take_into_file(Incoming& incoming) {
  std::optional<Error> fault;
  std::unique_ptr<BodyFile> file;
  const HttpSurroundings& world = place_.parts.world;
  const auto admission =
      incoming.is_admitted ? WorkQueue::Admission::always : WorkQueue::Admission::when_room;
  incoming.is_admitted = co_await on_worker(place_.queue, admission, [&] {
    auto created = BodyFile::create(place_.parts.settings.upload_folder);
    if (created)
      file = std::move(*created);
    else
      fault = created.error();
  });
  if (!incoming.is_admitted) co_return busy_refusal();
  std::vector<char> bytes(kFilePiece);
  const std::int64_t most = incoming.route->body.most_bytes;
  std::int64_t total = 0;
  std::optional<Response> refusal;
  while (!fault && !refusal && !incoming.is_body_read) {
    const auto allowed =
        static_cast<std::size_t>(std::min<std::int64_t>(most - total + 1, kFilePiece));
    Piece piece = co_await read_piece(incoming, {bytes.data(), allowed});
    refusal = std::move(piece.refusal);
    total += static_cast<std::int64_t>(piece.length);
    if (!refusal && total > most) refusal = too_large();
    if (refusal) break;
    const bool is_done = co_await on_worker(place_.queue, WorkQueue::Admission::always, [&] {
      const Status written = file->write({bytes.data(), piece.length});
      if (!written) fault = written.error();
    });
    if (!is_done) refusal = busy_refusal();
  }
  const bool is_whole = !fault && !refusal;
  const bool is_done = co_await on_worker(place_.queue, WorkQueue::Admission::always, [&] {
    if (!is_whole) return file.reset();
    auto finished = file->finish();
    if (!finished)
      fault = finished.error();
    else
      incoming.request.file = std::move(*finished);
  });
  if (!is_done && !refusal) refusal = busy_refusal();
  if (fault && !refusal) refusal = storage_refusal(*fault, world);
  if (refusal) co_return refusal;
  incoming.body_file = std::move(file);
  co_return std::nullopt;
}

// Who still sends would lose our answer if we closed at once: the system would reset the
// connection. So we listen a little longer, to nothing in particular.
net::awaitable<void> Connection::let_upload_end() {
  constexpr std::size_t kMost = 1 << 20;  // chosen, like the time: enough for what is under way
  const MonotonicTime deadline = now() + std::chrono::seconds{2};
  std::size_t heard = 0;
  received_ = {};
  while (heard < kMost) {
    const std::size_t read = co_await stream_->read_some(received_.room(kSocketRead), deadline);
    if (read == 0) co_return;
    heard += read;
  }
}

}  // namespace conglang::server
