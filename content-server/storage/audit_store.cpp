#include "content-server/storage/audit_store.h"

#include <soci/soci.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "content-server/storage/sql_guard.h"

namespace conglang::server {
namespace {

// Chosen: what changed, in words; a document itself is named by its digest.
constexpr std::size_t kMostTextBytes = 512;
constexpr std::size_t kMostJsonBytes = 256 << 10;

constexpr int kMostEntries = 1000;

struct Row {
  long long number = 0, at = 0;
  std::string actor, action, subject, before, after, previous, digest;
};

Status check_text(const char* noun, const std::string& text) {
  const std::string subject = std::string("audit event: ") + noun;
  if (text.empty()) return Error{ErrorKind::malformed, subject + ": is empty"};
  if (text.size() > kMostTextBytes) {
    return Error{ErrorKind::too_large,
                 subject + ": has more than " + std::to_string(kMostTextBytes) + " bytes"};
  }
  return checked_text(subject, text);
}

Status check_json(const char* noun, const std::string& json) {
  if (json.size() <= kMostJsonBytes) return {};
  return Error{ErrorKind::too_large, std::string("audit event: ") + noun + ": has more than " +
                                         std::to_string(kMostJsonBytes) + " bytes"};
}

Status check_event(const AuditEvent& event) {
  for (const auto& [noun, text] :
       {std::pair<const char*, const std::string*>{"actor", &event.actor},
        {"action", &event.action},
        {"subject", &event.subject}}) {
    Status status = check_text(noun, *text);
    if (!status.ok()) return status;
  }
  return {};
}

// Only the text that write_json() makes of it counts: another text for the same value was
// not written by us.
std::optional<JsonValue> read_exactly(const std::string& json) {
  Result<JsonValue> value = parse_json(json);
  if (!value.ok() || write_json(*value) != json) return std::nullopt;
  return std::move(*value);
}

bool is_writable_instant(long long at) {
  // Years 0 to 9999, which format_instant() can write.
  constexpr long long kFirst = -62'167'219'200'000, kLast = 253'402'300'799'999;
  return at >= kFirst && at <= kLast;
}

AuditEntry entry_of(const Row& row) {
  AuditEntry entry;
  entry.number = row.number;
  entry.event.actor = row.actor;
  entry.event.action = row.action;
  entry.event.subject = row.subject;
  const auto before = read_exactly(row.before), after = read_exactly(row.after);
  const auto previous = parse_sha256(row.previous), digest = parse_sha256(row.digest);
  const bool is_text = checked_text("", row.actor).ok() && checked_text("", row.action).ok() &&
                       checked_text("", row.subject).ok();
  if (is_writable_instant(row.at)) entry.event.at = Instant{Milliseconds{row.at}};
  if (before) entry.event.before = *before;
  if (after) entry.event.after = *after;
  if (previous.ok()) entry.previous = *previous;
  const bool is_ours =
      before && after && previous.ok() && digest.ok() && is_text && is_writable_instant(row.at);
  if (is_ours) entry.digest = *digest;
  return entry;
}

std::string text_of(const AuditQuery& query) {
  std::string text =
      "select number, at, actor, action, subject, before_json, after_json, previous, digest "
      "from audit_log where number < :before_number";
  if (!query.actor.empty()) text += " and actor = :actor";
  if (!query.subject.empty()) text += " and subject = :subject";
  if (!query.action_prefix.empty()) text += " and substr(action, 1, :length) = :prefix";
  return text + " order by number desc limit :most";
}

}  // namespace

Status SqlAuditLog::append(const AuditEvent& event) {
  Status status = check_event(event);
  const std::string before = write_json(event.before), after = write_json(event.after);
  if (status.ok()) status = check_json("before", before);
  if (status.ok()) status = check_json("after", after);
  if (!status.ok()) return status;
  return sql_guard("audit log", [&]() -> Status {
    long long newest = 0;
    std::string newest_digest = Sha256Digest{}.hex();
    session_ << "select number, digest from audit_log order by number desc limit 1",
        soci::into(newest), soci::into(newest_digest);
    const auto previous = parse_sha256(newest_digest);
    if (!previous.ok()) {
      return Error{ErrorKind::storage,
                   "audit log: entry " + std::to_string(newest) + " has no digest"};
    }
    const long long number = newest + 1, at = event.at.time_since_epoch().count();
    const std::string previous_text = previous->hex();
    const std::string digest = audit_digest(number, event, *previous).hex();
    session_ << "insert into audit_log (number, at, actor, action, subject, before_json, "
                "after_json, previous, digest) values (:number, :at, :actor, :action, "
                ":subject, :before, :after, :previous, :digest)",
        soci::use(number), soci::use(at), soci::use(event.actor), soci::use(event.action),
        soci::use(event.subject), soci::use(before), soci::use(after), soci::use(previous_text),
        soci::use(digest);
    return {};
  });
}

Result<std::vector<AuditEntry>> SqlAuditLog::read(const AuditQuery& query) {
  for (const std::string* text : {&query.actor, &query.subject, &query.action_prefix}) {
    const Status checked = checked_text("audit query", *text);
    if (!checked.ok()) return checked.error();
  }
  return sql_guard("audit log", [&] {
    const long long before = query.before_number > 0 ? query.before_number : INT64_MAX;
    const int most = std::clamp(query.most, 1, kMostEntries);
    const auto length = static_cast<int>(query.action_prefix.size());
    Row row;
    soci::statement statement(session_);
    statement.exchange(soci::use(before, "before_number"));
    if (!query.actor.empty()) statement.exchange(soci::use(query.actor, "actor"));
    if (!query.subject.empty()) statement.exchange(soci::use(query.subject, "subject"));
    if (length > 0) {
      statement.exchange(soci::use(length, "length"));
      statement.exchange(soci::use(query.action_prefix, "prefix"));
    }
    statement.exchange(soci::use(most, "most"));
    statement.exchange(soci::into(row.number));
    statement.exchange(soci::into(row.at));
    for (std::string* column : {&row.actor, &row.action, &row.subject, &row.before, &row.after,
                                &row.previous, &row.digest}) {
      statement.exchange(soci::into(*column));
    }
    statement.alloc();
    statement.prepare(text_of(query));
    statement.define_and_bind();
    statement.execute();
    std::vector<AuditEntry> entries;
    while (statement.fetch()) entries.push_back(entry_of(row));
    return entries;
  });
}

}  // namespace conglang::server
