#include "content-server/ops/doctor.h"

#include <algorithm>
#include <cstdio>

#include "content-server/ops/network_address.h"
#include "playlists/base/document_error.h"

namespace conglang::server {
namespace {

using std::chrono::days;
using std::chrono::hours;
using Values = std::map<std::string, std::string>;
using Findings = std::vector<Finding>;

// Chosen: a day of records and heartbeats of 300 kiosks needs some 100 MB; a film 4 GiB.
constexpr std::int64_t kLowBytes = std::int64_t{10} << 30;
constexpr std::int64_t kFullBytes = std::int64_t{1} << 30;

// Online roles live for 7 days and are signed again each day; the others live a year or more.
constexpr days kOnlineNotice{3}, kOfflineNotice{60}, kCertificateNotice{30};
constexpr hours kSilence{24};
constexpr std::chrono::minutes kClockTolerance{2};
constexpr days kClockAhead{365};

std::string size_of(std::int64_t bytes) {
  char text[32];
  const double gib = static_cast<double>(bytes) / static_cast<double>(std::int64_t{1} << 30);
  std::snprintf(text, sizeof text, "%.1f GiB", gib);
  return text;
}

std::string when(Instant instant) {
  return format_instant(std::chrono::floor<std::chrono::seconds>(instant));
}

void add(Findings& findings, std::string_view code, const Values& values = {}) {
  findings.push_back(finding_of(code, values));
}

// What is well is said when nothing else was.
void add_if_none(Findings& findings, std::size_t before, std::string_view code,
                 const Values& values = {}) {
  if (findings.size() == before) add(findings, code, values);
}

void examine_folders(const OfficeFacts& facts, Findings& findings) {
  if (facts.folders.empty()) return;
  const std::size_t before = findings.size();
  for (const FolderFact& folder : facts.folders) {
    const Values name{{"name", printable(folder.name)}};
    if (!folder.is_there) {
      add(findings, "folder-missing", name);
    } else if (!folder.is_writable) {
      add(findings, "folder-locked", name);
    } else if (folder.is_secret && folder.is_open_to_others) {
      add(findings, "folder-open", name);
    }
  }
  add_if_none(findings, before, "folders-good");
}

void examine_disk(const OfficeFacts& facts, Findings& findings) {
  if (!facts.disk) return;
  const std::size_t before = findings.size();
  const Values free{{"free", size_of(facts.disk->free_bytes)}};
  if (facts.disk->is_network_share) add(findings, "disk-network");
  if (facts.disk->free_bytes < kFullBytes) {
    add(findings, "disk-full", free);
  } else if (facts.disk->free_bytes < kLowBytes) {
    add(findings, "disk-low", free);
  }
  add_if_none(findings, before, "disk-good", free);
}

void examine_database(const OfficeFacts& facts, Findings& findings) {
  if (facts.database && facts.database->ok()) add(findings, "database-good");
  if (facts.database && !facts.database->ok()) {
    add(findings, "database-bad", {{"why", printable(facts.database->error().message)}});
  }
  if (facts.audit && !facts.audit->why) add(findings, "audit-good");
  if (facts.audit && facts.audit->why) {
    add(findings, "audit-bad", {{"why", printable(*facts.audit->why)}});
  }
}

void examine_keys(const OfficeFacts& facts, Findings& findings) {
  if (facts.keys.empty()) return;
  const std::size_t before = findings.size();
  for (const KeyFact& key : facts.keys) {
    if (key.why) {
      add(findings, "key-unreadable", {{"role", key.role}, {"why", printable(*key.why)}});
    } else if (!key.is_published) {
      add(findings, "key-foreign", {{"role", key.role}});
    }
  }
  add_if_none(findings, before, "keys-good");
}

bool is_online(const std::string& role) {
  return role == "timestamp" || role == "snapshot" || role == "takedown";
}

void examine_metadata(const OfficeFacts& facts, Findings& findings) {
  if (facts.metadata.empty()) return;
  const std::size_t before = findings.size();
  for (const ExpiryFact& role : facts.metadata) {
    const Values values{{"role", printable(role.role)}, {"when", when(role.expires)}};
    if (role.expires <= facts.now) {
      add(findings, "metadata-over", values);
    } else if (role.expires - facts.now <
               (is_online(role.role) ? kOnlineNotice : kOfflineNotice)) {
      add(findings, "metadata-soon", values);
    }
  }
  const auto first = std::ranges::min_element(facts.metadata, {}, &ExpiryFact::expires);
  add_if_none(findings, before, "metadata-good", {{"when", when(first->expires)}});
}

void examine_certificate(const OfficeFacts& facts, Findings& findings) {
  if (!facts.certificate) return;
  const std::size_t before = findings.size();
  const CertificateFact& certificate = *facts.certificate;
  const Values values{{"from", when(certificate.valid_from)},
                      {"when", when(certificate.valid_until)}};
  if (facts.now < certificate.valid_from || facts.now >= certificate.valid_until) {
    add(findings, "certificate-over", values);
  } else if (certificate.valid_until - facts.now < kCertificateNotice) {
    add(findings, "certificate-soon", values);
  }
  for (const std::string& address : facts.addresses) {
    if (std::ranges::find(certificate.names, address) == certificate.names.end()) {
      add(findings, "certificate-names", {{"name", address}});
    }
  }
  add_if_none(findings, before, "certificate-good", values);
}

void examine_clock(const OfficeFacts& facts, Findings& findings) {
  if (!facts.newest_known) return;
  const Values values{{"now", when(facts.now)}, {"when", when(*facts.newest_known)}};
  if (facts.now + kClockTolerance < *facts.newest_known) {
    return add(findings, "clock-behind", values);
  }
  const bool is_ahead = facts.now - *facts.newest_known > kClockAhead;
  add(findings, is_ahead ? "clock-ahead" : "clock-good", values);
}

void examine_kiosks(const OfficeFacts& facts, Findings& findings) {
  if (!facts.kiosks) return;
  if (facts.kiosks->empty()) return add(findings, "kiosks-none");
  const std::size_t before = findings.size();
  for (const KioskFact& kiosk : *facts.kiosks) {
    if (!kiosk.last_seen) {
      add(findings, "kiosk-never", {{"name", printable(kiosk.name)}});
    } else if (facts.now - *kiosk.last_seen > kSilence) {
      add(findings, "kiosk-silent",
          {{"name", printable(kiosk.name)}, {"when", when(*kiosk.last_seen)}});
    }
  }
  add_if_none(findings, before, "kiosks-good",
              {{"count", std::to_string(facts.kiosks->size())}});
}

void examine_units(const OfficeFacts& facts, Findings& findings) {
  if (!facts.units) return;
  const std::size_t before = findings.size();
  for (const UnitFact& unit : *facts.units) {
    if (!unit.has_responsible_person)
      add(findings, "unit-orphaned", {{"name", printable(unit.name)}});
  }
  add_if_none(findings, before, "units-good");
}

std::string joined(const std::vector<std::string>& addresses) {
  std::string text;
  for (const std::string& address : addresses) text += (text.empty() ? "" : ", ") + address;
  return text;
}

void examine_reach(const OfficeFacts& facts, Findings& findings) {
  if (facts.listen.empty()) return;
  if (reach_of(facts.listen) == Reach::loopback) return add(findings, "reach-loopback");
  // Everything, or the one address that was chosen.
  std::vector<std::string> reached = facts.addresses;
  if (facts.listen != "0.0.0.0" && facts.listen != "::") reached = {facts.listen};
  if (reached.empty()) return add(findings, "reach-nobody");
  std::vector<std::string> open;
  for (const std::string& address : reached) {
    if (reach_of(address) == Reach::everybody) open.push_back(address);
  }
  if (!open.empty()) return add(findings, "reach-public", {{"addresses", joined(open)}});
  add(findings, "reach-lan", {{"addresses", joined(reached)}});
}

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::good:
      return "good";
    case Severity::advice:
      return "advice";
    case Severity::fault:
      return "fault";
  }
  return "";
}

Findings examine(const OfficeFacts& facts) {
  Findings findings;
  examine_folders(facts, findings);
  examine_disk(facts, findings);
  examine_database(facts, findings);
  examine_keys(facts, findings);
  examine_metadata(facts, findings);
  examine_certificate(facts, findings);
  examine_clock(facts, findings);
  examine_kiosks(facts, findings);
  examine_units(facts, findings);
  examine_reach(facts, findings);
  return findings;
}

Severity worst_of(const Findings& findings) {
  Severity worst = Severity::good;
  for (const Finding& finding : findings) worst = std::max(worst, finding.severity);
  return worst;
}

}  // namespace conglang::server
