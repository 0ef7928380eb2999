#include "content-server/http/connection_stream.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/rate_policy.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <utility>

namespace conglang::server {
namespace {

namespace beast = boost::beast;
using boost::system::error_code;
using TcpStream = beast::basic_stream<net::ip::tcp, net::any_io_executor>;
using TlsStream = beast::ssl_stream<TcpStream>;

template <typename Stream>
class StreamOf : public ConnectionStream {
 public:
  template <typename... Arguments>
  explicit StreamOf(Arguments&&... arguments)
      : stream_(std::forward<Arguments>(arguments)...) {}

  net::awaitable<std::size_t> read_some(std::span<char> into, MonotonicTime deadline) override {
    error_code fault;
    lowest().expires_at(deadline);
    const std::size_t count = co_await stream_.async_read_some(
        net::buffer(into.data(), into.size()), net::redirect_error(net::use_awaitable, fault));
    co_return fault ? 0 : count;
  }

  net::awaitable<std::size_t> write_some(std::string_view bytes,
                                         MonotonicTime deadline) override {
    error_code fault;
    lowest().expires_at(deadline);
    const std::size_t count =
        co_await stream_.async_write_some(net::buffer(bytes.data(), bytes.size()),
                                          net::redirect_error(net::use_awaitable, fault));
    co_return fault ? 0 : count;
  }

  void cut() override {
    error_code ignored;
    lowest().socket().cancel(ignored);
    lowest().close();
  }

 protected:
  TcpStream& lowest() { return beast::get_lowest_layer(stream_); }
  Stream stream_;
};

class PlainStream final : public StreamOf<TcpStream> {
 public:
  using StreamOf::StreamOf;

  net::awaitable<bool> shake_hands(MonotonicTime) override { co_return true; }

  net::awaitable<void> finish_writing(MonotonicTime) override {
    error_code ignored;
    lowest().socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    co_return;
  }

  bool is_secure() const override { return false; }
};

// The member context_ is before the stream in time: Asio copies what it needs from it.
net::ssl::context context_of(SSL_CTX* context) {
  SSL_CTX_up_ref(context);
  return net::ssl::context(context);
}

class SecureStream final : public StreamOf<TlsStream> {
 public:
  SecureStream(IoSocket socket, net::ssl::context context)
      : StreamOf(TcpStream(std::move(socket)), context) {}

  net::awaitable<bool> shake_hands(MonotonicTime deadline) override {
    error_code fault;
    lowest().expires_at(deadline);
    co_await stream_.async_handshake(net::ssl::stream_base::server,
                                     net::redirect_error(net::use_awaitable, fault));
    co_return !fault;
  }

  net::awaitable<void> finish_writing(MonotonicTime deadline) override {
    error_code ignored;
    lowest().expires_at(deadline);
    co_await stream_.async_shutdown(net::redirect_error(net::use_awaitable, ignored));
    lowest().socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
  }

  bool is_secure() const override { return true; }
};

}  // namespace

std::unique_ptr<ConnectionStream> plain_stream(IoSocket socket) {
  return std::make_unique<PlainStream>(std::move(socket));
}

std::unique_ptr<ConnectionStream> tls_stream(IoSocket socket, SSL_CTX* context) {
  return std::make_unique<SecureStream>(std::move(socket), context_of(context));
}

}  // namespace conglang::server
