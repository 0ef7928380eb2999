// What the routes of the API work with. Made once by app; everything outlives the routes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "content-server/access/login_key_hasher.h"
#include "content-server/access/setup.h"
#include "content-server/api/kiosk_office.h"
#include "content-server/http/event_streams.h"
#include "content-server/publishing/office_repository.h"
#include "content-server/transactions/transactions.h"
#include "playlists/base/clock.h"

namespace conglang::server {

// Threads: everything here may be used from any worker.
struct ApiParts {
  Transactions& transactions;
  const Clock& clock;
  EventStreams& streams;
  LoginKeyHasher& hasher;
  InitialTrust& initial_trust;
  KioskOffice& kiosk_office;
  const OfficeRepository& repository;
  std::filesystem::path data;                         // the server's data folder
  std::function<std::vector<std::string>()> origins;  // "https://conglang.local:8443", ...
  std::function<void(const std::string&)> log;        // one line, no secrets
  std::int64_t upload_bytes = std::int64_t{4} << 30;  // of one asset
  int offline_days = 30;  // how long a kiosk plays without us, where nobody says otherwise
};

}  // namespace conglang::server
