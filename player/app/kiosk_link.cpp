#include "player/app/kiosk_link.h"

#include <pthread.h>

#include <algorithm>
#include <random>
#include <thread>
#include <utility>

#include "player/app/program_name.h"
#include "player/app/programme_events.h"
#include "player/app/stick_card.h"
#include "player/handoff/bounded_queue.h"
#include "player/platform/time_synchronised.h"
#include "player/programme/judge_clock.h"
#include "player/sync/curl_client.h"
#include "playlists/base/uuid.h"

namespace conglang::player {
namespace {

constexpr Milliseconds kLongestRest{1000};  // then the clock and the glass are looked at again
constexpr Milliseconds kFirstLook{1500};
constexpr std::chrono::seconds kStickCardTime{10};

std::string fresh_id(Instant now) {
  std::random_device random;
  const auto word = [&random] { return (std::uint64_t{random()} << 32) | random(); };
  return make_uuid7(now, word(), word());
}

Chance real_chance() {
  return [engine = std::mt19937_64(std::random_device()())]() mutable {
    return std::uniform_real_distribution<double>(0, 1)(engine);
  };
}

Result<std::unique_ptr<HttpClient>> open_client(const Enrolment& enrolment) {
  CurlSettings settings;
  settings.address = enrolment.server;
  settings.authorities_pem = enrolment.authorities_pem;
  settings.believes_system_too = enrolment.authorities_pem.empty();
  return open_curl_client(settings);
}

std::vector<std::string> stick_folders(const RunOptions& options) {
  std::vector<std::string> folders = options.sticks;
  std::erase(folders, "none");
  return folders;
}

}  // namespace

KioskLink::KioskLink(KioskLinkParts parts)
    : parts_(parts),
      run_(fresh_id(parts.clock.now())),
      began_(parts.clock.monotonic()),
      keeper_({parts.folder, parts.store, parts.enrolment.root, parts.enrolment.group}),
      commands_(parts.folder),
      words_({parts.enrolment, parts.key, parts.folder, parts.clock, commands_, random_bytes,
              [this](Instant now) { return facts(now); }, [this] { return keeper_.root(); },
              is_time_synchronised}),
      pictures_(parts.options.show.data_dir + "/pictures"),
      records_(parts.options.show.data_dir, parts.enrolment.kiosk, parts.key, parts.folder),
      desk_({parts.clock, parts.enrolment, parts.folder, commands_, pictures_,
             parts.options.show.mute, [this](const SyncEvent& event) { tell(event); }}) {}

ClockTrust KioskLink::trust() const {
  const bool known = is_time_synchronised() || parts_.clock.is_set();
  return judge_clock(known, parts_.clock.now(), floor_);
}

LoadOutcome KioskLink::start() {
  LoadOutcome outcome = keeper_.start({parts_.clock.now(), is_time_synchronised()});
  floor_ = outcome.floor;
  urgent_.replace(outcome.urgent);
  if (const auto event = event_of(outcome.memory_faults)) parts_.events.print(*event);
  if (!outcome.current) return outcome;
  const MutexLock lock(begin_mutex_);
  shown_ = pair_of(outcome);
  return outcome;
}

ProgrammePair KioskLink::pair_of(const LoadOutcome& outcome) {
  const std::string folder = parts_.options.show.data_dir + "/repository";
  const AssetPaths assets = find_assets(RepositoryFiles(folder), outcome);
  return {programme_of(outcome.current, assets, parts_.events),
          programme_of(outcome.previous, assets, parts_.events), trust(), outcome.floor};
}

// What the disk has, unless something newer has come already.
void KioskLink::begin(ShowControl& show) {
  const MutexLock lock(begin_mutex_);
  if (std::exchange(has_begun_, true) || !shown_) return;
  show.adopt(*shown_, Adoption::at_boundary);
}

void KioskLink::adopt(ProgrammePair pair, Adoption adoption, ShowControl& show) {
  const MutexLock lock(begin_mutex_);
  has_begun_ = true;
  shown_ = std::move(pair);
  show.adopt(*shown_, adoption);
}

void KioskLink::run(std::stop_token stop, ShowControl& show) {
  auto client = open_client(parts_.enrolment);
  if (!client) {
    return parts_.events.print(
        {EventKind::unsupported, parts_.enrolment.server, client.error().message});
  }
  const std::stop_callback hang_up(stop, [&client] { (*client)->stop(); });
  const std::jthread beginning([this, &show](const std::stop_token& ends) {
    pthread_setname_np(pthread_self(), "first-look");
    BoundedQueue<bool> nobody_pushes(1);  // to wait on, until the end is asked for
    (void)nobody_pushes.pop(ends, kFirstLook);
    begin(show);
  });
  talk(**client, stop, show);
}

void KioskLink::talk(HttpClient& client, const std::stop_token& stop, ShowControl& show) {
  RepositoryRules rules;
  rules.look_period = parts_.options.look_period;
  OfficeRules office_rules;
  office_rules.heartbeat_period = parts_.options.heartbeat_period;
  RepositorySync repository(
      {client, parts_.store, keeper_, parts_.options.fetch, real_chance(), rules});
  OfficeLine office({client, words_, records_, pictures_, real_chance(), office_rules});
  StickWatch sticks({stick_folders(parts_.options), parts_.store, keeper_, records_,
                     parts_.enrolment.kiosk.text()});
  Synchronizer synchronizer({client, repository, office, &sticks});
  const CommandReach reach{show, [&synchronizer] { synchronizer.look_now(); },
                           [&client] { client.wake(); }};
  while (!stop.stop_requested()) {
    const SyncNews news =
        synchronizer.step({parts_.clock.now(), trust(), parts_.clock.monotonic()});
    if (stop.stop_requested()) return;
    for (const SyncEvent& event : news.events) tell(event);
    if (news.show) {
      show_news(*news.show, news.at_once ? Adoption::at_once : Adoption::at_boundary, show);
      synchronizer.report_soon();  // somebody waits to see where it has arrived
    }
    if (news.stick) tell_stick(*news.stick, show);
    begin(show);
    follow_trust(show);
    follow_urgent(show);
    if (follow_glass()) synchronizer.report_soon();  // the office waits for that, too
    for (const Command& command : words_.take_commands()) desk_.obey(command, reach);
    if (desk_.collect()) synchronizer.report_soon();
    const auto rest =
        std::chrono::ceil<Milliseconds>(news.look_again - parts_.clock.monotonic());
    const MonotonicTime until =
        parts_.clock.monotonic() + std::clamp(rest, Milliseconds{0}, kLongestRest);
    while (!client.work(std::chrono::ceil<Milliseconds>(until - parts_.clock.monotonic())) &&
           parts_.clock.monotonic() < until) {
    }
  }
}

void KioskLink::tell(const SyncEvent& event) {
  faults_.hear(event);
  parts_.events.print(event.name, event.subject, event.detail);
}

void KioskLink::show_news(const LoadOutcome& outcome, Adoption adoption, ShowControl& show) {
  urgent_.replace(outcome.urgent);
  if (!outcome.current) return;
  floor_ = outcome.floor;
  parts_.events.print({EventKind::programme_changed,
                       "version " + std::to_string(outcome.current->version), ""});
  adopt(pair_of(outcome), adoption, show);
}

void KioskLink::tell_stick(const StickReport& report, ShowControl& show) {
  const std::string said =
      (report.received ? "received version " + std::to_string(*report.received)
                       : std::string("nothing newer")) +
      "; batches of records on it: " + std::to_string(report.batches);
  parts_.events.print("stick-read", "stick", said);
  auto card = stick_card(report);
  if (!card || urgent_.has_turn()) return;
  stick_card_until_ = parts_.clock.monotonic() + kStickCardTime;
  show.interrupt(Interlude{"stick", std::move(*card), stick_card_until_});
}

void KioskLink::follow_urgent(ShowControl& show) {
  const MonotonicTime now = parts_.clock.monotonic();
  if (now < std::max(desk_.identified_until(), stick_card_until_)) return urgent_.forget_turn();
  const auto turn = urgent_.next(std::max(floor_, parts_.clock.now()), now);
  if (turn) show.interrupt(*turn);
}

// Once something of it was seen, the publication before it is no longer the last good one.
bool KioskLink::follow_glass() {
  const OnScreen seen = glass_.seen();
  if (seen.item.empty()) return false;
  if (seen.version == std::to_string(keeper_.shown_version())) {
    if (const Status kept = keeper_.confirm_shown(); !kept) {
      tell({"storage", "memory", kept.error().message});
    }
  }
  return std::exchange(seen_version_, seen.version) != seen.version;
}

// A clock that is right now shows what has dates.
void KioskLink::follow_trust(ShowControl& show) {
  if (is_time_synchronised() && parts_.clock.is_set()) parts_.clock.trust_machine();
  std::optional<ProgrammePair> pair;
  {
    const MutexLock lock(begin_mutex_);
    if (!shown_ || shown_->trust == trust()) return;
    pair = shown_;
  }
  pair->trust = trust();
  adopt(std::move(*pair), Adoption::at_boundary, show);
}

Heartbeat KioskLink::facts(Instant now) {
  Heartbeat said;
  said.program = kProgram;
  said.run = run_;
  said.up = std::chrono::duration_cast<Milliseconds>(parts_.clock.monotonic() - began_);
  said.clock = now;
  said.clock_trust = to_string(trust());
  said.known_version = keeper_.known_version();
  said.held_version = keeper_.held_version();
  said.takedown_version = keeper_.takedown_version();
  said.on_screen = glass_.seen();
  if (said.on_screen->since == Instant{}) said.on_screen.reset();
  if (const auto free = parts_.disk.free_bytes()) said.free_bytes = *free;
  if (const auto waiting = records_.waiting()) said.waiting_records = *waiting;
  said.faults = faults_.faults();
  return said;
}

}  // namespace conglang::player
