// The store of the kiosks in memory, for use cases tested without a database.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "content-server/kiosks/kiosk_store.h"

namespace conglang::server {

// Everything is open, so that a test can look.
class MemoryKioskStore : public KioskStore {
 public:
  Status keep(const Group& group) override { return put(groups_, group.id, group); }
  Result<std::vector<Group>> groups() override { return values(groups_); }
  Status keep(const Site& site) override { return put(sites_, site.id, site); }
  Result<std::vector<Site>> sites() override { return values(sites_); }

  Status keep(const Kiosk& kiosk) override { return put(kiosks_, kiosk.id, kiosk); }
  Result<std::optional<Kiosk>> find(const KioskId& id) override { return get(kiosks_, id); }
  Result<std::optional<Kiosk>> find_token(const Sha256Digest& token) override {
    for (const auto& [id, kiosk] : kiosks_) {
      if (kiosk.token == token) return std::optional(kiosk);
    }
    return std::optional<Kiosk>();
  }
  Result<std::vector<Kiosk>> kiosks() override { return values(kiosks_); }

  Status keep_life(const KioskId& id, const KioskLife& life) override {
    return put(lives_, id, life);
  }
  Result<std::optional<KioskLife>> life(const KioskId& id) override { return get(lives_, id); }

  Status keep(const KioskCommand& command) override {
    return put(commands_, command.command.id, command);
  }
  Result<std::vector<KioskCommand>> commands(const KioskId& id, int most) override {
    std::vector<KioskCommand> all;
    for (auto entry = commands_.rbegin(); entry != commands_.rend(); ++entry) {
      if (entry->second.kiosk == id && all.size() < static_cast<std::size_t>(most)) {
        all.push_back(entry->second);
      }
    }
    return all;
  }
  Result<std::vector<KioskCommand>> waiting_commands(const KioskId& id,
                                                     Instant made_after) override {
    std::vector<KioskCommand> all;
    for (const auto& [name, command] : commands_) {
      if (command.kiosk == id && !command.done_at && command.made_at > made_after) {
        all.push_back(command);
      }
    }
    return all;
  }
  Result<std::optional<KioskCommand>> find_command(const std::string& id) override {
    return get(commands_, id);
  }

  Status keep(const Enrolment& enrolment) override {
    return put(enrolments_, enrolment.id, enrolment);
  }
  Result<std::optional<Enrolment>> find_enrolment(const std::string& id) override {
    return get(enrolments_, id);
  }
  Result<std::vector<Enrolment>> enrolments(Instant ends_after) override {
    std::vector<Enrolment> all = values(enrolments_);
    std::erase_if(all, [&](const Enrolment& one) { return one.ends_at <= ends_after; });
    return all;
  }
  Status remove_enrolments_before(Instant ended) override {
    std::erase_if(enrolments_, [&](const auto& entry) { return entry.second.ends_at < ended; });
    return {};
  }

  Status keep(const StickGrant& stick) override { return put(sticks_, stick.token, stick); }
  Result<std::optional<StickGrant>> find_stick(const Sha256Digest& token) override {
    return get(sticks_, token);
  }

  Result<std::optional<KeptBatch>> find_batch(const KioskId& id,
                                              std::int64_t sequence) override {
    return get(batches_, std::pair(id, sequence));
  }
  Status keep_batch(const RecordBatch& batch, const KeptBatch& kept, Instant /*now*/) override {
    for (const PlayEntry& play : batch.plays) {
      plays_.emplace(std::pair(batch.kiosk, play.id), play);
    }
    for (const EventEntry& event : batch.events) {
      events_.emplace(std::pair(batch.kiosk, event.id), event);
    }
    return put(batches_, std::pair(batch.kiosk, batch.sequence), kept);
  }
  Result<std::int64_t> newest_batch(const KioskId& id) override {
    std::int64_t newest = 0;
    for (const auto& [key, kept] : batches_) {
      if (key.first == id) newest = std::max(newest, key.second);
    }
    return newest;
  }
  Result<std::vector<PlayEntry>> plays(const KioskId& id, int /*most*/) override {
    return of_kiosk(plays_, id);
  }
  Result<std::vector<EventEntry>> events(const KioskId& id, int /*most*/) override {
    return of_kiosk(events_, id);
  }
  Status remove_records_before(Instant /*kept_at*/) override { return {}; }

  std::map<GroupId, Group> groups_;
  std::map<SiteId, Site> sites_;
  std::map<KioskId, Kiosk> kiosks_;
  std::map<KioskId, KioskLife> lives_;
  std::map<std::string, KioskCommand> commands_;
  std::map<std::string, Enrolment> enrolments_;
  std::map<Sha256Digest, StickGrant> sticks_;
  std::map<std::pair<KioskId, std::int64_t>, KeptBatch> batches_;
  std::map<std::pair<KioskId, std::string>, PlayEntry> plays_;
  std::map<std::pair<KioskId, std::string>, EventEntry> events_;

 private:
  template <typename Key, typename Value>
  static Status put(std::map<Key, Value>& map, const Key& key, const Value& value) {
    map.insert_or_assign(key, value);
    return {};
  }
  template <typename Key, typename Value>
  static Result<std::optional<Value>> get(const std::map<Key, Value>& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::optional<Value>() : std::optional(found->second);
  }
  template <typename Key, typename Value>
  static std::vector<Value> values(const std::map<Key, Value>& map) {
    std::vector<Value> all;
    for (const auto& [key, value] : map) all.push_back(value);
    return all;
  }
  template <typename Value>
  static std::vector<Value> of_kiosk(
      const std::map<std::pair<KioskId, std::string>, Value>& map, const KioskId& id) {
    std::vector<Value> all;
    for (const auto& [key, value] : map) {
      if (key.first == id) all.push_back(value);
    }
    return all;
  }
};

}  // namespace conglang::server
