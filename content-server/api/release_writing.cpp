#include "content-server/api/release_writing.h"

#include <string>
#include <vector>

#include "content-server/api/publishing_bodies.h"

namespace conglang::server {
namespace {

constexpr int kEveryRelease = 1000;

Status write_as(Transactions& transactions, const std::string& actor, const Clock& clock,
                const std::function<Status(const PublishingDesk&)>& work) {
  return transactions.write(Durability::power_cut, [&](const Stores& stores) {
    return work(publishing_desk_of(stores, actor, clock.now()));
  });
}

}  // namespace

Status write_out(Transactions& transactions, const OfficeRepository& repository,
                 const Release& release, const std::string& actor, const Clock& clock) {
  const Status written = repository.write_release(release, clock.now());
  const Status noted =
      write_as(transactions, actor, clock, [&](const PublishingDesk& desk) -> Status {
        if (written) return finish_release(desk, release.version);
        return give_up_release(desk, release.version, written.error().message);
      });
  return written ? noted : written;
}

Status resume_releases(Transactions& transactions, const OfficeRepository& repository,
                       const Clock& clock, Instant approved_before) {
  std::vector<Release> unfinished;
  const Status read = transactions.read([&](const Stores& stores) -> Status {
    const auto releases = stores.releases.releases(kEveryRelease);
    if (!releases) return releases.error();
    for (const Release& release : *releases) {
      if (release.state == ReleaseState::approved && release.approved_at < approved_before) {
        unfinished.push_back(release);
      }
    }
    return {};
  });
  if (!read || unfinished.empty()) return read;
  const auto state = repository.published(clock.now());
  if (!state) return state.error();
  for (const Release& release : unfinished) {
    Status done;
    switch (judge_unfinished(release, state->version())) {
      case Unfinished::finish:
        done = write_as(transactions, "server", clock, [&](const PublishingDesk& desk) {
          return finish_release(desk, release.version);
        });
        break;
      case Unfinished::write_again:
        done = write_out(transactions, repository, release, "server", clock);
        break;
      case Unfinished::give_up:
        done = write_as(transactions, "server", clock, [&](const PublishingDesk& desk) {
          return give_up_release(desk, release.version, "another release came in between");
        });
        break;
    }
    // What could not be written was given up, and waits for an approver again.
    if (!done && done.error().kind == ErrorKind::storage) return done;
  }
  return {};
}

}  // namespace conglang::server
