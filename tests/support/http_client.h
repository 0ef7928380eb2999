// A plain blocking HTTP client for tests: it sends exactly the bytes it is told to.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conglang::server {

struct HttpAnswer {
  int status = 0;                              // 0: the connection ended before an answer
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  bool is_complete = false;  // as long as its Content-Length says

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
  }
};

// One connection to 127.0.0.1. Every wait ends after `patience_ms`.
class HttpClient {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  explicit HttpClient(std::uint16_t port, int patience_ms = 30'000)
      : patience_ms_(patience_ms), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_open_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~HttpClient() {
    if (tls_ != nullptr) SSL_free(tls_);
    if (tls_context_ != nullptr) SSL_CTX_free(tls_context_);
    close();
  }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Speaks TLS from here on; with `ca_pem`, the server must be `name` by that authority.
  bool start_tls(const std::string& ca_pem = {}, const std::string& name = {}) {
    tls_context_ = SSL_CTX_new(TLS_client_method());
    if (!ca_pem.empty() && !trust(ca_pem)) return false;
    tls_ = SSL_new(tls_context_);
    if (!ca_pem.empty()) {
      SSL_set_verify(tls_, SSL_VERIFY_PEER, nullptr);
      X509_VERIFY_PARAM* const rule = SSL_get0_param(tls_);
      if (X509_VERIFY_PARAM_set1_ip_asc(rule, name.c_str()) != 1) {
        X509_VERIFY_PARAM_set1_host(rule, name.c_str(), name.size());
      }
    }
    SSL_set_fd(tls_, socket_);
    return SSL_connect(tls_) == 1;
  }
  SSL* tls() { return tls_; }

  bool is_open() const { return is_open_; }
  int socket() const { return socket_; }
  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count =
          tls_ != nullptr
              ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
              : static_cast<int>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  HttpAnswer ask(std::string_view method, std::string_view target, const Headers& headers = {},
                 std::string_view body = {}) {
    std::string request(method);
    request.append(" ").append(target).append(" HTTP/1.1\r\nHost: gate.local\r\n");
    for (const auto& [name, value] : headers) {
      request.append(name).append(": ").append(value).append("\r\n");
    }
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    request.append("\r\n").append(body);
    send(request);
    return read_answer(method == "HEAD");
  }
  HttpAnswer get(std::string_view target, const Headers& headers = {}) {
    return ask("GET", target, headers);
  }

  HttpAnswer read_answer(bool is_head = false) {
    HttpAnswer answer;
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!receive()) return answer;
    }
    read_head(received_.substr(0, end), answer);
    received_.erase(0, end + 4);
    if (answer.status == 100) return answer;
    const bool has_none = is_head || answer.status == 204 || answer.status == 304;
    const std::string length = answer.header("content-length");
    if (!has_none && length.empty()) return answer;  // a stream: read_some() goes on
    const std::size_t wanted = has_none ? 0 : std::stoull(length);
    while (received_.size() < wanted && receive()) {
    }
    answer.body = received_.substr(0, wanted);
    received_.erase(0, answer.body.size());
    answer.is_complete = answer.body.size() == wanted;
    return answer;
  }

  // What has come of a stream, at least until it contains `text`; all there is when it ends.
  std::string read_until(std::string_view text) {
    std::size_t at = 0;
    while ((at = received_.find(text)) == std::string::npos) {
      if (!receive()) return std::exchange(received_, {});
    }
    std::string taken = received_.substr(0, at + text.size());
    received_.erase(0, taken.size());
    return taken;
  }

  // True when the server ended the connection (within the patience); drops what comes.
  bool is_ended_by_server() {
    while (receive()) received_.clear();
    return is_ended_;
  }

 private:
  bool trust(const std::string& ca_pem) {
    BIO* const bio = BIO_new_mem_buf(ca_pem.data(), static_cast<int>(ca_pem.size()));
    X509* const ca = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    if (ca == nullptr) return false;
    const bool is_added = X509_STORE_add_cert(SSL_CTX_get_cert_store(tls_context_), ca) == 1;
    X509_free(ca);
    return is_added;
  }

  bool receive() {
    pollfd wait{socket_, POLLIN, 0};
    const bool has_some = tls_ != nullptr && SSL_pending(tls_) > 0;
    if (!has_some && ::poll(&wait, 1, patience_ms_) != 1) return false;
    std::array<char, 65536> bytes{};
    const auto count = tls_ != nullptr
                           ? SSL_read(tls_, bytes.data(), static_cast<int>(bytes.size()))
                           : static_cast<int>(::recv(socket_, bytes.data(), bytes.size(), 0));
    if (count <= 0) {
      is_ended_ = true;
      return false;
    }
    received_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }

  static void read_head(std::string_view head, HttpAnswer& answer) {
    answer.status = head.size() > 12 ? std::atoi(std::string(head.substr(9, 3)).c_str()) : 0;
    std::size_t line = head.find("\r\n");
    while (line != std::string_view::npos) {
      const std::size_t next = head.find("\r\n", line + 2);
      const std::string_view field = head.substr(line + 2, next - line - 2);
      const std::size_t colon = std::min(field.find(": "), field.size());
      std::string name(field.substr(0, colon));
      std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      });
      answer.headers[name] = field.substr(std::min(colon + 2, field.size()));
      line = next;
    }
  }

  int patience_ms_;
  int socket_;
  bool is_open_ = false;
  bool is_ended_ = false;
  SSL* tls_ = nullptr;
  SSL_CTX* tls_context_ = nullptr;
  std::string received_;
};

}  // namespace conglang::server
