// What the HTTP server is told once: where it listens, and how much it lets anybody take.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "content-server/http/routes.h"

namespace conglang::server {

struct Listener {
  std::string host = "127.0.0.1";  // a numeric address, IPv4 or IPv6
  std::uint16_t port = 0;          // 0: the system chooses; HttpServer::ports() says which
  bool is_tls = false;             // with the certificate of HttpSettings::tls

  // For the listener without TLS that only explains the certificate: it knows these routes
  // instead of the server's. Requires: outlives the server.
  const Routes* only_routes = nullptr;
  // With only_routes: any other address is sent to this place ("https://192.168.1.20:8443"),
  // its path kept. Empty: 404.
  std::string redirect_to;
};

// A certificate with its chain, and its private key, both PEM.
struct TlsCertificate {
  std::string chain_pem;
  std::string key_pem;
};

// How slowly a body may come or go. Who falls below is closed.
struct PaceRule {
  std::chrono::milliseconds idle{20'000};       // longest wait for the next byte
  std::chrono::milliseconds grace{20'000};      // before the rate counts
  std::int64_t slowest_bytes_per_second = 512;  // chosen: half of a bad 2G link
};

// The values are chosen for a commune's office with kiosks behind one address of a mobile
// provider; a public server sets lower ones per address.
struct HttpLimits {
  std::chrono::milliseconds handshake_time{10'000};
  std::chrono::milliseconds header_time{10'000};  // for the whole header, not for each read
  std::size_t header_bytes = 16 * 1024;
  PaceRule receive;
  PaceRule send;
  std::chrono::milliseconds keep_alive{
      75'000};  // between two requests; above the heartbeat's 30 s

  int connections = 12'000;
  int connections_per_address = 1'000;  // does not count trusted proxies
  int waiting_requests = 512;           // for a worker; above it: 503

  int streams = 10'500;
  int streams_per_address = 500;
  std::chrono::milliseconds stream_ping{25'000};  // below the idle time of mobile NAT
  std::size_t stream_backlog_bytes = 16 * 1024;   // a listener further behind is closed
  std::chrono::milliseconds stream_retry{2'000};  // told to the client, plus up to as much
};

struct HttpSettings {
  std::vector<Listener> listeners;
  TlsCertificate tls;  // of every listener with is_tls

  // Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed.
  std::vector<std::string> trusted_proxies;

  // Bodies that are taken as files grow here. Requires: exists, on the file system on which
  // they will stay.
  std::filesystem::path upload_folder;

  HttpLimits limits;
};

}  // namespace conglang::server
