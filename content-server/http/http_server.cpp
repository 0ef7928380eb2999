#include "content-server/http/http_server.h"

#include <openssl/ssl.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <csignal>
#include <exception>
#include <map>
#include <utility>

#include "content-server/http/connection.h"
#include "content-server/http/forwarded_peer.h"
#include "content-server/http/server_parts.h"
#include "content-server/http/tls_context.h"

namespace conglang::server {
namespace {

using boost::system::error_code;
using Acceptor = net::basic_socket_acceptor<net::ip::tcp, net::any_io_executor>;

constexpr std::chrono::milliseconds kPauseWithoutDescriptors{100};
constexpr std::chrono::milliseconds kPatienceAfterCut{1'000};

// One connection and where its work goes on.
struct OpenConnection {
  std::unique_ptr<Connection> connection;
  net::any_io_executor executor;
};

net::awaitable<void> run_connection(std::shared_ptr<OpenConnection> open) {
  co_await open->connection->run();
}

}  // namespace

void ignore_broken_pipes() { std::signal(SIGPIPE, SIG_IGN); }

// The order matters at the end: the queue drops its coroutines first, then the I/O context
// its own, and only then goes what they refer to.
struct HttpServer::Parts {
  Parts(HttpSettings settings, const Routes& routes, HttpSurroundings world)
      : shared(std::move(settings), routes, std::move(world)),
        guard(net::make_work_guard(io)),
        queue(static_cast<std::size_t>(shared.settings.limits.waiting_requests)) {}

  Status listen();
  net::awaitable<void> accept_from(Acceptor& acceptor, const Listener& listener);
  void admit(IoSocket socket, const Listener& listener);
  void forget(std::uint64_t number, const std::string& counted);
  std::shared_ptr<SSL_CTX> certificate();
  template <typename Act>
  void for_each_open(Act act);
  bool wait_until_closed(std::chrono::milliseconds patience);

  ServerParts shared;
  Mutex mutex;
  std::condition_variable_any closed;
  std::shared_ptr<SSL_CTX> tls CONGLANG_GUARDED_BY(mutex);
  std::map<std::uint64_t, std::shared_ptr<OpenConnection>> open CONGLANG_GUARDED_BY(mutex);
  std::uint64_t next_number CONGLANG_GUARDED_BY(mutex) = 0;
  net::io_context io;
  net::executor_work_guard<net::io_context::executor_type> guard;
  std::vector<std::unique_ptr<Acceptor>> acceptors;
  std::vector<std::uint16_t> ports;
  WorkQueue queue;
};

Status HttpServer::Parts::listen() {
  for (const Listener& listener : shared.settings.listeners) {
    const std::string name = listener.host + ":" + std::to_string(listener.port);
    error_code fault;
    const auto address = net::ip::make_address(listener.host, fault);
    if (fault) return Error{ErrorKind::malformed, name + ": not a numeric address"};
    const net::ip::tcp::endpoint endpoint(address, listener.port);
    auto acceptor = std::make_unique<Acceptor>(net::any_io_executor(net::make_strand(io)));
    acceptor->open(endpoint.protocol(), fault);
    if (!fault) acceptor->set_option(net::socket_base::reuse_address(true), fault);
    if (!fault && address.is_v6()) acceptor->set_option(net::ip::v6_only(false), fault);
    if (!fault) acceptor->bind(endpoint, fault);
    if (!fault) acceptor->listen(net::socket_base::max_listen_connections, fault);
    if (fault) {
      const bool is_taken = fault == net::error::address_in_use;
      return Error{is_taken ? ErrorKind::conflict : ErrorKind::storage,
                   name + ": " + fault.message()};
    }
    ports.push_back(acceptor->local_endpoint(fault).port());
    acceptors.push_back(std::move(acceptor));
  }
  for (std::size_t i = 0; i < acceptors.size(); ++i) {
    net::co_spawn(acceptors[i]->get_executor(),
                  accept_from(*acceptors[i], shared.settings.listeners[i]), net::detached);
  }
  return {};
}

net::awaitable<void> HttpServer::Parts::accept_from(Acceptor& acceptor,
                                                    const Listener& listener) {
  net::steady_timer pause(acceptor.get_executor());
  bool has_complained = false;
  while (!shared.is_draining) {
    error_code fault;
    IoSocket socket(net::any_io_executor(net::make_strand(io)));
    co_await acceptor.async_accept(socket, net::redirect_error(net::use_awaitable, fault));
    if (shared.is_draining || fault == net::error::operation_aborted) co_return;
    if (!fault) {
      has_complained = false;
      admit(std::move(socket), listener);
      continue;
    }
    // Too many open files, most likely. Connections wait in the system's queue meanwhile.
    if (!has_complained) shared.world.log("no connection accepted: " + fault.message());
    has_complained = true;
    pause.expires_after(kPauseWithoutDescriptors);
    co_await pause.async_wait(net::redirect_error(net::use_awaitable, fault));
  }
}

void HttpServer::Parts::admit(IoSocket socket, const Listener& listener) {
  error_code fault;
  const auto remote = socket.remote_endpoint(fault);
  if (fault) return;
  const std::string address = forwarded_peer(remote.address().to_string(), {}, {}).address;
  const bool is_proxy = is_trusted_proxy(address, shared.settings.trusted_proxies);
  const std::string counted = is_proxy ? std::string() : address;
  if (!shared.connections.enter(counted)) return;
  socket.set_option(net::ip::tcp::no_delay(true), fault);
  socket.set_option(net::socket_base::keep_alive(true), fault);
  auto one = std::make_shared<OpenConnection>();
  one->executor = socket.get_executor();
  auto stream = listener.is_tls ? tls_stream(std::move(socket), certificate().get())
                                : plain_stream(std::move(socket));
  one->connection = std::make_unique<Connection>(Connection::Place{shared, queue, listener},
                                                 std::move(stream), address);
  std::uint64_t number = 0;
  {
    const MutexLock lock(mutex);
    number = next_number++;
    open.emplace(number, one);
  }
  net::co_spawn(one->executor, run_connection(one),
                [this, number, counted](const std::exception_ptr& fault_of_ours) {
                  if (fault_of_ours) shared.world.log("a connection ended by an exception");
                  forget(number, counted);
                });
}

void HttpServer::Parts::forget(std::uint64_t number, const std::string& counted) {
  shared.connections.leave(counted);
  std::shared_ptr<OpenConnection> last;  // destroyed after the lock is released
  {
    const MutexLock lock(mutex);
    const auto place = open.find(number);
    if (place == open.end()) return;
    last = std::move(place->second);
    open.erase(place);
    if (!open.empty()) return;
  }
  closed.notify_all();
}

std::shared_ptr<SSL_CTX> HttpServer::Parts::certificate() {
  const MutexLock lock(mutex);
  return tls;
}

// Does it on the strand of each connection that is open now.
template <typename Act>
void HttpServer::Parts::for_each_open(Act act) {
  const MutexLock lock(mutex);
  for (const auto& [number, one] : open) {
    net::post(one->executor, [one = one, act] { act(*one->connection); });
  }
}

bool HttpServer::Parts::wait_until_closed(std::chrono::milliseconds patience) {
  const MutexLock lock(mutex);
  return closed.wait_for(mutex, patience,
                         [this]() CONGLANG_REQUIRES(mutex) { return open.empty(); });
}

Result<std::unique_ptr<HttpServer>> HttpServer::create(HttpSettings settings,
                                                       const Routes& routes,
                                                       HttpSurroundings surroundings) {
  auto parts = std::make_unique<Parts>(std::move(settings), routes, std::move(surroundings));
  const HttpSettings& kept = parts->shared.settings;
  std::error_code ignored;
  if (!kept.upload_folder.empty() &&
      !std::filesystem::is_directory(kept.upload_folder, ignored)) {
    return Error{ErrorKind::missing, kept.upload_folder.string() + ": no such folder"};
  }
  std::unique_ptr<HttpServer> server(new HttpServer(std::move(parts)));
  bool needs_tls = false;
  for (const Listener& listener : kept.listeners) needs_tls = needs_tls || listener.is_tls;
  if (needs_tls) {
    const Status taken = server->replace_certificate(kept.tls);
    if (!taken) return taken.error();
  }
  const Status listening = server->parts_->listen();
  if (!listening) return listening.error();
  return server;
}

HttpServer::HttpServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
HttpServer::~HttpServer() = default;

std::vector<std::uint16_t> HttpServer::ports() const { return parts_->ports; }

void HttpServer::run_io() { parts_->io.run(); }

void HttpServer::run_worker() { parts_->queue.run(); }

bool HttpServer::drain(std::chrono::milliseconds deadline) {
  Parts& parts = *parts_;
  if (parts.shared.is_draining.exchange(true)) return true;
  for (const auto& acceptor : parts.acceptors) {
    net::post(acceptor->get_executor(), [&acceptor = *acceptor] {
      error_code ignored;
      acceptor.close(ignored);
    });
  }
  parts.shared.topics.close_all();
  parts.for_each_open([](Connection& connection) { connection.cut_if_idle(); });
  const bool is_clean = parts.wait_until_closed(deadline);
  if (!is_clean) {
    parts.for_each_open([](Connection& connection) { connection.cut(); });
    if (!parts.wait_until_closed(kPatienceAfterCut)) parts.io.stop();
  }
  parts.guard.reset();
  parts.queue.stop();
  return is_clean;
}

Status HttpServer::replace_certificate(const TlsCertificate& certificate) {
  Result<std::shared_ptr<SSL_CTX>> context = make_tls_context(certificate);
  if (!context) return context.error();
  const MutexLock lock(parts_->mutex);
  parts_->tls = std::move(*context);
  return {};
}

void HttpServer::publish(std::string_view topic, std::string_view event,
                         std::string_view data) {
  parts_->shared.topics.publish(topic, event, data);
}

HttpLoad HttpServer::load() const {
  const ServerParts& shared = parts_->shared;
  return {shared.connections.total(), shared.streams.total(),
          static_cast<int>(parts_->queue.waiting()), shared.answered.load()};
}

}  // namespace conglang::server
