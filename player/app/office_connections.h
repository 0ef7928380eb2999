// The way to an office for whoever enrols: one question after another, over libcurl.
#pragma once

#include <memory>
#include <string>

#include "player/handoff/mutex.h"
#include "player/setup/enrolment_talk.h"
#include "player/sync/http_client.h"

namespace conglang::player {

class OfficeConnections {
 public:
  explicit OfficeConnections(std::string server) : server_(std::move(server)) {}

  // Nobody: anybody is believed. Anchors without an authority: whom the system believes.
  // The dates of certificates are not judged: a kiosk's clock may never have been set.
  // Fails: as open_curl_client. Threads: that of the talk.
  Result<AskOffice> connect(const std::optional<EnrolmentAnchors>& anchors);

  // What is under way ends at once, and nothing begins any more. Threads: any.
  void stop();

 private:
  const std::string server_;
  Mutex mutex_;
  std::shared_ptr<HttpClient> client_ CONGLANG_GUARDED_BY(mutex_);  // the newest
  bool stopped_ CONGLANG_GUARDED_BY(mutex_) = false;
};

}  // namespace conglang::player
