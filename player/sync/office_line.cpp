#include "player/sync/office_line.h"

#include <algorithm>
#include <utility>

#include "playlists/base/ids.h"

namespace conglang::player {
namespace {

constexpr int kNotKnown = 401;
// A screen of 3840 x 2160 as PNG, and some room.
constexpr Milliseconds kPictureLimit{120'000};
// Enough for a kiosk that was alone for two weeks to say all within an hour.
constexpr int kBatchesAtOnce = 8;

}  // namespace

OfficeLine::OfficeLine(Parts parts)
    : parts_(std::move(parts)),
      heartbeat_(parts_.rules.heartbeat_period, parts_.chance),
      records_(parts_.rules.records_period, parts_.chance),
      pictures_(Milliseconds{0}, parts_.chance),
      time_(parts_.rules.time_period, parts_.chance),
      token_(Milliseconds{0}, parts_.chance),
      listening_(Milliseconds{1000}, parts_.chance) {}

OfficeNews OfficeLine::step(Instant wall, MonotonicTime now) {
  now_ = now;
  news_ = {};
  if (parts_.words.needs_time() && time_.is_due(now)) ask_time();
  if (needs_token_ && token_.is_due(now)) renew_token(wall);
  listen();
  if (heartbeat_.is_due(now)) beat(wall);
  if (pictures_.is_due(now)) send_picture();
  if (records_.is_due(now)) send_records();
  news_.look_again = next_step();
  return std::move(news_);
}

MonotonicTime OfficeLine::next_step() const {
  MonotonicTime next = std::min(heartbeat_.next(now_), records_.next(now_));
  if (parts_.words.needs_time()) next = std::min(next, time_.next(now_));
  if (needs_token_) next = std::min(next, token_.next(now_));
  const MonotonicTime stream_due =
      hearing_ ? last_life_ + parts_.rules.stream_silence : listening_.next(now_);
  return std::min(next, stream_due);
}

// --- talking ---

HttpRequest OfficeLine::post(const std::string& path, std::string body) const {
  HttpRequest request;
  request.method = "POST";
  request.path = path;
  request.body = std::move(body);
  const std::string token = parts_.words.token();
  if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
  return request;
}

std::optional<std::string> OfficeLine::talk(const HttpRequest& request, Recurrence& kind,
                                            const std::string& subject) {
  HttpResult result = parts_.client.exchange(request);
  if (auto* answer = std::get_if<HttpAnswer>(&result)) return std::move(answer->body);
  const auto& failure = std::get<HttpFailure>(result);
  if (failure.status == kNotKnown) {
    needs_token_ = true;
    fail(kind, subject, {"not-known", subject, failure.message}, failure.retry_after);
  } else {
    fail(kind, subject, {std::string(to_string(failure.kind)), subject, failure.message},
         failure.retry_after);
  }
  return std::nullopt;
}

void OfficeLine::fail(Recurrence& kind, const std::string& subject, const SyncEvent& event,
                      std::optional<Milliseconds> retry_after) {
  kind.failed(now_, retry_after);
  if (event.name == to_string(HttpFault::stopped)) return;
  for (SyncEvent& told : ledger_.tell(subject, {event})) {
    news_.events.push_back(std::move(told));
  }
}

void OfficeLine::misunderstood(Recurrence& kind, const std::string& subject,
                               const Error& error) {
  fail(kind, subject, {to_string(error.kind), subject, error.message});
}

void OfficeLine::succeed(Recurrence& kind, const std::string& subject) {
  kind.succeeded(now_);
  for (SyncEvent& told : ledger_.tell(subject, {})) news_.events.push_back(std::move(told));
}

void OfficeLine::ask_time() {
  HttpRequest request = post("/kiosk/time", parts_.words.ask_time());
  request.judges_dates = false;  // its nonce and its signature protect it
  const auto answer = talk(request, time_, "time");
  if (!answer) return;
  const Status taken = parts_.words.take_time(*answer);
  if (!taken) return misunderstood(time_, "time", taken.error());
  succeed(time_, "time");
}

void OfficeLine::renew_token(Instant wall) {
  const auto answer = talk(post("/kiosk/token", parts_.words.ask_token(wall)), token_, "token");
  if (!answer) return;
  const Status taken = parts_.words.take_token(*answer);
  if (!taken) return misunderstood(token_, "token", taken.error());
  needs_token_ = false;
  succeed(token_, "token");
  heartbeat_.retry();
  records_.retry();
  listening_.retry();
}

void OfficeLine::beat(Instant wall) {
  const auto answer =
      talk(post("/kiosk/heartbeat", parts_.words.heartbeat(wall)), heartbeat_, "heartbeat");
  if (!answer) return;
  const auto heard = parts_.words.hear(*answer);
  if (!heard) return misunderstood(heartbeat_, "heartbeat", heard.error());
  succeed(heartbeat_, "heartbeat");
  news_.look_now = news_.look_now || heard->look_now;
  if (heard->report_soon) heartbeat_.hurry();
}

void OfficeLine::send_records() {
  std::int64_t after = 0;
  for (int sent = 0; sent < kBatchesAtOnce; ++sent) {
    const auto batch = parts_.records.next(after);
    if (!batch) return misunderstood(records_, "records", batch.error());
    if (!*batch) break;
    const auto answer = talk(post("/kiosk/records", (*batch)->body), records_, "records");
    if (!answer) return;
    const Status kept = parts_.records.acknowledge(**batch, *answer);
    if (!kept) return misunderstood(records_, "records", kept.error());
    after = (*batch)->sequence;
  }
  succeed(records_, "records");
}

void OfficeLine::send_picture() {
  const auto picture = parts_.pictures.next();
  if (!picture) return;
  // It came from the office, and becomes a part of a path.
  if (!is_valid_id(picture->command)) return parts_.pictures.forget(picture->command);
  HttpRequest request = post("/kiosk/pictures/" + picture->command, picture->png);
  request.method = "PUT";
  request.body_type = "image/png";
  request.total_limit = kPictureLimit;
  HttpResult result = parts_.client.exchange(request);
  const auto* failure = std::get_if<HttpFailure>(&result);
  const bool is_unwanted = failure != nullptr && failure->kind == HttpFault::status &&
                           failure->status >= 400 && failure->status < 500 &&
                           failure->status != kNotKnown && failure->status != 429;
  if (failure == nullptr || is_unwanted) parts_.pictures.forget(picture->command);
  if (failure == nullptr) return succeed(pictures_, "pictures");
  fail(pictures_, "pictures",
       {std::string(to_string(failure->kind)), "pictures", failure->message},
       failure->retry_after);
}

// --- listening ---

void OfficeLine::listen() {
  if (!hearing_) {
    if (listening_.is_due(now_)) open_stream();
    return;
  }
  hear_stream();
  const bool is_silent = now_ - last_life_ >= parts_.rules.stream_silence;
  if (!hearing_->end() && !is_silent) return;
  // No event about it: the heartbeat says the same, and asking goes on without the stream.
  hearing_.reset();
  listening_.failed(now_);
}

void OfficeLine::open_stream() {
  HttpRequest request = post("/kiosk/events", "");
  request.method = "GET";
  request.expects = HttpContent::events;
  request.total_limit = Milliseconds{0};
  request.max_bytes = std::int64_t{1} << 40;
  last_life_ = now_;
  hearing_ = parts_.client.start(request, stream_);
}

void OfficeLine::hear_stream() {
  if (stream_.take_life()) {
    last_life_ = now_;
    if (listening_.failures() > 0) listening_.succeeded(now_);
  }
  for (const StreamEvent& event : stream_.take()) {
    if (event.name != "look") continue;
    // Whatever it is about: both are cheap, and the event is from a stranger.
    news_.look_now = true;
    heartbeat_.hurry();
  }
}

}  // namespace conglang::player
