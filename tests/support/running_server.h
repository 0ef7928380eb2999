// A real HTTP server on a port that the system chose, with its threads, for one test.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "content-server/http/http_server.h"
#include "playlists/base/mutex.h"
#include "tests/support/http_client.h"

namespace conglang::server {

// The clock of the machine: a test of sockets cannot do without.
class RealClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
  }
  MonotonicTime monotonic() const override { return std::chrono::steady_clock::now(); }
};

// Limits small enough for a test to meet them, large enough for a busy machine.
inline HttpSettings test_settings() {
  HttpSettings settings;
  settings.listeners = {Listener{}};
  settings.limits.stream_retry = std::chrono::milliseconds{100};
  return settings;
}

// Requires: `routes` outlives it.
class RunningServer {
 public:
  explicit RunningServer(const Routes& routes, HttpSettings settings = test_settings(),
                         int workers = 2) {
    ignore_broken_pipes();
    if (settings.upload_folder.empty()) settings.upload_folder = make_folder();
    auto created = HttpServer::create(std::move(settings), routes,
                                      {clock_, [this](const std::string& line) { log(line); }});
    if (!created) {
      ADD_FAILURE() << created.error().message;
      return;
    }
    server_ = std::move(*created);
    for (int i = 0; i < 2; ++i) threads_.emplace_back([this] { server_->run_io(); });
    for (int i = 0; i < workers; ++i) threads_.emplace_back([this] { server_->run_worker(); });
  }
  ~RunningServer() {
    if (server_ != nullptr) server_->drain(std::chrono::seconds{5});
    threads_.clear();
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  HttpServer& operator*() { return *server_; }
  HttpServer* operator->() { return server_.get(); }
  std::uint16_t port(std::size_t listener = 0) const { return server_->ports().at(listener); }
  const std::filesystem::path& folder() const { return folder_; }

  // Waits until the server says so itself; false after 30 s.
  template <typename Condition>
  bool comes_to(Condition condition) {
    for (int i = 0; i < 3000; ++i) {
      if (condition(server_->load())) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return false;
  }

  std::vector<std::string> logged() {
    const MutexLock lock(mutex_);
    return lines_;
  }

 private:
  std::filesystem::path make_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "gate-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    return folder_;
  }
  void log(const std::string& line) {
    const MutexLock lock(mutex_);
    lines_.push_back(line);
  }

  RealClock clock_;
  Mutex mutex_;
  std::vector<std::string> lines_ CONGLANG_GUARDED_BY(mutex_);
  std::filesystem::path folder_;
  std::unique_ptr<HttpServer> server_;
  std::vector<std::jthread> threads_;
};

}  // namespace conglang::server
