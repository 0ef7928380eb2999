#include "player/sync/content_fetch.h"

#include <utility>

#include "player/sync/http_repository.h"
#include "player/sync/judge_answer.h"
#include "playlists/trust/verified_target.h"

namespace conglang::player {
namespace {

// At 20 MB/s, the slowest card we know, this holds up the rest for 0.4 s.
constexpr std::int64_t kHashAtOnce = 8 << 20;
constexpr int kPartial = 206, kWhole = 200, kNoSuchRange = 416;

bool is_strong(const std::string& etag) { return !etag.empty() && etag.front() == '"'; }

bool is_of_link(const HttpFailure& failure) {
  const bool is_about_the_file = failure.kind == HttpFault::too_large ||
                                 failure.kind == HttpFault::refused_by_us ||
                                 (failure.kind == HttpFault::status && failure.status < 500 &&
                                  failure.status != 429 && failure.status != 401);
  return !is_about_the_file;
}

}  // namespace

ContentFetch::ContentFetch(HttpClient& client, ContentDownload download, FetchRules rules,
                           std::string etag)
    : client_(client), download_(std::move(download)), rules_(rules), etag_(std::move(etag)) {}

bool ContentFetch::step() {
  if (fault_) return true;
  if (!is_hashed_) {
    const auto hashed = download_.hash_kept(kHashAtOnce);
    if (!hashed) return fail(hashed.error());
    is_hashed_ = *hashed;
    return is_hashed_ && download_.is_whole() ? finish() : false;
  }
  if (!transfer_) {
    ask();
    return false;
  }
  if (!transfer_->end()) return false;
  const HttpResult result = *transfer_->end();
  transfer_.reset();
  return end(result);
}

void ContentFetch::ask() {
  HttpRequest request;
  request.path = HttpRepository::path_of(repository_path(download_.file()));
  request.expects = HttpContent::bytes;
  request.max_bytes = download_.file().length;
  request.total_limit = Milliseconds{0};
  request.slow_limit = rules_.slow_limit;
  request.most_bytes_per_second = rules_.most_bytes_per_second;
  if (download_.held() > 0) request.range = HttpRange{download_.held(), etag_};
  transfer_ = client_.start(request, *this);
}

bool ContentFetch::begin(const HttpHead& head) {
  if (head.status == kPartial) return begin_part(head);
  if (head.status == kWhole) return begin_whole(head);
  return refuse("status", "the server answered " + std::to_string(head.status));
}

bool ContentFetch::begin_part(const HttpHead& head) {
  const auto first = first_byte_of(head.content_range, download_.file().length);
  if (!first || *first != download_.held()) {
    return refuse("wrong-offset", "the server sends " + head.content_range +
                                      ", asked for was " + std::to_string(download_.held()));
  }
  if (!etag_.empty() && !head.etag.empty() && head.etag != etag_) {
    // It did not keep to If-Range: these bytes are of another file.
    if (Status emptied = download_.restart(); !emptied) return fail(emptied.error()), false;
    return refuse("changed", "the file was changed between two parts");
  }
  if (is_strong(head.etag)) etag_ = head.etag;
  return true;
}

// Also the answer of a server that knows no ranges, and of one whose file has changed.
bool ContentFetch::begin_whole(const HttpHead& head) {
  if (download_.held() > 0) {
    if (Status emptied = download_.restart(); !emptied) return fail(emptied.error()), false;
  }
  const std::int64_t length = download_.file().length;
  if (head.content_length.value_or(length) != length) {
    return refuse("wrong-length", "the server has " + std::to_string(*head.content_length) +
                                      " bytes, signed for are " + std::to_string(length));
  }
  etag_ = is_strong(head.etag) ? head.etag : "";
  return true;
}

bool ContentFetch::add(std::span<const std::uint8_t> bytes) {
  const Status added = download_.add(bytes);
  if (!added) fail(added.error());
  return added.ok();
}

bool ContentFetch::refuse(std::string name, const std::string& words) {
  fault_ = FetchFault{std::move(name), download_.file().path + ": " + words};
  return false;
}

bool ContentFetch::end(const HttpResult& result) {
  if (fault_) return true;  // ours is the cause
  const auto* failure = std::get_if<HttpFailure>(&result);
  if (failure == nullptr) {
    if (download_.is_whole()) return finish();
    fault_ = FetchFault{"cut", download_.file().path + ": the server ended too early", true};
    return true;
  }
  if (failure->status == kNoSuchRange && !was_asked_again_) {
    was_asked_again_ = true;
    const Status emptied = download_.restart();
    return emptied ? false : fail(emptied.error());
  }
  const bool is_endless = failure->kind == HttpFault::too_large;
  fault_ = FetchFault{is_endless ? "endless-data" : std::string(to_string(failure->kind)),
                      failure->message, is_of_link(*failure), failure->retry_after};
  return true;
}

bool ContentFetch::finish() {
  const Status done = download_.finish();
  if (!done) fail(done.error());
  return true;
}

bool ContentFetch::fail(const Error& error) {
  std::string name = error.code;
  if (name.empty()) name = error.kind == ErrorKind::too_large ? "endless-data" : "storage";
  fault_ = FetchFault{std::move(name), error.message};
  return true;
}

}  // namespace conglang::player
