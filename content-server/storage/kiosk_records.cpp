// The records of kiosks; see kiosk_store.h.
#include <soci/soci.h>

#include <algorithm>
#include <utility>

#include "content-server/storage/access_rows.h"
#include "content-server/storage/kiosk_rows.h"
#include "content-server/storage/kiosk_store.h"
#include "content-server/storage/sql_guard.h"
#include "playlists/base/json.h"

namespace conglang::server {
namespace {

std::string subject_of(const KioskId& id, std::int64_t sequence) {
  return "kiosk " + id.text() + ", batch " + std::to_string(sequence);
}

void insert_play(soci::session& session, const std::string& kiosk, const PlayEntry& play,
                 long long kept_at) {
  const long long started_at = to_column(play.started_at), shown = play.shown_ms,
                  frames = play.frames_shown, late = play.frames_late;
  session << "insert into kiosk_plays (id, kiosk, item, asset, region, version, started_at, "
             "clock_trust, outcome, reason, shown_ms, frames_shown, frames_late, kept_at) "
             "values (:id, :kiosk, :item, :asset, :region, :version, :started_at, :trust, "
             ":outcome, :reason, :shown, :frames, :late, :kept_at) on conflict (kiosk, id) "
             "do nothing",
      soci::use(play.id), soci::use(kiosk), soci::use(play.item), soci::use(play.asset),
      soci::use(play.region), soci::use(play.version), soci::use(started_at),
      soci::use(play.clock_trust), soci::use(play.outcome), soci::use(play.reason),
      soci::use(shown), soci::use(frames), soci::use(late), soci::use(kept_at);
}

void insert_event(soci::session& session, const std::string& kiosk, const EventEntry& event,
                  long long kept_at) {
  const long long at = to_column(event.at);
  session << "insert into kiosk_events (id, kiosk, at, kind, subject, detail, kept_at) values "
             "(:id, :kiosk, :at, :kind, :subject, :detail, :kept_at) on conflict (kiosk, "
             "id) do nothing",
      soci::use(event.id), soci::use(kiosk), soci::use(at), soci::use(event.kind),
      soci::use(event.subject), soci::use(event.detail), soci::use(kept_at);
}

}  // namespace

Result<std::optional<KioskStore::KeptBatch>> SqlKioskStore::find_batch(const KioskId& id,
                                                                       std::int64_t sequence) {
  const std::string subject = subject_of(id, sequence);
  return sql_guard(subject, [&]() -> Result<std::optional<KeptBatch>> {
    const long long number = sequence;
    std::string digest, kept;
    session_ << "select digest, kept from record_batches where kiosk = :kiosk and "
                "sequence = :sequence",
        soci::use(id.text()), soci::use(number), soci::into(digest), soci::into(kept);
    if (!session_.got_data()) return std::optional<KeptBatch>();
    const auto parsed = parse_sha256(digest);
    auto ids = read_ids(subject, kept);
    if (!parsed) return damaged_row(subject, "has no digest");
    if (!ids) return ids.error();
    return std::optional<KeptBatch>({*parsed, std::move(*ids)});
  });
}

Status SqlKioskStore::keep_batch(const RecordBatch& batch, const KeptBatch& kept, Instant now) {
  const std::string subject = subject_of(batch.kiosk, batch.sequence);
  // The wire reader has let no other text through; so this is about the caller.
  for (const PlayEntry& play : batch.plays) {
    Status checked = check_texts(subject, {{"item", play.item},
                                           {"asset", play.asset},
                                           {"region", play.region},
                                           {"version", play.version},
                                           {"reason", play.reason}});
    if (!checked) return checked;
  }
  for (const EventEntry& event : batch.events) {
    Status checked = check_texts(
        subject, {{"kind", event.kind}, {"subject", event.subject}, {"detail", event.detail}});
    if (!checked) return checked;
  }
  return sql_guard(subject, [&] {
    const std::string kiosk = batch.kiosk.text(), digest = kept.digest.hex(),
                      ids = write_ids(kept.kept);
    const long long sequence = batch.sequence, kept_at = to_column(now);
    session_ << "insert into record_batches (kiosk, sequence, digest, kept, kept_at) values "
                "(:kiosk, :sequence, :digest, :kept, :kept_at)",
        soci::use(kiosk), soci::use(sequence), soci::use(digest), soci::use(ids),
        soci::use(kept_at);
    for (const PlayEntry& play : batch.plays) insert_play(session_, kiosk, play, kept_at);
    for (const EventEntry& event : batch.events) insert_event(session_, kiosk, event, kept_at);
  });
}

Result<std::int64_t> SqlKioskStore::newest_batch(const KioskId& id) {
  return sql_guard("kiosk " + id.text(), [&]() -> Result<std::int64_t> {
    long long newest = 0;
    soci::indicator found = soci::i_null;
    session_ << "select sequence from record_batches where kiosk = :kiosk "
                "order by sequence desc limit 1",
        soci::use(id.text()), soci::into(newest, found);
    return session_.got_data() ? std::int64_t{newest} : std::int64_t{0};
  });
}

Result<std::vector<PlayEntry>> SqlKioskStore::plays(const KioskId& id, int most) {
  return sql_guard("plays of " + id.text(), [&]() -> Result<std::vector<PlayEntry>> {
    PlayEntry play;
    long long started_at = 0, shown = 0, frames = 0, late = 0;
    const int limit = std::clamp(most, 1, 1000);
    soci::statement statement =
        (session_.prepare << "select id, item, asset, region, version, started_at, "
                             "clock_trust, outcome, reason, shown_ms, frames_shown, "
                             "frames_late from kiosk_plays where kiosk = :kiosk "
                             "order by started_at desc, id desc limit :most",
         soci::use(id.text()), soci::use(limit), soci::into(play.id), soci::into(play.item),
         soci::into(play.asset), soci::into(play.region), soci::into(play.version),
         soci::into(started_at), soci::into(play.clock_trust), soci::into(play.outcome),
         soci::into(play.reason), soci::into(shown), soci::into(frames), soci::into(late));
    statement.execute();
    std::vector<PlayEntry> all;
    while (statement.fetch()) {
      play.started_at = instant_of(started_at);
      play.shown_ms = shown;
      play.frames_shown = frames;
      play.frames_late = late;
      all.push_back(play);
    }
    return all;
  });
}

Result<std::vector<EventEntry>> SqlKioskStore::events(const KioskId& id, int most) {
  return sql_guard("events of " + id.text(), [&]() -> Result<std::vector<EventEntry>> {
    EventEntry event;
    long long at = 0;
    const int limit = std::clamp(most, 1, 1000);
    soci::statement statement =
        (session_.prepare << "select id, at, kind, subject, detail from kiosk_events "
                             "where kiosk = :kiosk order by at desc, id desc limit :most",
         soci::use(id.text()), soci::use(limit), soci::into(event.id), soci::into(at),
         soci::into(event.kind), soci::into(event.subject), soci::into(event.detail));
    statement.execute();
    std::vector<EventEntry> all;
    while (statement.fetch()) {
      event.at = instant_of(at);
      all.push_back(event);
    }
    return all;
  });
}

Status SqlKioskStore::remove_records_before(Instant kept_at) {
  return sql_guard("records", [&] {
    const long long before = to_column(kept_at);
    session_ << "delete from kiosk_plays where kept_at < :before", soci::use(before);
    session_ << "delete from kiosk_events where kept_at < :before", soci::use(before);
    session_ << "delete from record_batches where kept_at < :before", soci::use(before);
  });
}

}  // namespace conglang::server
