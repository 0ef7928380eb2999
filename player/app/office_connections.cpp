#include "player/app/office_connections.h"

#include <utility>

#include "player/sync/curl_client.h"

namespace conglang::player {
namespace {

constexpr Milliseconds kConnectLimit{5'000};

Result<std::string> ask(HttpClient& client, const std::string& path, const std::string& body) {
  HttpRequest request;
  request.method = "POST";
  request.path = path;
  request.body = body;
  const HttpResult result = client.exchange(request);
  if (const auto* answer = std::get_if<HttpAnswer>(&result)) return answer->body;
  const auto& failure = std::get<HttpFailure>(result);
  std::string code(to_string(failure.kind));
  if (failure.kind == HttpFault::status) code += "-" + std::to_string(failure.status);
  return Error{ErrorKind::missing, failure.message, std::move(code)};
}

}  // namespace

Result<AskOffice> OfficeConnections::connect(const std::optional<EnrolmentAnchors>& anchors) {
  CurlSettings settings;
  settings.address = server_;
  settings.connect_limit = kConnectLimit;
  settings.believes_anybody = !anchors;
  if (anchors) settings.authorities_pem = anchors->ca_pem;
  settings.believes_system_too = anchors && anchors->ca_pem.empty();
  auto opened = open_curl_client(settings);
  if (!opened) return opened.error();
  std::shared_ptr<HttpClient> client = std::move(*opened);
  client->judge_dates(std::nullopt);
  const MutexLock lock(mutex_);
  client_ = client;
  if (stopped_) client->stop();
  return AskOffice([client](const std::string& path, const std::string& body) {
    return ask(*client, path, body);
  });
}

void OfficeConnections::stop() {
  const MutexLock lock(mutex_);
  stopped_ = true;
  if (client_) client_->stop();
}

}  // namespace conglang::player
