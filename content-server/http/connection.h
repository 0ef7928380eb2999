// One connection from its first byte to its last: request after request.
// For this room only: it shows Boost.Asio.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "content-server/http/body_file.h"
#include "content-server/http/connection_stream.h"
#include "content-server/http/header_block.h"
#include "content-server/http/receive_buffer.h"
#include "content-server/http/request_parser.h"
#include "content-server/http/server_parts.h"
#include "content-server/http/work_queue.h"

namespace conglang::server {

struct FilePart;
struct OpenFile;

// A request whose header is read and understood.
struct Incoming {
  Request request;
  RequestParser parser;
  Framing framing;
  std::string raw_target;
  const Route* route = nullptr;
  std::unique_ptr<BodyFile> body_file;  // behind request.file
  bool is_admitted = false;             // a worker has taken work of it already
  bool is_body_read = false;            // to its end: the next request may follow
};

// Threads: its own strand, which run() is spawned on.
// Requires: parts, queue and listener outlive it.
class Connection {
 public:
  struct Place {
    ServerParts& parts;
    WorkQueue& queue;
    const Listener& listener;
  };
  Connection(Place place, std::unique_ptr<ConnectionStream> stream, std::string address)
      : place_(place), stream_(std::move(stream)), address_(std::move(address)) {}

  net::awaitable<void> run();

  // For drain(): nothing is being asked, so nobody misses an answer.
  void cut_if_idle() {
    if (is_idle_) stream_->cut();
  }
  void cut() { stream_->cut(); }

 private:
  struct Header {
    std::string bytes;
    std::optional<Response> refusal;
    bool is_closed = false;
  };
  enum class Next { request, close, stream };

  net::awaitable<Next> exchange();
  net::awaitable<Header> read_header();
  net::awaitable<bool> wait_for_first_byte();
  std::optional<Response> understand(const std::string& header, Incoming& incoming) const;
  std::optional<Response> choose_route(Incoming& incoming) const;
  std::optional<Response> check_body(const Incoming& incoming) const;
  net::awaitable<Response> answer(Incoming& incoming);
  net::awaitable<Response> ask(Incoming& incoming, const Handler& handler);

  // connection_intake.cpp
  net::awaitable<std::optional<Response>> take_body(Incoming& incoming);
  net::awaitable<std::optional<Response>> take_into_memory(Incoming& incoming);
  net::awaitable<std::optional<Response>> take_into_file(Incoming& incoming);
  struct Piece {
    std::size_t length = 0;
    std::optional<Response> refusal;
  };
  net::awaitable<Piece> read_piece(Incoming& incoming, std::span<char> into);
  net::awaitable<bool> receive_more();
  net::awaitable<bool> allow_body(const Incoming& incoming);
  net::awaitable<void> let_upload_end();

  // connection_answers.cpp
  net::awaitable<bool> send(const Request& request, Response response, bool keeps_alive);
  net::awaitable<bool> send_text(const Request& request, Response response, bool keeps_alive);
  net::awaitable<bool> send_file(const Request& request, Response response, bool keeps_alive);
  net::awaitable<bool> send_part(const FilePart& part, const OpenFile& open, std::string head);
  net::awaitable<bool> send_bytes(std::string_view bytes);
  net::awaitable<void> send_events();

  struct Pace {
    MonotonicTime started{};
    std::int64_t moved = 0;
  };
  MonotonicTime now() const { return place_.parts.world.clock.monotonic(); }
  const HttpLimits& limits() const { return place_.parts.settings.limits; }
  bool is_draining() const { return place_.parts.is_draining.load(); }

  const Place place_;
  const std::unique_ptr<ConnectionStream> stream_;
  const std::string address_;
  ReceiveBuffer received_;
  Pace intake_;              // of the body that is coming in
  Pace outflow_;             // of the answer that is going out
  EventStreamBody events_;   // of the stream that was asked for
  std::string events_peer_;  // who counts for it
  bool is_first_ = true;
  bool is_idle_ = true;
};

}  // namespace conglang::server
