#include "content-server/app/care_commands.h"

#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include "content-server/access/units.h"
#include "content-server/app/data_folder.h"
#include "content-server/app/own_addresses.h"
#include "content-server/app/settings.h"
#include "content-server/audit/verify_audit.h"
#include "content-server/http/local_ca.h"
#include "content-server/ops/backup.h"
#include "content-server/ops/doctor.h"
#include "content-server/storage/audit_anchor.h"
#include "content-server/storage/database.h"

namespace conglang::server {
namespace {

int fail(const CommandStreams& streams, const Error& error) {
  streams.err << to_string(error.kind) << ": " << error.message << "\n";
  return 1;
}

// Of an office that is there: a command makes none.
Result<std::unique_ptr<Database>> open_database(const DataFolder& folder, Instant now) {
  std::error_code failed;
  if (!std::filesystem::exists(folder.database(), failed)) {
    return Error{ErrorKind::missing, folder.root.string() + ": holds no office"};
  }
  return Database::open(folder.database(), {.backups = folder.backups()}, now);
}

TellProgress progress_to(std::ostream& out) {
  return [&out](const BackupProgress& progress) {
    out << progress.name << "\n";
    return true;
  };
}

void describe(const BackupManifest& manifest, const CommandStreams& streams) {
  std::int64_t bytes = 0;
  for (const auto& [name, file] : manifest.files) bytes += file.length;
  streams.out << manifest.files.size() << " files, " << bytes << " bytes, made at "
              << format_instant(manifest.made_at) << "\n";
}

Result<AuditVerdict> verify_book(Database& database, const DataFolder& folder) {
  const auto anchor = read_audit_anchor(folder.root / "audit.anchor");
  if (!anchor) return anchor.error();
  std::optional<AuditVerdict> verdict;
  const Status read = database.read([&](const Stores& stores) -> Status {
    auto verified = verify_audit(stores.audit, *anchor);
    if (!verified) return verified.error();
    verdict = std::move(*verified);
    return {};
  });
  if (!read) return read.error();
  return std::move(*verdict);
}

Status gather_people(const Stores& stores, OfficeFacts& facts) {
  const auto kiosks = stores.kiosks.kiosks();
  if (!kiosks) return kiosks.error();
  facts.kiosks.emplace();
  for (const Kiosk& kiosk : *kiosks) {
    if (kiosk.revoked_at) continue;
    const auto life = stores.kiosks.life(kiosk.id);
    if (!life) return life.error();
    facts.kiosks->push_back(
        {kiosk.name, *life ? std::optional<Instant>((*life)->seen_at) : std::nullopt});
  }
  const auto units = stores.units.all();
  if (!units) return units.error();
  facts.units.emplace();
  for (const Unit& unit : *units) {
    if (unit.is_closed) continue;
    facts.units->push_back({unit.name.vi, responsible_at(unit, facts.now) != nullptr});
  }
  return {};
}

void gather_from_database(const DataFolder& folder, OfficeFacts& facts) {
  auto database = open_database(folder, facts.now);
  if (!database) {
    facts.database = Status(database.error());
    return;
  }
  facts.database = (*database)->check_integrity();
  const auto verdict = verify_book(**database, folder);
  facts.audit = AuditFact{};
  if (!verdict) {
    facts.audit->why = verdict.error().message;
  } else if (verdict->fault) {
    facts.audit->why = verdict->fault->why;
  }
  const Status gathered =
      (*database)->read([&](const Stores& stores) { return gather_people(stores, facts); });
  if (!gathered && facts.database->ok()) facts.database = gathered;
}

void gather_from_machine(const DataFolder& folder, OfficeFacts& facts) {
  if (const auto settings = read_settings(folder.settings())) {
    if (const auto listen = parse_listen_address(settings->listen)) facts.listen = listen->host;
  }
  facts.addresses = own_addresses().addresses;
  const auto certificate = look_at_local_ca(folder.tls());
  if (!certificate || !certificate->has_server_certificate) return;
  facts.certificate = CertificateFact{certificate->server_starts, certificate->server_ends,
                                      certificate->server_names.names};
  const auto& addresses = certificate->server_names.addresses;
  facts.certificate->names.insert(facts.certificate->names.end(), addresses.begin(),
                                  addresses.end());
}

}  // namespace

int run_backup(const CareOptions& options, Instant now, CommandStreams streams) {
  const DataFolder folder{options.data};
  const auto database = open_database(folder, now);
  if (!database) return fail(streams, database.error());
  const auto file = options.file.empty() ? folder.backups() / backup_name(now) : options.file;
  const auto made = make_backup(
      {folder.root,
       [&](const std::filesystem::path& copy) { return (*database)->copy_to(copy); },
       CONGLANG_VERSION},
      file, now, progress_to(streams.out));
  if (!made) return fail(streams, made.error());
  describe(*made, streams);
  streams.out << file.string() << "\n"
              << "The file holds the server's own keys: keep it as carefully as the server.\n";
  return 0;
}

int run_restore(const CareOptions& options, Instant now, CommandStreams streams) {
  const auto restored =
      restore_backup(options.file, options.data, now, progress_to(streams.out));
  if (!restored) return fail(streams, restored.error());
  describe(*restored, streams);
  streams.out
      << "Start the server on this folder. What was approved after the backup is not in "
         "it:\nkiosks go on showing it, and take the next release that an approver "
         "signs.\n";
  return 0;
}

int run_doctor(const CareOptions& options, Instant now, CommandStreams streams) {
  const DataFolder folder{options.data};
  OfficeFacts facts;
  facts.now = now;
  gather_from_disk(folder.root, facts);
  gather_from_database(folder, facts);
  gather_from_machine(folder, facts);
  const auto findings = examine(facts);
  for (const Finding& finding : findings) {
    streams.out << to_string(finding.severity) << " " << finding.code << ": "
                << finding.words.vi << "\n    " << finding.words.in("en") << "\n";
  }
  return worst_of(findings) == Severity::fault ? 1 : 0;
}

int run_audit_verify(const CareOptions& options, Instant now, CommandStreams streams) {
  const DataFolder folder{options.data};
  const auto database = open_database(folder, now);
  if (!database) return fail(streams, database.error());
  const auto verdict = verify_book(**database, folder);
  if (!verdict) return fail(streams, verdict.error());
  if (verdict->fault) {
    streams.err << "untrusted: " << verdict->fault->why << "\n";
    return 1;
  }
  streams.out << verdict->entries << " entries, each as it was written\n";
  return 0;
}

}  // namespace conglang::server
