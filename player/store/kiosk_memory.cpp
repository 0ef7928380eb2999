#include "player/store/kiosk_memory.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "player/store/takedown_memory.h"
#include "playlists/trust/metadata_file.h"
#include "playlists/trust/read_metadata.h"
#include "playlists/trust/refresh.h"
#include "playlists/trust/signed_document.h"

namespace conglang::player {
namespace {

constexpr const char* kTakedownRole = "takedown";

// One fault for one cause: without a repository its documents are missing too.
void blame(std::vector<Fault>& faults, const Fault& fault) {
  const bool is_consequence = fault.kind == TrustFault::missing && !faults.empty();
  if (!is_consequence) faults.push_back(fault);
}

void tell_discarded(const TrustOutcome& trust, std::vector<Error>& memory_faults) {
  for (const Fault& fault : trust.discarded) memory_faults.push_back(to_error(fault));
}

// At the start nothing was asked for yet: that something is not kept is no fault.
std::vector<Fault> freezes_of(const TrustOutcome& trust) {
  std::vector<Fault> faults;
  if (trust.fault) faults.push_back(*trust.fault);
  faults.insert(faults.end(), trust.delegated_faults.begin(), trust.delegated_faults.end());
  std::erase_if(faults, [](const Fault& fault) { return fault.kind != TrustFault::freeze; });
  return faults;
}

bool is_same(const std::optional<KeptPublication>& kept, const KeptPublication& other) {
  return kept && kept->path == other.path && kept->document == other.document;
}

}  // namespace

KioskMemory::KioskMemory(StateFolder* data, std::string pinned_root,
                         std::optional<GroupId> group)
    : pinned_root_(std::move(pinned_root)), group_(std::move(group)) {
  if (data != nullptr) files_.emplace(*data, sha256(std::string_view(pinned_root_)));
}

// --- what is kept ---

void KioskMemory::recall_memory(std::vector<Error>& memory_faults) {
  if (std::exchange(is_recalled_, true)) return;
  trust_.state.root = pinned_root_;
  is_floor_lost_ = true;
  if (!files_) return;
  // That nothing is kept yet is no fault.
  const auto tell = [&](const Error& error) {
    if (error.kind != ErrorKind::missing) memory_faults.push_back(error);
  };
  if (auto trust = files_->load_trust()) {
    trust_ = std::move(*trust);
    saved_trust_ = trust_;
    is_floor_lost_ = false;
  } else {
    tell(trust.error());
  }
  if (auto publications = files_->load_publications()) {
    publications_ = std::move(*publications);
    saved_publications_ = publications_;
  } else {
    tell(publications.error());
  }
}

// Publications first: with the old trust beside them, the next start only asks again.
void KioskMemory::save(std::vector<Error>& memory_faults) {
  if (!files_) return;
  const auto keep = [&](const Status& saved) {
    if (!saved) memory_faults.push_back(saved.error());
    return saved.ok();
  };
  if (publications_ != saved_publications_ && keep(files_->save_publications(publications_))) {
    saved_publications_ = publications_;
  }
  if ((!saved_trust_ || *saved_trust_ != trust_) && keep(files_->save_trust(trust_))) {
    saved_trust_ = trust_;
  }
}

std::optional<LoadedPublication> KioskMemory::open(
    const std::optional<KeptPublication>& kept) const {
  return open_kept(kept, trust_.state.root, judged_at_);
}

std::optional<LoadedPublication> KioskMemory::newest() const {
  auto next = open(publications_.next);
  return next ? std::move(next) : open(publications_.current);
}

// After what is kept has changed: a signer who was removed proves nothing any more.
void KioskMemory::settle(Instant now) {
  judged_at_ = now;
  if (publications_.next && !open(publications_.next)) publications_.next.reset();
  const auto found = newest();
  reinstated_ = found ? found->publication.publication().reinstated : std::vector<TakedownId>{};
}

// --- time ---

Instant KioskMemory::now(const ClockReading& clock) const {
  return believed_time(trust_.floor, clock.now);
}

void KioskMemory::raise(Instant approved_at, const ClockReading& clock) {
  trust_.floor = raise_floor(trust_.floor, approved_at, clock);
}

// --- what is shown ---

HiddenTargets KioskMemory::hidden() const {
  return hidden_targets(trust_.takedowns, reinstated_);
}

LoadOutcome KioskMemory::show(const ClockReading& clock) {
  LoadOutcome outcome;
  outcome.floor = trust_.floor;
  outcome.now = now(clock);
  outcome.hidden = hidden();
  std::optional<GroupId> group = group_;
  const auto open_seen = [&](const std::optional<KeptPublication>& kept) {
    auto loaded = open(kept);
    if (!loaded) return loaded;
    if (!group) group = loaded->publication.publication().group;
    loaded->publication = loaded->publication.without(outcome.hidden);
    return loaded;
  };
  outcome.current = open_seen(publications_.current);
  outcome.previous = open_seen(publications_.previous);
  outcome.urgent = urgent_for(messages_, group, outcome.now);
  told_hidden_ = outcome.hidden;
  told_messages_ = messages_;
  return outcome;
}

LoadOutcome KioskMemory::start(const ClockReading& clock) {
  std::vector<Error> memory_faults;
  recall_memory(memory_faults);
  const TrustOutcome trust = recall(trust_.state, now(clock));
  tell_discarded(trust, memory_faults);
  if (trust.targets) {
    messages_ = read_urgent(*trust.targets, trust_.urgent, nullptr).messages;
  }
  settle(now(clock));
  if (const auto current = open(publications_.current); current && is_floor_lost_) {
    const auto& approved_at = current->publication.publication().approved_at;
    if (approved_at) raise(*approved_at, clock);
  }
  LoadOutcome outcome = show(clock);
  outcome.faults = freezes_of(trust);
  outcome.memory_faults = std::move(memory_faults);
  return outcome;
}

MemoryLook KioskMemory::look(MetadataSource& repository, const ClockReading& clock) {
  MemoryLook look;
  take_news(repository, clock, ReadFirst::kept, look);
  save(look.memory_faults);
  look.has_news = publications_.next.has_value();
  if (const auto found = newest()) {
    look.needed = asset_files(found->publication.without(hidden()).publication());
  }
  if (hidden() != told_hidden_ || messages_ != told_messages_) look.at_once = show(clock);
  return look;
}

LoadOutcome KioskMemory::adopt(const ClockReading& clock) {
  std::vector<Error> memory_faults;
  recall_memory(memory_faults);
  settle(now(clock));
  promote();
  save(memory_faults);
  LoadOutcome outcome = show(clock);
  outcome.memory_faults = std::move(memory_faults);
  return outcome;
}

LoadOutcome KioskMemory::load_at_once(MetadataSource& repository, const ClockReading& clock) {
  MemoryLook look;
  take_news(repository, clock, ReadFirst::repository, look);
  publications_.current_was_shown = publications_.next.has_value();
  promote();
  save(look.memory_faults);
  LoadOutcome outcome = show(clock);
  outcome.faults = std::move(look.faults);
  outcome.memory_faults = std::move(look.memory_faults);
  return outcome;
}

void KioskMemory::promote() {
  KeptPublications& kept = publications_;
  if (!kept.next) return;
  const bool takes_its_place = kept.current_was_shown || !kept.previous;
  if (kept.current && takes_its_place) kept.previous = std::move(kept.current);
  kept.current = std::exchange(kept.next, std::nullopt);
  kept.current_was_shown = false;
}

Status KioskMemory::confirm_shown() {
  if (!publications_.current || publications_.current_was_shown) return {};
  publications_.current_was_shown = true;
  if (!files_) return {};
  const Status saved = files_->save_publications(publications_);
  if (saved) saved_publications_ = publications_;
  return saved;
}

std::vector<TargetFile> KioskMemory::kept_files() const {
  std::vector<TargetFile> files;
  for (const auto* kept : {&publications_.current, &publications_.previous}) {
    const auto loaded = open(*kept);
    if (!loaded) continue;
    const auto more = asset_files(loaded->publication.publication());
    files.insert(files.end(), more.begin(), more.end());
  }
  return files;
}

std::int64_t KioskMemory::known_version() const {
  const auto loaded = newest();
  return loaded ? loaded->version : 0;
}

std::int64_t KioskMemory::shown_version() const {
  const auto loaded = open(publications_.current);
  return loaded ? loaded->version : 0;
}

std::int64_t KioskMemory::takedown_version() const {
  const auto kept = trust_.state.delegated.find(kTakedownRole);
  if (kept == trust_.state.delegated.end()) return 0;
  const auto document = read_signed_document(kept->second, Role::targets);
  if (!document) return 0;
  const auto list = read_targets(document->body);
  return list ? list->version : 0;
}

Result<RootMetadata> KioskMemory::root() const {
  auto opened = open_root(is_recalled_ ? trust_.state.root : pinned_root_);
  if (const auto* fault = std::get_if<Fault>(&opened)) return to_error(*fault);
  return std::get<TrustedFile<RootMetadata>>(std::move(opened)).metadata;
}

// --- what a repository says ---

void KioskMemory::take_news(MetadataSource& repository, const ClockReading& clock,
                            ReadFirst first, MemoryLook& look) {
  recall_memory(look.memory_faults);
  const TrustOutcome trust = refresh(trust_.state, repository, now(clock));
  trust_.state = trust.including_expired;
  tell_discarded(trust, look.memory_faults);
  if (trust.fault) look.faults.push_back(*trust.fault);
  look.faults.insert(look.faults.end(), trust.delegated_faults.begin(),
                     trust.delegated_faults.end());
  if (trust.targets) find_publication_in(*trust.targets, repository, clock, first, look);
  settle(now(clock));
  if (!trust.targets) return;
  hear_takedowns_in(*trust.targets, repository, look.faults);
  hear_urgent_in(*trust.targets, repository, clock, look.faults);
}

void KioskMemory::find_publication_in(const VerifiedTargets& targets,
                                      MetadataSource& repository, const ClockReading& clock,
                                      ReadFirst first, MemoryLook& look) {
  const auto path = find_publication(targets, group_);
  if (const auto* fault = std::get_if<Fault>(&path)) return blame(look.faults, *fault);
  const auto target =
      read_document(targets, std::get<std::string>(path), repository, first, look.faults);
  const auto opened = open_publication(target, targets.version());
  if (const auto* fault = std::get_if<Fault>(&opened)) return blame(look.faults, *fault);
  const auto& verified = std::get<VerifiedTarget>(target);
  take_publication({trust_.state.targets, verified.path(), verified.bytes()},
                   std::get<LoadedPublication>(opened).publication, clock);
}

TargetOrFault KioskMemory::read_document(const VerifiedTargets& targets,
                                         const std::string& path, MetadataSource& repository,
                                         ReadFirst first, std::vector<Fault>& faults) const {
  const auto read_from_kept = [&]() -> std::optional<VerifiedTarget> {
    for (const auto* kept : {&publications_.next, &publications_.current}) {
      if (!*kept || (*kept)->path != path) continue;
      auto target = read_kept(targets, **kept);
      if (auto* verified = std::get_if<VerifiedTarget>(&target)) return std::move(*verified);
    }
    return std::nullopt;
  };
  if (first == ReadFirst::kept) {
    if (auto kept = read_from_kept()) return std::move(*kept);
    return targets.read(path, repository);
  }
  auto target = targets.read(path, repository);
  const auto* fault = std::get_if<Fault>(&target);
  if (fault == nullptr) return target;
  auto kept = read_from_kept();
  if (!kept) return target;
  blame(faults, *fault);
  return std::move(*kept);
}

void KioskMemory::take_publication(KeptPublication fresh,
                                   const VerifiedPublication& publication,
                                   const ClockReading& clock) {
  KeptPublications& kept = publications_;
  const bool is_current = is_same(kept.current, fresh);
  const bool is_new = !is_current && !is_same(kept.next, fresh);
  const auto& approved_at = publication.publication().approved_at;
  if (approved_at && (is_new || is_floor_lost_)) raise(*approved_at, clock);
  is_floor_lost_ = false;
  (is_current ? kept.current : kept.next) = std::move(fresh);
  if (is_current) kept.next.reset();
}

void KioskMemory::hear_takedowns_in(const VerifiedTargets& targets, MetadataSource& repository,
                                    std::vector<Fault>& faults) {
  const auto is_of_role = [](const Fault& fault) { return fault.where == kTakedownRole; };
  const TargetFile* file = targets.find(kTakedownListPath);
  if (file == nullptr) {
    list_.reset();
    // Either its role is at fault, or nobody signs for a list: then nothing is listed.
    if (std::any_of(faults.begin(), faults.end(), is_of_role)) return;
  } else if (!list_ || list_->file != *file) {
    const auto target = targets.read(kTakedownListPath, repository);
    if (const auto* fault = std::get_if<Fault>(&target)) return blame(faults, *fault);
    auto acts = read_takedown_list(std::get<VerifiedTarget>(target).bytes());
    if (!acts) {
      return faults.push_back({TrustFault::malformed, file->path, acts.error().message});
    }
    list_ = ReadList{*file, std::move(*acts)};
  }
  auto heard =
      hear_takedowns(trust_.takedowns, list_ ? list_->acts : TakedownActs{}, reinstated_);
  trust_.takedowns = std::move(heard.seen);
  faults.insert(faults.end(), heard.faults.begin(), heard.faults.end());
}

void KioskMemory::hear_urgent_in(const VerifiedTargets& targets, MetadataSource& repository,
                                 const ClockReading& clock, std::vector<Fault>& faults) {
  UrgentNews news = read_urgent(targets, trust_.urgent, &repository);
  for (const Fault& fault : news.faults) blame(faults, fault);
  for (const UrgentMessage& message : news.messages) {
    if (!trust_.urgent.contains(urgent_path(message.id))) raise(message.approved_at, clock);
  }
  trust_.urgent = std::move(news.documents);
  messages_ = std::move(news.messages);
}

}  // namespace conglang::player
