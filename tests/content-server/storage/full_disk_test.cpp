// The disk is full in the middle of a shared commit: each writer is told the truth.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "content-server/audit/verify_audit.h"
#include "tests/support/office_database.h"

namespace conglang::server {
namespace {

// No file of this process grows beyond `bytes`, as on a full disk, until the end of the scope.
class FullDisk {
 public:
  explicit FullDisk(std::uintmax_t bytes) {
    previous_signal_ = ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &previous_);
    rlimit limited = previous_;
    limited.rlim_cur = bytes;
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limited), 0);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &previous_);
    ::signal(SIGXFSZ, previous_signal_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit previous_{};
  void (*previous_signal_)(int) = SIG_DFL;
};

std::int64_t whole_entries(Database& database) {
  std::int64_t entries = 0;
  const Status read = database.read([&](const Stores& stores) -> Status {
    const auto verdict = verify_audit(stores.audit, {});
    EXPECT_EQ(verdict->fault, std::nullopt);
    entries = verdict->entries;
    return {};
  });
  EXPECT_TRUE(read.ok());
  return entries;
}

TEST(FullDisk, KeepsExactlyWhatItSaidItKept) {
  constexpr int kThreads = 16, kWrites = 12;
  OfficeDatabase database;
  const std::string large(200 << 10, 'x');  // so that one group does not fit into the cache
  std::atomic<int> kept = 0, refused = 0;
  const auto write = [&](Durability durability) {
    const Status status = database->write(durability, [&](const Stores& stores) {
      return stores.audit.append({Instant{}, "server", "office.tested", "office", {}, large});
    });
    ++(status.ok() ? kept : refused);
    EXPECT_TRUE(status.ok() || status.error().kind == ErrorKind::storage);
  };
  {
    const FullDisk full(16 << 20);
    std::latch start(kThreads);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        start.arrive_and_wait();
        for (int nth = 0; nth < kWrites; ++nth) {
          write(thread == 0 ? Durability::power_cut : Durability::crash);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

  EXPECT_GT(kept, 0);
  EXPECT_GT(refused, 0);
  EXPECT_EQ(whole_entries(*database), kept);
  write(Durability::power_cut);
  database.open_again();
  EXPECT_EQ(whole_entries(*database), kept) << "and goes on when there is room again";
}

}  // namespace
}  // namespace conglang::server
