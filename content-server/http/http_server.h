// The HTTP server: takes requests from the network and answers them with the routes' handlers.
//
//   auto server = HttpServer::create(settings, routes, {clock, log});   // listens already
//   N threads: server->run_io();   M threads: server->run_worker();
//   say_ready(server->ports());  ... on SIGTERM: server->drain(seconds{10});  join the threads
//
// It starts no thread. Handlers run on the worker threads only, and so does everything that
// may wait for a disk; the I/O threads never wait for anything but the network.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "content-server/http/event_streams.h"
#include "content-server/http/http_settings.h"
#include "content-server/http/routes.h"
#include "playlists/base/clock.h"
#include "playlists/base/result.h"

namespace conglang::server {

// Called before anything else of the program: without it the first client that hangs up in
// the middle of an answer ends the process.
void ignore_broken_pipes();

// What the server takes from its surroundings.
struct HttpSurroundings {
  const Clock& clock;                           // for the header Date, and to measure times
  std::function<void(const std::string&)> log;  // any thread; one line, no secrets
};

// How busy it is, for the health page and for metrics.
struct HttpLoad {
  int connections = 0;
  int streams = 0;
  int waiting_requests = 0;
  std::int64_t requests = 0;  // answered since the start
};

// Threads: publish(), load(), replace_certificate() and the run functions any; drain() one,
// which is neither an I/O nor a worker thread.
// Owns: every connection. Requires: routes and clock outlive it; all run functions have
// returned before it is destroyed.
class HttpServer final : public EventStreams {
 public:
  // Fails: malformed (an address, the certificate), missing (upload folder), conflict (the
  // address is in use), storage (the system gives no socket).
  static Result<std::unique_ptr<HttpServer>> create(HttpSettings settings, const Routes& routes,
                                                    HttpSurroundings surroundings);
  ~HttpServer() override;

  // The real ports, in the order of the listeners.
  std::vector<std::uint16_t> ports() const;

  // Both return after drain().
  void run_io();
  void run_worker();

  // Accepts nothing more, lets requests end, says good-bye to event streams, and cuts what is
  // left at the deadline. Returns true when nothing had to be cut. Later calls do nothing.
  bool drain(std::chrono::milliseconds deadline);

  // New connections get this one; open ones keep theirs. Fails: malformed, then the old
  // certificate stays.
  Status replace_certificate(const TlsCertificate& certificate);

  void publish(std::string_view topic, std::string_view event, std::string_view data) override;

  HttpLoad load() const;

 private:
  struct Parts;
  explicit HttpServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace conglang::server
