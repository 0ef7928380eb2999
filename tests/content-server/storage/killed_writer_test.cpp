// A process that writes is killed without warning: what it was told is kept, is kept.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "content-server/audit/verify_audit.h"
#include "content-server/storage/audit_anchor.h"
#include "content-server/storage/database.h"
#include "tests/support/office_folder.h"

namespace conglang::server {
namespace {

// Writes until it is killed, and tells after each write that it was kept. Every third is one
// of the fast kind.
[[noreturn]] void write_for_ever(const std::filesystem::path& file, int told) {
  auto database = Database::open(file, {}, Instant{});
  if (!database.ok()) ::_exit(1);
  for (int nth = 0;; ++nth) {
    const Status status = (*database)->write(
        nth % 3 == 0 ? Durability::crash : Durability::power_cut, [](const Stores& stores) {
          return stores.audit.append({Instant{}, "server", "office.tested", "office", {}, {}});
        });
    if (!status.ok() || ::write(told, "x", 1) != 1) ::_exit(1);
  }
}

// Kills the writer after it was told of `writes`; returns how many it was told of in all.
int run_and_kill(const std::filesystem::path& file, int writes) {
  int told[2] = {};
  EXPECT_EQ(::pipe(told), 0);
  const pid_t child = ::fork();
  if (child == 0) write_for_ever(file, told[1]);
  ::close(told[1]);
  int kept = 0;
  char byte = 0;
  while (kept < writes && ::read(told[0], &byte, 1) == 1) ++kept;
  ::kill(child, SIGKILL);
  while (::read(told[0], &byte, 1) == 1) ++kept;
  ::close(told[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  return kept;
}

TEST(KilledWriter, LosesNothingThatItWasToldIsKept) {
  OfficeFolder folder;
  const auto file = folder / "office.sqlite";
  std::int64_t told = 0;
  for (int round = 1; round <= 30; ++round) {
    told += run_and_kill(file, round * 2);

    auto database = Database::open(file, {}, Instant{});

    ASSERT_TRUE(database.ok()) << database.error().message;
    const auto anchor = read_audit_anchor(folder / "audit.anchor");
    const Status read = (*database)->read([&](const Stores& stores) -> Status {
      const auto verdict = verify_audit(stores.audit, *anchor);
      EXPECT_EQ(verdict->fault, std::nullopt);
      EXPECT_GE(verdict->entries, told);
      EXPECT_LE(verdict->entries, told + 1) << "at most one was kept and not told";
      told = verdict->entries;
      return {};
    });
    ASSERT_TRUE(read.ok());
  }
}

}  // namespace
}  // namespace conglang::server
