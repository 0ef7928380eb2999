// The HttpClient of the real network.
#pragma once

#include <memory>
#include <string>

#include "player/sync/http_client.h"
#include "playlists/base/result.h"

namespace conglang::player {

struct CurlSettings {
  std::string address;               // "https://192.168.1.10:8443", with a path or without
  std::string authorities_pem;       // whom to believe; empty only for plain http
  bool believes_system_too = false;  // the authorities of the system besides
  // While a kiosk is enrolled: a person compares a number that no other server can make.
  bool believes_anybody = false;
  std::string proxy;  // empty: none, whatever the environment says
  Milliseconds connect_limit{10'000};
};

// Fails: malformed (the address, or the certificates), unsupported (neither http nor https;
// https with nobody to believe).
// Threads: as HttpClient.
Result<std::unique_ptr<HttpClient>> open_curl_client(const CurlSettings& settings);

}  // namespace conglang::player
