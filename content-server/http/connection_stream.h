// The bytes of one connection, with or without TLS, each wait with its deadline.
// For this room only: it shows Boost.Asio.
#pragma once

#include <openssl/ssl.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <memory>
#include <span>
#include <string_view>

#include "content-server/http/http_settings.h"
#include "playlists/base/time.h"

namespace conglang::server {

namespace net = boost::asio;
using IoStrand = net::strand<net::io_context::executor_type>;
using IoSocket = net::basic_stream_socket<net::ip::tcp, net::any_io_executor>;

// Threads: its own strand only; one read and one write at a time.
class ConnectionStream {
 public:
  virtual ~ConnectionStream() = default;

  // False when the other side fails or is late.
  virtual net::awaitable<bool> shake_hands(MonotonicTime deadline) = 0;

  // 0 when the other side is gone, or late: then the connection is cut, and nothing can be
  // sent any more.
  virtual net::awaitable<std::size_t> read_some(std::span<char> into,
                                                MonotonicTime deadline) = 0;

  // Some of `bytes`; 0 when the other side is gone or late.
  virtual net::awaitable<std::size_t> write_some(std::string_view bytes,
                                                 MonotonicTime deadline) = 0;

  // Says in the protocol's own way that nothing more comes.
  virtual net::awaitable<void> finish_writing(MonotonicTime deadline) = 0;

  // Ends every wait at once.
  virtual void cut() = 0;

  virtual bool is_secure() const = 0;
};

std::unique_ptr<ConnectionStream> plain_stream(IoSocket socket);

// Takes a reference of its own to `context`.
std::unique_ptr<ConnectionStream> tls_stream(IoSocket socket, SSL_CTX* context);

}  // namespace conglang::server
