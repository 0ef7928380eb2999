#include "content-server/app/serve_command.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include <chrono>
#include <iostream>
#include <mutex>
#include <ostream>
#include <thread>
#include <vector>

#include "content-server/app/office_server.h"
#include "content-server/app/system_clock.h"
#include "content-server/app/terminal_qr.h"

namespace conglang::server {
namespace {

constexpr int kIoThreads = 2;
constexpr std::chrono::seconds kDrain{10};

int fail(const CommandStreams& streams, const Error& error) {
  streams.err << "conglang-server: " << error.message << "\n";
  return 1;
}

// The settings of the file, with those of the command line over them.
Result<Settings> effective_settings(const ServeOptions& options, const DataFolder& folder) {
  auto settings = read_settings(options.config.value_or(folder.settings()));
  if (!settings) return settings;
  if (options.listen) settings->listen = *options.listen;
  if (options.help_listen) settings->help_listen = *options.help_listen;
  if (options.public_address) settings->public_address = *options.public_address;
  if (Status checked = check_settings(*settings); !checked) return checked.error();
  return settings;
}

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

// Each kiosk holds a connection, and the usual soft limit is 1024. What the system allows is
// taken; when it allows no more, kiosks beyond it wait until others leave.
void allow_many_connections() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

void name_thread(const char* name) { pthread_setname_np(pthread_self(), name); }

void welcome(const OfficeServer& server, std::ostream& out) {
  if (!server.ca_fingerprint().empty()) {
    out << "certificate " << server.ca_fingerprint() << "\n";
  }
  if (!server.help_address().empty()) out << "help " << server.help_address() << "/\n";
  if (server.setup_code()) {
    const std::string link = server.address() + "/setup#" + *server.setup_code();
    out << "setup " << link << "\n";
    if (const auto code = terminal_qr(link)) out << *code;
    out << "The office is not set up yet. Open the address above, or scan it; the code in it "
           "works once, for 24 hours.\n";
  }
  out << "ready " << server.address() << std::endl;
}

// Returns after a signal came and everything has ended.
void run_threads(OfficeServer& server, const Settings& settings) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < kIoThreads; ++i) {
    threads.emplace_back([&server] {
      name_thread("http-io");
      server.http().run_io();
    });
  }
  for (std::int64_t i = 0; i < settings.worker_threads; ++i) {
    threads.emplace_back([&server] {
      name_thread("http-worker");
      server.http().run_worker();
    });
  }
  threads.emplace_back([&server](std::stop_token stop) {
    name_thread("housekeeper");
    server.housekeeper().run(stop);
  });
  const sigset_t signals = ending_signals();
  int signal = 0;
  sigwait(&signals, &signal);
  threads.back().request_stop();
  server.http().drain(kDrain);
}

}  // namespace

int run_serve(const ServeOptions& options, CommandStreams streams) {
  const DataFolder folder{options.data};
  const auto settings = effective_settings(options, folder);
  if (!settings) return fail(streams, settings.error());
  if (options.print_settings) {
    streams.out << write_settings(*settings);
    return 0;
  }
  ignore_broken_pipes();
  allow_many_connections();
  const sigset_t signals = ending_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const auto lock = lock_data_folder(folder);
  if (!lock) return fail(streams, lock.error());
  const SystemClock clock;
  std::mutex log_mutex;
  const auto log = [&log_mutex, &streams](const std::string& line) {
    const std::lock_guard held(log_mutex);
    streams.err << line << std::endl;
  };
  const auto server = OfficeServer::open(folder, *settings, clock, log);
  if (!server) return fail(streams, server.error());
  welcome(**server, streams.out);
  run_threads(**server, *settings);
  return 0;
}

}  // namespace conglang::server
