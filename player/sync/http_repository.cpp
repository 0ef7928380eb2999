#include "player/sync/http_repository.h"

#include <utility>

namespace conglang::player {
namespace {

constexpr std::string_view kTimestamp = "metadata/timestamp.json";
constexpr int kNotFound = 404, kGone = 410, kNotModified = 304;

}  // namespace

std::string HttpRepository::path_of(std::string_view path) {
  return "/repository/" + std::string(path);
}

Result<std::string> HttpRepository::read(std::string_view path, std::int64_t max_bytes) {
  HttpRequest request;
  request.path = path_of(path);
  request.max_bytes = max_bytes;
  const bool is_seen = path == kTimestamp && path == seen_path_ && !seen_etag_.empty();
  if (is_seen) request.headers = {{"If-None-Match", seen_etag_}};

  HttpResult result = client_.exchange(request);

  if (const auto* failure = std::get_if<HttpFailure>(&result)) {
    if (failure->status == kNotFound || failure->status == kGone) {
      return Error{ErrorKind::missing, std::string(path) + ": not on the server"};
    }
    if (failure->kind == HttpFault::too_large) {
      return Error{ErrorKind::too_large, failure->message};
    }
    if (!failure_) failure_ = *failure;
    return Error{ErrorKind::storage, failure->message, std::string(to_string(failure->kind))};
  }
  auto& answer = std::get<HttpAnswer>(result);
  if (answer.head.status == kNotModified) {
    if (is_seen) return seen_bytes_;
    return Error{ErrorKind::storage, std::string(path) + ": not sent although asked for"};
  }
  if (path == kTimestamp) {
    seen_path_ = path;
    seen_etag_ = answer.head.etag;
    seen_bytes_ = answer.body;
  }
  return std::move(answer.body);
}

std::optional<HttpFailure> HttpRepository::take_failure() {
  return std::exchange(failure_, std::nullopt);
}

}  // namespace conglang::player
