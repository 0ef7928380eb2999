#include "content-server/api/audit_routes.h"

#include <charconv>
#include <utility>

#include "content-server/api/answers.h"
#include "content-server/api/caller.h"

namespace conglang::server {
namespace {

constexpr int kMostEntries = 1000;
constexpr std::size_t kMostTextBytes = 512;  // as long as the audit log takes them

Error malformed(const std::string& name, const std::string& why) {
  return {ErrorKind::malformed, "parameter " + name + ": " + why};
}

Result<std::int64_t> number_of(const std::string& name, const std::string& text,
                               std::int64_t most) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end && number >= 1 && number <= most) return number;
  return malformed(name, "is no number from 1 to " + std::to_string(most));
}

JsonValue write_entry(const AuditEntry& entry) {
  const AuditEvent& event = entry.event;
  return JsonObject{{"number", entry.number},   {"at", format_instant(event.at)},
                    {"actor", event.actor},     {"action", event.action},
                    {"subject", event.subject}, {"before", event.before},
                    {"after", event.after},     {"digest", entry.digest.hex()}};
}

Response answer_page(const ApiParts& parts, const Request& request) {
  const Result<AuditQuery> query = read_audit_query(request.query);
  if (!query.ok()) return refuse(query.error());
  std::vector<AuditEntry> entries;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    Result<std::vector<AuditEntry>> found = stores.audit.read(*query);
    if (!found.ok()) return found.error();
    entries = std::move(*found);
    return {};
  });
  return read.ok() ? answer(write_audit_page(entries, *query)) : refuse(read.error());
}

}  // namespace

void add_audit_routes(Routes& routes, const ApiParts& parts) {
  add_caller_route(
      routes, parts, {Method::get, "/api/audit", BodyRule::none(), {}, {}}, Deed::read_audit,
      [&parts](const Request& request, const Caller&) { return answer_page(parts, request); });
}

Result<AuditQuery> read_audit_query(const TextMap& parameters) {
  AuditQuery query;
  for (const auto& [name, text] : parameters) {
    if (name == "before" || name == "most") {
      const auto number = number_of(name, text, name == "most" ? kMostEntries : INT64_MAX);
      if (!number.ok()) return number.error();
      if (name == "before") query.before_number = *number;
      if (name == "most") query.most = static_cast<int>(*number);
      continue;
    }
    std::string* place = name == "actor"     ? &query.actor
                         : name == "subject" ? &query.subject
                         : name == "action"  ? &query.action_prefix
                                             : nullptr;
    if (place == nullptr) return malformed(name, "is unknown");
    if (text.empty() || text.size() > kMostTextBytes) {
      return malformed(name, "has not 1 to " + std::to_string(kMostTextBytes) + " bytes");
    }
    *place = text;
  }
  return query;
}

JsonValue write_audit_page(const std::vector<AuditEntry>& entries, const AuditQuery& query) {
  JsonArray written;
  written.reserve(entries.size());
  for (const AuditEntry& entry : entries) written.push_back(write_entry(entry));
  const bool is_last =
      entries.size() < static_cast<std::size_t>(query.most) || entries.back().number <= 1;
  return JsonObject{{"entries", std::move(written)},
                    {"next_before", is_last ? JsonValue() : JsonValue(entries.back().number)}};
}

}  // namespace conglang::server
