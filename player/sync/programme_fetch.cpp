#include "player/sync/programme_fetch.h"

#include <algorithm>
#include <utility>

namespace conglang::player {
namespace {

// A file that came whole and wrong so often will be wrong again: it costs the link of a
// village each time.
constexpr int kMostWrongHashes = 3;
constexpr Milliseconds kAfterWrongHashes{6 * 60 * 60 * 1000};

bool is_among(const std::vector<TargetFile>& files, const Sha256Digest& digest) {
  return std::any_of(files.begin(), files.end(),
                     [&](const TargetFile& file) { return file.sha256 == digest; });
}

}  // namespace

ProgrammeFetch::ProgrammeFetch(Parts parts)
    : parts_(std::move(parts)), link_(Milliseconds{0}, parts_.chance) {}

void ProgrammeFetch::want(std::vector<TargetFile> files) {
  wanted_ = std::move(files);
  if (fetch_ && !is_among(wanted_, fetch_->download().file().sha256)) {
    parts_.store.paused(fetch_->download());
    fetch_.reset();
  }
  std::erase_if(troubles_, [&](const auto& each) { return !is_among(wanted_, each.first); });
  std::erase_if(etags_, [&](const auto& each) { return !is_among(wanted_, each.first); });
}

bool ProgrammeFetch::is_whole() const {
  return std::all_of(wanted_.begin(), wanted_.end(),
                     [&](const TargetFile& file) { return parts_.store.holds(file); });
}

FetchProgress ProgrammeFetch::progress() const {
  FetchProgress progress;
  for (const TargetFile& file : wanted_) progress.whole += file.length;
  progress.done = progress.whole;
  for (const TargetFile& file : parts_.store.missing(wanted_)) {
    ++progress.files_missing;
    progress.done -= file.length;
    if (fetch_ && fetch_->download().file() == file) progress.done += fetch_->held();
  }
  return progress;
}

FetchNews ProgrammeFetch::step(MonotonicTime now) {
  FetchNews news;
  if (!fetch_) {
    const auto file = choose(now);
    if (!file || !start(*file, now, news)) {
      news.look_again = next_attempt(now);
      return news;
    }
  }
  const bool was_hashing = !fetch_->is_asking();
  if (fetch_->step()) {
    end(now, news);
    news.look_again = next_attempt(now);
  } else if (was_hashing) {
    news.look_again = now;
  }
  return news;
}

// The smallest need first, of those whose time it is.
std::optional<TargetFile> ProgrammeFetch::choose(MonotonicTime now) {
  if (!link_.is_due(now) || now < paced_until_) return std::nullopt;
  for (TargetFile& file : parts_.store.missing(wanted_)) {
    const auto trouble = troubles_.find(file.sha256);
    if (trouble == troubles_.end() || trouble->second.not_before <= now) return std::move(file);
  }
  return std::nullopt;
}

bool ProgrammeFetch::start(const TargetFile& file, MonotonicTime now, FetchNews& news) {
  if (Status room = parts_.store.make_room(file); !room) {
    const Error& error = room.error();
    const FetchFault fault{error.code.empty() ? "storage" : error.code, error.message};
    remember(file, fault, now);
    news.faults.push_back(fault);
    return false;
  }
  fetch_ = std::make_unique<ContentFetch>(parts_.client, parts_.store.begin(file), parts_.rules,
                                          etags_[file.sha256]);
  began_ = now;
  held_before_ = fetch_->held();
  return true;
}

void ProgrammeFetch::keep_pace(std::int64_t bytes) {
  const std::int64_t cap = parts_.rules.most_bytes_per_second;
  if (cap <= 0 || bytes <= 0) return;
  paced_until_ = began_ + Milliseconds{bytes * 1000 / cap};
}

void ProgrammeFetch::end(MonotonicTime now, FetchNews& news) {
  const std::unique_ptr<ContentFetch> ended = std::exchange(fetch_, nullptr);
  const TargetFile& file = ended->download().file();
  keep_pace(ended->held() - held_before_);
  if (const auto& fault = ended->fault()) {
    parts_.store.paused(ended->download());
    etags_[file.sha256] = ended->etag();
    if (fault->is_of_link) {
      link_.failed(now, fault->retry_after);
    } else {
      remember(file, *fault, now);
    }
    news.faults.push_back(*fault);
    return;
  }
  parts_.store.arrived(ended->download());
  troubles_.erase(file.sha256);
  etags_.erase(file.sha256);
  link_.succeeded(now);
  news.file_arrived = true;
}

void ProgrammeFetch::remember(const TargetFile& file, const FetchFault& fault,
                              MonotonicTime now) {
  Trouble& trouble = troubles_[file.sha256];
  ++trouble.failures;
  if (fault.name == "wrong-hash") ++trouble.wrong_hashes;
  Milliseconds wait = wait_after(trouble.failures, parts_.chance());
  if (trouble.wrong_hashes >= kMostWrongHashes) wait = kAfterWrongHashes;
  trouble.not_before = now + std::max(wait, fault.retry_after.value_or(Milliseconds{0}));
}

std::optional<MonotonicTime> ProgrammeFetch::next_attempt(MonotonicTime now) const {
  std::optional<MonotonicTime> next;
  for (const TargetFile& file : parts_.store.missing(wanted_)) {
    MonotonicTime due = std::max(link_.next(now), paced_until_);
    const auto trouble = troubles_.find(file.sha256);
    if (trouble != troubles_.end()) due = std::max(due, trouble->second.not_before);
    next = std::min(next.value_or(due), due);
  }
  return next;
}

}  // namespace conglang::player
