// Puts the parts of the server together on one data folder. It starts no thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "content-server/access/login_key_hasher.h"
#include "content-server/api/api_parts.h"
#include "content-server/app/data_folder.h"
#include "content-server/app/housekeeper.h"
#include "content-server/app/office_link.h"
#include "content-server/app/server_names.h"
#include "content-server/app/settings.h"
#include "content-server/http/http_server.h"
#include "content-server/http/local_ca.h"
#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/office_trust.h"
#include "content-server/storage/database.h"
#include "playlists/base/clock.h"
#include "playlists/base/mutex.h"

namespace conglang::server {

// Publishes nothing until the server listens: routes are made before it.
class LateEventStreams final : public EventStreams {
 public:
  void become(EventStreams& streams) { streams_ = &streams; }
  void publish(std::string_view topic, std::string_view event, std::string_view data) override {
    if (streams_ != nullptr) streams_->publish(topic, event, data);
  }

 private:
  EventStreams* streams_ = nullptr;  // set before any thread runs
};

class OfficeServer {
 public:
  // Opens or makes everything in the folder and listens. What was interrupted is brought to
  // an end first. On a full disk the room that was laid aside is used.
  // Requires: the folder is locked; `clock` outlives it.
  // Fails: as its parts, naming the file or the setting.
  static Result<std::unique_ptr<OfficeServer>> open(
      const DataFolder& folder, const Settings& settings, const Clock& clock,
      std::function<void(const std::string&)> log);

  HttpServer& http() { return *http_; }
  Housekeeper& housekeeper() { return housekeeper_; }

  // While the office is not set up: the one-time code.
  const std::optional<std::string>& setup_code() const { return setup_code_; }
  const std::string& address() const { return address_; }  // "https://192.168.1.20:8443"
  const std::string& help_address() const { return help_address_; }  // empty: none
  std::string ca_fingerprint() const { return certificates().ca_fingerprint; }

 private:
  OfficeServer(const DataFolder& folder, const Settings& settings, const Clock& clock,
               std::function<void(const std::string&)> log);

  static Result<std::unique_ptr<OfficeServer>> open_once(
      const DataFolder& folder, const Settings& settings, const Clock& clock,
      std::function<void(const std::string&)> log);
  Status open_parts();
  Status begin();
  Status follow_published_root(Instant now);
  Status renew_certificate(Instant now);
  LocalCertificates certificates() const;
  CertificateNames names() const;
  Status listen();
  void add_routes();
  void add_help_routes();
  void add_chores();

  const DataFolder folder_;
  const Settings settings_;
  const Clock& clock_;
  const std::function<void(const std::string&)> log_;

  std::unique_ptr<Database> database_;
  OfficeRepository repository_;
  OfficeTrust trust_;
  RepositoryLink link_;
  LoginKeyHasher hasher_;

  // The housekeeper renews them while workers read.
  mutable Mutex mutex_;
  LocalCertificates certificates_ CONGLANG_GUARDED_BY(mutex_);
  CertificateNames names_ CONGLANG_GUARDED_BY(mutex_);

  LateEventStreams streams_;
  std::optional<ApiParts> parts_;
  Routes routes_, help_routes_;
  std::unique_ptr<HttpServer> http_;
  Housekeeper housekeeper_;
  std::string address_, help_address_;
  std::optional<std::string> setup_code_;
};

}  // namespace conglang::server
