// Kiosks, their words and their records as tables.
#pragma once

#include "content-server/kiosks/kiosk_store.h"

namespace soci {
class session;
}

namespace conglang::server {

// Threads: as its connection.
class SqlKioskStore final : public KioskStore {
 public:
  // Requires: `session` outlives it.
  explicit SqlKioskStore(soci::session& session) : session_(session) {}

  Status keep(const Group& group) override;
  Result<std::vector<Group>> groups() override;
  Status keep(const Site& site) override;
  Result<std::vector<Site>> sites() override;

  Status keep(const Kiosk& kiosk) override;
  Result<std::optional<Kiosk>> find(const KioskId& id) override;
  Result<std::optional<Kiosk>> find_token(const Sha256Digest& token) override;
  Result<std::vector<Kiosk>> kiosks() override;

  Status keep_life(const KioskId& id, const KioskLife& life) override;
  Result<std::optional<KioskLife>> life(const KioskId& id) override;

  Status keep(const KioskCommand& command) override;
  Result<std::vector<KioskCommand>> commands(const KioskId& id, int most) override;
  Result<std::vector<KioskCommand>> waiting_commands(const KioskId& id,
                                                     Instant made_after) override;
  Result<std::optional<KioskCommand>> find_command(const std::string& id) override;

  Status keep(const Enrolment& enrolment) override;
  Result<std::optional<Enrolment>> find_enrolment(const std::string& id) override;
  Result<std::vector<Enrolment>> enrolments(Instant ends_after) override;
  Status remove_enrolments_before(Instant ended) override;

  Status keep(const StickGrant& stick) override;
  Result<std::optional<StickGrant>> find_stick(const Sha256Digest& token) override;

  Result<std::optional<KeptBatch>> find_batch(const KioskId& id,
                                              std::int64_t sequence) override;
  Status keep_batch(const RecordBatch& batch, const KeptBatch& kept, Instant now) override;
  Result<std::int64_t> newest_batch(const KioskId& id) override;
  Result<std::vector<PlayEntry>> plays(const KioskId& id, int most) override;
  Result<std::vector<EventEntry>> events(const KioskId& id, int most) override;
  Status remove_records_before(Instant kept_at) override;

 private:
  Result<std::vector<Kiosk>> select_kiosks(const std::string& where, const std::string& value);
  Result<std::vector<KioskCommand>> select_commands(const std::string& where,
                                                    const std::string& value, long long number);
  Result<std::vector<Enrolment>> select_enrolments(const std::string& where,
                                                   const std::string& value, long long number);

  soci::session& session_;
};

}  // namespace conglang::server
