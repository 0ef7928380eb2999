#include "player/sync/stick_import.h"

#include <algorithm>
#include <utility>

namespace conglang::player {
namespace {

constexpr const char* kStick = "stick";

// Whoever signed it is our office: the rest can be wrong with any copy that lay in a drawer.
bool is_signed_by_ours(const std::vector<Fault>& faults) {
  return std::ranges::all_of(faults, [](const Fault& fault) {
    return fault.kind == TrustFault::freeze || fault.kind == TrustFault::rollback;
  });
}

}  // namespace

ImportNews StickImport::step(const ClockReading& clock, std::int64_t most_bytes) {
  ImportNews news;
  if (!is_over_) {
    if (!found_) {
      look(clock, news);
    } else if (copy_ || !waiting_.empty()) {
      copy(most_bytes, news);
    } else {
      finish(clock, news);
    }
  }
  news.is_over = is_over_;
  news.copied = copied_;
  news.whole = whole_;
  news.is_ours = is_ours_;
  return news;
}

KeeperLook StickImport::look_at_metadata(const ClockReading& clock, ImportNews& news) {
  KeeperLook found = parts_.keeper.look(repository_, clock);
  if (found.at_once) {
    news.show = std::move(found.at_once);
    news.at_once = true;
  }
  return found;
}

void StickImport::look(const ClockReading& clock, ImportNews& news) {
  found_ = look_at_metadata(clock, news);
  for (const Fault& fault : found_->faults) {
    news.events.push_back({std::string(name_of(fault.kind)), kStick, to_string(fault)});
  }
  for (const Error& error : found_->memory_faults) {
    news.events.push_back({"storage", kStick, error.message});
  }
  is_ours_ = is_signed_by_ours(found_->faults);
  if (!is_ours_) {
    is_over_ = true;  // what was found before is the network's to fetch
    return;
  }
  std::vector<TargetFile> pins = parts_.keeper.kept_files();
  pins.insert(pins.end(), found_->needed.begin(), found_->needed.end());
  parts_.store.pin(pins);
  const auto missing = parts_.store.missing(found_->needed);
  lacked_files_ = !missing.empty();
  StickPlan plan = plan_copies(missing, look_at_stick(parts_.stick, missing));
  for (const TargetFile& file : plan.copy) whole_ += file.length;
  waiting_ = std::move(plan.copy);
  std::reverse(waiting_.begin(), waiting_.end());
  lacking_ = std::move(plan.lacking);
}

void StickImport::copy(std::int64_t most_bytes, ImportNews& news) {
  if (!copy_) {
    const TargetFile& file = waiting_.back();
    if (Status room = parts_.store.make_room(file); !room) {
      return end(news, room.error().code.empty() ? "storage" : room.error().code,
                 room.error().message);
    }
    copy_ = std::make_unique<StickCopy>(parts_.stick, parts_.store.begin(file));
  }
  const auto done = copy_->step(most_bytes);
  if (!done) {
    const Error& error = done.error();
    parts_.store.paused(copy_->download());
    copy_.reset();
    return end(news, error.code.empty() ? to_string(error.kind) : error.code, error.message);
  }
  if (!*done) return;
  parts_.store.arrived(copy_->download());
  copied_ += copy_->download().file().length;
  copy_.reset();
  waiting_.pop_back();
}

void StickImport::finish(const ClockReading& clock, ImportNews& news) {
  if (!lacking_.empty()) {
    is_over_ = true;
    if (!found_->faults.empty()) return;  // an old stick: what it lacks is no fault of its own
    return end(news, "missing",
               std::to_string(lacking_.size()) + " files are not on the stick, among them " +
                   lacking_.front().path);
  }
  is_over_ = true;
  // Files of what is shown that were lost come from a stick as well as from the network.
  if (!found_->has_news && !lacked_files_) return;
  // The network may have found a newer one meanwhile, whose files are not all here.
  const KeeperLook now = look_at_metadata(clock, news);
  if (now.has_news != found_->has_news || !parts_.store.missing(now.needed).empty()) return;
  news.show = parts_.keeper.adopt(clock);
  parts_.store.pin(parts_.keeper.kept_files());
}

void StickImport::end(ImportNews& news, const std::string& name, const std::string& words) {
  is_over_ = true;
  news.events.push_back({name, kStick, words});
}

}  // namespace conglang::player
