// A tiny HTTP server on loopback that says, byte for byte, what a test wants.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>
#include <csignal>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace conglang::player {

template <auto Free>
struct FreeWith {
  template <typename T>
  void operator()(T* handle) const {
    Free(handle);
  }
};
using TestPkey = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using TestCertificate = std::unique_ptr<X509, FreeWith<X509_free>>;

// An authority and the certificate it gave to a server.
class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name = "test authority")
      : key_(make_key()), certificate_(make(nullptr, name, {-3600, 3600})) {}

  struct Days {
    long from_s = 0, until_s = 0;  // from now
  };

  TestCertificate sign(EVP_PKEY* key, const std::string& name, Days days) const {
    return make(key, name, days);
  }

  std::string pem() const {
    const std::unique_ptr<BIO, FreeWith<BIO_free_all>> memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), certificate_.get());
    char* bytes = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &bytes);
    return std::string(bytes, static_cast<std::size_t>(length));
  }

  static TestPkey make_key() { return TestPkey(EVP_EC_gen("P-256")); }

 private:
  // Of the authority itself when there is no key of a server.
  TestCertificate make(EVP_PKEY* key, const std::string& name, Days days) const {
    const bool is_authority = key == nullptr;
    TestCertificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), is_authority ? 1 : 2);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), days.from_s);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days.until_s);
    X509_set_pubkey(certificate.get(), is_authority ? key_.get() : key);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(),
                         is_authority ? subject : X509_get_subject_name(certificate_.get()));
    const std::string extension = is_authority ? "critical,CA:TRUE" : "IP:" + name;
    X509_EXTENSION* made = X509V3_EXT_conf_nid(
        nullptr, nullptr, is_authority ? NID_basic_constraints : NID_subject_alt_name,
        extension.c_str());
    X509_add_ext(certificate.get(), made, -1);
    X509_EXTENSION_free(made);
    X509_sign(certificate.get(), key_.get(), EVP_sha256());
    return certificate;
  }

  TestPkey key_;
  TestCertificate certificate_;
};

// One accepted connection, in the hands of the test's script.
class TestConnection {
 public:
  TestConnection(int socket, SSL* tls) : socket_(socket), tls_(tls) {}
  ~TestConnection() {
    if (tls_ != nullptr) SSL_free(tls_);
    ::close(socket_);
  }
  TestConnection(const TestConnection&) = delete;
  TestConnection& operator=(const TestConnection&) = delete;

  // Up to the empty line and, if it says how long, the body; empty at the end.
  std::string read_request() {
    std::string request;
    while (request.find("\r\n\r\n") == std::string::npos) {
      if (!read_more(request)) return {};
    }
    const std::size_t body = request.find("\r\n\r\n") + 4;
    const std::size_t said = request.find("Content-Length: ");
    const std::size_t length =
        said == std::string::npos ? 0 : std::stoul(request.substr(said + 16));
    while (request.size() < body + length && read_more(request)) {
    }
    return request;
  }

  bool send(const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const int count = static_cast<int>(bytes.size() - sent);
      const auto done = tls_ != nullptr ? SSL_write(tls_, bytes.data() + sent, count)
                                        : ::send(socket_, bytes.data() + sent,
                                                 bytes.size() - sent, MSG_NOSIGNAL);
      if (done <= 0) return false;
      sent += static_cast<std::size_t>(done);
    }
    return true;
  }

  // Until the other side has gone.
  void wait_for_end() {
    std::string ignored;
    while (read_more(ignored)) {
    }
  }

 private:
  bool read_more(std::string& bytes) {
    char block[4096];
    const auto got = tls_ != nullptr ? SSL_read(tls_, block, sizeof block)
                                     : ::recv(socket_, block, sizeof block, 0);
    if (got <= 0) return false;
    bytes.append(block, static_cast<std::size_t>(got));
    return true;
  }

  int socket_;
  SSL* tls_;
};

struct TestTls {
  TestPkey key;
  TestCertificate certificate;
};

class LoopbackServer {
 public:
  using Script = std::function<void(TestConnection&)>;

  explicit LoopbackServer(Script script, const TestTls* tls = nullptr)
      : script_(std::move(script)) {
    ::signal(SIGPIPE, SIG_IGN);
    if (tls != nullptr) {
      context_.reset(SSL_CTX_new(TLS_server_method()));
      SSL_CTX_use_certificate(context_.get(), tls->certificate.get());
      SSL_CTX_use_PrivateKey(context_.get(), tls->key.get());
    }
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    socklen_t length = sizeof address;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    ::listen(listening_, 16);
    accepting_ = std::thread([this] { accept_all(); });
  }

  ~LoopbackServer() {
    ended_ = true;
    ::shutdown(listening_, SHUT_RDWR);
    accepting_.join();
    ::close(listening_);
    for (std::thread& each : talking_) each.join();
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  int port() const { return port_; }
  std::string address() const {
    return (context_ ? "https" : "http") + ("://127.0.0.1:" + std::to_string(port_));
  }

 private:
  void accept_all() {
    while (!ended_) {
      const int socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      talking_.emplace_back([this, socket] { talk(socket); });
    }
  }

  void talk(int socket) {
    SSL* tls = nullptr;
    if (context_) {
      tls = SSL_new(context_.get());
      SSL_set_fd(tls, socket);
    }
    TestConnection connection(socket, tls);
    if (tls != nullptr && SSL_accept(tls) != 1) return;
    script_(connection);
  }

  Script script_;
  std::unique_ptr<SSL_CTX, FreeWith<SSL_CTX_free>> context_;
  int listening_ = -1;
  int port_ = 0;
  std::atomic<bool> ended_ = false;
  std::thread accepting_;
  std::vector<std::thread> talking_;
};

// Answers every request of every connection with the same bytes.
inline LoopbackServer::Script always(const std::string& answer) {
  return [answer](TestConnection& connection) {
    while (!connection.read_request().empty()) connection.send(answer);
  };
}

inline std::string http_answer(const std::string& body,
                               const std::string& type = "application/json",
                               const std::string& status = "200 OK") {
  return "HTTP/1.1 " + status + "\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace conglang::player
