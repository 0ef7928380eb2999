#include "player/sync/repository_sync.h"

#include <algorithm>
#include <utility>

namespace conglang::player {
namespace {

constexpr const char* kRepository = "repository";
constexpr const char* kFiles = "files";
constexpr const char* kMemory = "memory";

std::vector<SyncEvent> events_of(const std::vector<Fault>& faults) {
  std::vector<SyncEvent> events;
  events.reserve(faults.size());
  for (const Fault& fault : faults) {
    events.push_back({std::string(name_of(fault.kind)), kRepository, to_string(fault)});
  }
  return events;
}

std::vector<SyncEvent> events_of(const std::vector<Error>& errors) {
  std::vector<SyncEvent> events;
  events.reserve(errors.size());
  for (const Error& error : errors) events.push_back({"storage", kMemory, error.message});
  return events;
}

void append(std::vector<SyncEvent>& all, std::vector<SyncEvent> more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

RepositorySync::RepositorySync(Parts parts)
    : parts_(std::move(parts)),
      repository_(parts_.client),
      fetch_({parts_.client, parts_.store, parts_.fetch, parts_.chance}),
      look_(parts_.rules.look_period, parts_.chance),
      scrub_(parts_.rules.scrub_period, parts_.chance) {}

RepositoryNews RepositorySync::step(const ClockReading& clock, MonotonicTime now) {
  RepositoryNews news;
  if (look_.is_due(now)) look(clock, now, news);
  if (!others_bring_files_) fetch(now, news);
  if (!others_bring_files_) adopt_what_is_whole(clock, news);
  scrub(now, news);
  news.look_again = std::min(look_.next(now), scrub_.next(now));
  if (fetch_again_) news.look_again = std::min(news.look_again, *fetch_again_);
  return news;
}

// Also without news: a file of what is shown that was lost and came back was left out of the
// show until now.
void RepositorySync::adopt_what_is_whole(const ClockReading& clock, RepositoryNews& news) {
  if (!fetch_.is_whole()) {
    lacks_files_ = true;
    return;
  }
  if (!has_news_ && !lacks_files_) return;
  has_news_ = lacks_files_ = false;
  news.show = parts_.keeper.adopt(clock);
  pin();
}

void RepositorySync::look(const ClockReading& clock, MonotonicTime now, RepositoryNews& news) {
  KeeperLook found = parts_.keeper.look(repository_, clock);
  const auto failure = repository_.take_failure();
  if (failure) {
    // What lay on the way is the cause; what the verifier says of it is only the consequence.
    look_.failed(now, failure->retry_after);
    const SyncEvent event{std::string(to_string(failure->kind)), kRepository, failure->message};
    const bool is_our_end = failure->kind == HttpFault::stopped;
    if (!is_our_end) append(news.events, ledger_.tell(kRepository, {event}));
  } else {
    look_.succeeded(now);
    append(news.events, ledger_.tell(kRepository, events_of(found.faults)));
  }
  append(news.events, ledger_.tell(kMemory, events_of(found.memory_faults)));
  const bool is_sure = !failure && found.faults.empty();
  take(std::move(found), news);
  if (!is_sure || others_bring_files_) return;
  if (Status tidied = fetch_.tidy(); !tidied) {
    tell_files({{"storage", tidied.error().message}}, news);
  }
}

void RepositorySync::take(KeeperLook found, RepositoryNews& news) {
  if (found.at_once) {
    news.show = std::move(found.at_once);
    news.at_once = true;
  }
  has_news_ = found.has_news;
  needed_ = std::move(found.needed);
  pin();
  if (!others_bring_files_) fetch_.want(needed_);
}

void RepositorySync::pin() {
  std::vector<TargetFile> files = parts_.keeper.kept_files();
  files.insert(files.end(), needed_.begin(), needed_.end());
  parts_.store.pin(files);
}

void RepositorySync::fetch(MonotonicTime now, RepositoryNews& news) {
  const FetchNews fetched = fetch_.step(now);
  fetch_again_ = fetched.look_again;
  if (!fetched.faults.empty()) tell_files(fetched.faults, news);
  if (fetched.file_arrived && fetch_.is_whole()) tell_files({}, news);
}

void RepositorySync::tell_files(const std::vector<FetchFault>& faults, RepositoryNews& news) {
  std::vector<SyncEvent> events;
  events.reserve(faults.size());
  for (const FetchFault& fault : faults) events.push_back({fault.name, kFiles, fault.message});
  append(news.events, ledger_.tell(kFiles, events));
}

void RepositorySync::scrub(MonotonicTime now, RepositoryNews& news) {
  if (!scrub_.is_due(now)) return;
  scrub_.succeeded(now);
  const auto scrubbed = parts_.store.scrub(parts_.rules.scrub_bytes);
  if (!scrubbed) {
    news.events.push_back({"storage", kFiles, scrubbed.error().message});
  } else if (scrubbed->damaged) {
    news.events.push_back({"damaged", kFiles, scrubbed->damaged->hex()});
    fetch_again_ = now;
  }
}

void RepositorySync::leave_files_to_others() {
  others_bring_files_ = true;
  fetch_.want({});
  fetch_again_.reset();
}

void RepositorySync::take_files_back() {
  others_bring_files_ = false;
  has_news_ = lacks_files_ = false;  // they have shown what they completed
  fetch_.want(needed_);
  look_.retry();
}

void RepositorySync::report_damaged(const Sha256Digest& sha256) {
  // When it cannot be taken away, its bytes are still refused wherever it is opened.
  static_cast<void>(parts_.store.drop(sha256));
}

}  // namespace conglang::player
