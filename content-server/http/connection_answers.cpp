// Sending answers: text, parts of files, and streams of events.
#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "content-server/http/connection.h"
#include "content-server/http/file_handles.h"
#include "content-server/http/file_range.h"
#include "content-server/http/on_worker.h"
#include "content-server/http/pace.h"
#include "content-server/http/response_head.h"

namespace conglang::server {

struct OpenFile {
  FileHandle file;
  std::int64_t length = -1;  // not a file that can be read: below 0
};

namespace {

constexpr std::size_t kFileBlock = 128 * 1024;  // measured: larger blocks gain nothing

void set_default(Response& response, const char* name, std::string value) {
  for (const auto& [set, ignored] : response.headers) {
    if (set == name) return;
  }
  response.headers.emplace_back(name, std::move(value));
}

std::string_view header_of(const Response& response, std::string_view name) {
  for (const auto& [set, value] : response.headers) {
    if (set == name) return value;
  }
  return {};
}

OpenFile open_file(const std::filesystem::path& path) {
  OpenFile open{FileHandle(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))};
  struct stat facts {};
  if (!open.file.is_open() || ::fstat(open.file.get(), &facts) != 0) return open;
  if (S_ISREG(facts.st_mode)) open.length = facts.st_size;
  return open;
}

// Bytes that are read; 0 at the end of the file or when the disk fails. Empty: only a wait
// for the disk would tell.
std::optional<std::size_t> read_at(const OpenFile& open, std::span<char> into,
                                   std::int64_t from, int flags) {
  const iovec target{into.data(), into.size()};
  const ssize_t count = ::preadv2(open.file.get(), &target, 1, from, flags);
  if (count < 0 && flags != 0) return std::nullopt;
  return count < 0 ? 0 : static_cast<std::size_t>(count);
}

// Many listeners that were cut together must not come back together.
std::chrono::milliseconds with_jitter(std::chrono::milliseconds retry) {
  std::uint32_t random = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&random), sizeof random) != 1) random = 0;
  return retry + std::chrono::milliseconds{random % (retry.count() + 1)};
}

void set_file_headers(Response& response, const FileBody& body, const FilePart& part,
                      std::int64_t file_length) {
  if (response.status == 200) response.status = part.status;
  if (!body.etag.empty()) set_default(response, "ETag", body.etag);
  set_default(response, "Accept-Ranges", "bytes");
  set_default(response, "Cache-Control",
              body.is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
  const std::string whole = "/" + std::to_string(file_length);
  if (part.status == 416) set_default(response, "Content-Range", "bytes *" + whole);
  if (part.status == 206) {
    set_default(response, "Content-Range",
                "bytes " + std::to_string(part.from) + "-" +
                    std::to_string(part.from + part.length - 1) + whole);
  }
}

bool has_body(const Request& request, int status) {
  return request.method != Method::head && status != 204 && status != 304;
}

}  // namespace

net::awaitable<bool> Connection::send_bytes(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t count = co_await stream_->write_some(
        bytes, pace_deadline(limits().send, outflow_.started, outflow_.moved, now()));
    if (count == 0) co_return false;
    outflow_.moved += static_cast<std::int64_t>(count);
    bytes.remove_prefix(count);
  }
  co_return true;
}

net::awaitable<bool> Connection::send(const Request& request, Response response,
                                      bool keeps_alive) {
  outflow_ = {now(), 0};
  bool is_sent = false;
  if (std::holds_alternative<FileBody>(response.body)) {
    is_sent = co_await send_file(request, std::move(response), keeps_alive);
    co_return is_sent;
  }
  if (auto* const events = std::get_if<EventStreamBody>(&response.body)) {
    EventStreamBody wanted = std::move(*events);
    if (request.method != Method::head) {
      if (!place_.parts.streams.enter(request.peer)) {
        response = plain_refusal(503, "too-many-streams", "too many event streams are open");
        response.headers.emplace_back("Retry-After", "60");
      } else {
        events_peer_ = request.peer;
        events_ = std::move(wanted);
      }
    }
  }
  is_sent = co_await send_text(request, std::move(response), keeps_alive);
  if (!is_sent && !events_.topics.empty()) place_.parts.streams.leave(events_peer_);
  co_return is_sent;
}

net::awaitable<bool> Connection::send_text(const Request& request, Response response,
                                           bool keeps_alive) {
  const bool is_stream = std::holds_alternative<EventStreamBody>(response.body);
  if (is_stream) {
    set_default(response, "Content-Type", "text/event-stream");
    set_default(response, "X-Accel-Buffering", "no");  // nginx would hold events back
    response.body = std::string();
  }
  const std::string_view etag = header_of(response, "ETag");
  const bool may_match = request.method == Method::get || request.method == Method::head;
  if (!is_stream && may_match && response.status == 200 && !etag.empty() &&
      is_listed_etag(request.header("if-none-match"), etag)) {
    response.status = 304;
  }
  const auto* text = std::get_if<std::string>(&response.body);
  HeadFacts facts{std::nullopt, keeps_alive && !is_stream, place_.parts.world.clock.now()};
  if (!is_stream && response.status != 304 && response.status != 204) {
    facts.content_length = static_cast<std::int64_t>(text->size());
  }
  Result<std::string> head = response_head(response.status, response.headers, facts);
  if (!head) {
    place_.parts.world.log(request.path + ": " + head.error().message);
    response = plain_refusal(500, "server-fault", "the server made a mistake");
    text = std::get_if<std::string>(&response.body);
    facts.content_length = static_cast<std::int64_t>(text->size());
    head = response_head(response.status, response.headers, facts);
  }
  std::string bytes = std::move(*head);
  if (has_body(request, response.status)) bytes += *text;
  const bool is_sent = co_await send_bytes(bytes);
  co_return is_sent;
}

net::awaitable<bool> Connection::send_file(const Request& request, Response response,
                                           bool keeps_alive) {
  const FileBody body = std::get<FileBody>(response.body);
  auto open = std::make_unique<OpenFile>();
  bool is_done = co_await on_worker(place_.queue, WorkQueue::Admission::always,
                                    [&] { *open = open_file(body.path); });
  if (!is_done || open->length < 0) {
    place_.parts.world.log(body.path.string() + ": cannot be read");
    Response refusal = plain_refusal(404, "no-such-file", "this file is not there");
    is_done = co_await send_text(request, std::move(refusal), keeps_alive);
    co_return is_done;
  }
  const FilePart part = choose_part(request, body.etag, open->length);
  set_file_headers(response, body, part, open->length);
  HeadFacts facts{part.length, keeps_alive, place_.parts.world.clock.now()};
  if (part.status == 304) facts.content_length.reset();
  Result<std::string> head = response_head(response.status, response.headers, facts);
  if (!head) {
    place_.parts.world.log(request.path + ": " + head.error().message);
    co_return false;
  }
  FilePart sent = part;
  if (!has_body(request, response.status)) sent.length = 0;
  is_done = co_await send_part(sent, *open, std::move(*head));
  co_return is_done;
}

// Block by block, the head in front of the first one.
net::awaitable<bool> Connection::send_part(const FilePart& part, const OpenFile& open,
                                           std::string head) {
  std::int64_t left = part.length, from = part.from;
  std::string block = std::move(head);
  std::size_t filled = block.size();
  block.resize(filled + static_cast<std::size_t>(std::min<std::int64_t>(left, kFileBlock)));
  while (left > 0) {
    const std::size_t room = block.size() - filled;
    const std::span<char> into(
        block.data() + filled,
        static_cast<std::size_t>(std::min(left, static_cast<std::int64_t>(room))));
    // What lies in the system's memory is taken at once; a worker waits for the disk.
    std::optional<std::size_t> count = read_at(open, into, from, RWF_NOWAIT);
    if (!count) {
      const bool is_done = co_await on_worker(place_.queue, WorkQueue::Admission::always,
                                              [&] { count = read_at(open, into, from, 0); });
      if (!is_done) co_return false;
    }
    // The file has become shorter: what was promised cannot come, so the connection ends.
    if (*count == 0) co_return false;
    from += static_cast<std::int64_t>(*count);
    left -= static_cast<std::int64_t>(*count);
    const bool is_sent = co_await send_bytes({block.data(), filled + *count});
    if (!is_sent) co_return false;
    filled = 0;
  }
  const bool is_sent = co_await send_bytes({block.data(), filled});
  co_return is_sent;
}

net::awaitable<void> Connection::send_events() {
  auto timer = std::make_shared<net::steady_timer>(co_await net::this_coro::executor);
  const std::weak_ptr<net::steady_timer> sleeper = timer;
  const auto executor = timer->get_executor();
  const auto listener =
      std::make_shared<StreamListener>(limits().stream_backlog_bytes, [sleeper, executor] {
        net::post(executor, [sleeper] {
          if (const auto awake = sleeper.lock()) awake->cancel();
        });
      });
  place_.parts.topics.join(events_.topics, listener);
  const auto retry = with_jitter(limits().stream_retry);
  std::string text = "retry: " + std::to_string(retry.count()) + "\n\n";
  bool goes_on = true;
  while (goes_on) {
    outflow_ = {now(), 0};
    goes_on = co_await send_bytes(text);
    if (!goes_on) break;
    StreamListener::News news = listener->take();
    text = std::move(news.text);
    if (news.is_closed) {
      text += event_text("closing", "{}");
      co_await send_bytes(text);
      co_await stream_->finish_writing(now() + limits().send.idle);
      break;
    }
    if (news.is_too_slow) break;
    if (!text.empty()) continue;
    boost::system::error_code is_woken;
    timer->expires_after(limits().stream_ping);
    co_await timer->async_wait(net::redirect_error(net::use_awaitable, is_woken));
    if (!is_woken) text = ": ping\n\n";
  }
  place_.parts.topics.leave(events_.topics, listener);
  place_.parts.streams.leave(events_peer_);
}

}  // namespace conglang::server
