#include "content-server/ops/doctor.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "content-server/ops/network_address.h"
#include "content-server/publishing/key_file.h"
#include "tests/support/office_folder.h"

namespace conglang::server {
namespace {

using std::chrono::days;
using std::chrono::hours;

const Instant kNow = parse_instant("2026-11-23T10:00:00Z").value();

OfficeFacts well() {
  OfficeFacts facts;
  facts.now = kNow;
  facts.folders = {{"keys", true, true, true, false}, {"repository", true, true, false, true}};
  facts.disk = DiskFact{std::int64_t{50} << 30, std::int64_t{200} << 30, false};
  facts.database = Status();
  facts.audit = AuditFact{};
  facts.keys = {{"timestamp", true, {}}};
  facts.metadata = {{"timestamp", kNow + days(6)}, {"root", kNow + days(900)}};
  facts.certificate =
      CertificateFact{kNow - days(1), kNow + days(300), {"192.168.1.5", "conglang.local"}};
  facts.newest_known = kNow - hours(1);
  facts.kiosks = std::vector<KioskFact>{{"Nhà văn hóa", kNow - hours(1)}};
  facts.units = std::vector<UnitFact>{{"Văn phòng", true}};
  facts.listen = "0.0.0.0";
  facts.addresses = {"192.168.1.5"};
  return facts;
}

std::set<std::string> codes_of(const std::vector<Finding>& findings) {
  std::set<std::string> codes;
  for (const Finding& finding : findings) codes.insert(finding.code);
  return codes;
}

// What is said of a well office with one change, beside what is well.
std::set<std::string> ill_after(const std::function<void(OfficeFacts&)>& change) {
  OfficeFacts facts = well();
  change(facts);
  std::set<std::string> codes;
  for (const Finding& finding : examine(facts)) {
    if (finding.severity != Severity::good) codes.insert(finding.code);
  }
  return codes;
}

using Codes = std::set<std::string>;

TEST(Doctor, SaysOfEverythingThatIsWellThatItIs) {
  const auto findings = examine(well());

  EXPECT_EQ(worst_of(findings), Severity::good);
  EXPECT_EQ(codes_of(findings),
            (Codes{"folders-good", "disk-good", "database-good", "audit-good", "keys-good",
                   "metadata-good", "certificate-good", "clock-good", "kiosks-good",
                   "units-good", "reach-lan"}));
}

TEST(Doctor, SaysNothingOfWhatWasNotLookedAt) { EXPECT_TRUE(examine({}).empty()); }

TEST(Doctor, LooksAtFolders) {
  EXPECT_EQ(ill_after([](auto& f) { f.folders[0].is_there = false; }), Codes{"folder-missing"});
  EXPECT_EQ(ill_after([](auto& f) { f.folders[1].is_writable = false; }),
            Codes{"folder-locked"});
  EXPECT_EQ(ill_after([](auto& f) { f.folders[0].is_open_to_others = true; }),
            Codes{"folder-open"});
}

TEST(Doctor, LooksAtTheDisk) {
  constexpr std::int64_t kGib = std::int64_t{1} << 30;
  EXPECT_EQ(ill_after([](auto& f) { f.disk->free_bytes = 10 * kGib; }), Codes{});
  EXPECT_EQ(ill_after([](auto& f) { f.disk->free_bytes = 10 * kGib - 1; }), Codes{"disk-low"});
  EXPECT_EQ(ill_after([](auto& f) { f.disk->free_bytes = kGib - 1; }), Codes{"disk-full"});
  EXPECT_EQ(ill_after([](auto& f) { f.disk->is_network_share = true; }), Codes{"disk-network"});
}

TEST(Doctor, LooksAtDatabaseAndAuditLog) {
  const auto findings = [] {
    OfficeFacts facts = well();
    facts.database = Status(Error{ErrorKind::storage, "office.sqlite: is damaged"});
    facts.audit->why = "entry 12: was altered";
    return examine(facts);
  }();

  EXPECT_TRUE(codes_of(findings).contains("database-bad"));
  EXPECT_EQ(worst_of(findings), Severity::fault);
  const auto audit = std::ranges::find(findings, "audit-bad", &Finding::code);
  EXPECT_NE(audit->words.in("en").find("entry 12: was altered"), std::string::npos);
}

TEST(Doctor, LooksAtKeysAndTheirSignatures) {
  EXPECT_EQ(ill_after([](auto& f) { f.keys[0].is_published = false; }), Codes{"key-foreign"});
  EXPECT_EQ(ill_after([](auto& f) { f.keys[0].why = "no such file"; }),
            Codes{"key-unreadable"});
  EXPECT_EQ(ill_after([](auto& f) { f.metadata[0].expires = kNow; }), Codes{"metadata-over"});
  EXPECT_EQ(ill_after([](auto& f) { f.metadata[0].expires = kNow + days(3); }), Codes{});
  EXPECT_EQ(ill_after([](auto& f) { f.metadata[0].expires = kNow + days(3) - hours(1); }),
            Codes{"metadata-soon"});
  EXPECT_EQ(ill_after([](auto& f) { f.metadata[1].expires = kNow + days(59); }),
            Codes{"metadata-soon"});
}

TEST(Doctor, LooksAtTheCertificate) {
  EXPECT_EQ(ill_after([](auto& f) { f.certificate->valid_until = kNow; }),
            Codes{"certificate-over"});
  EXPECT_EQ(ill_after([](auto& f) { f.certificate->valid_from = kNow + hours(1); }),
            Codes{"certificate-over"});
  EXPECT_EQ(ill_after([](auto& f) { f.certificate->valid_until = kNow + days(29); }),
            Codes{"certificate-soon"});
  EXPECT_EQ(ill_after([](auto& f) { f.addresses.push_back("10.0.0.9"); }),
            Codes{"certificate-names"});
}

TEST(Doctor, LooksAtTheClock) {
  EXPECT_EQ(ill_after([](auto& f) { f.newest_known = kNow + hours(1); }),
            Codes{"clock-behind"});
  EXPECT_EQ(ill_after([](auto& f) { f.newest_known = kNow + std::chrono::seconds(30); }),
            Codes{});
  EXPECT_EQ(ill_after([](auto& f) { f.newest_known = kNow - days(366); }),
            Codes{"clock-ahead"});
}

TEST(Doctor, LooksAtKiosksAndUnits) {
  EXPECT_EQ(ill_after([](auto& f) { f.kiosks->clear(); }), Codes{"kiosks-none"});
  EXPECT_EQ(ill_after([](auto& f) { f.kiosks->push_back({"Chợ", {}}); }), Codes{"kiosk-never"});
  EXPECT_EQ(ill_after([](auto& f) {
              f.kiosks->push_back({"Chợ", kNow - hours(25)});
            }),
            Codes{"kiosk-silent"});
  EXPECT_EQ(ill_after([](auto& f) {
              f.units->push_back({"Đoàn", false});
            }),
            Codes{"unit-orphaned"});
}

TEST(Doctor, SaysWhoCanReachTheServer) {
  EXPECT_EQ(ill_after([](auto& f) { f.listen = "127.0.0.1"; }), Codes{"reach-loopback"});
  EXPECT_EQ(ill_after([](auto& f) { f.addresses.clear(); }), Codes{"reach-nobody"});
  EXPECT_EQ(ill_after([](auto& f) { f.addresses = {"8.8.8.8"}; }),
            (Codes{"reach-public", "certificate-names"}));
  EXPECT_EQ(ill_after([](auto& f) {
              f.addresses = {"192.168.1.5", "8.8.8.8"};
              f.certificate->names.push_back("8.8.8.8");
              f.listen = "192.168.1.5";
            }),
            Codes{});
}

TEST(Doctor, SpeaksVietnameseAndEnglishAboutEveryFinding) {
  const std::map<std::string, std::string> values{
      {"name", "A"}, {"free", "A"}, {"why", "A"},   {"role", "A"},     {"when", "A"},
      {"from", "A"}, {"now", "A"},  {"count", "A"}, {"addresses", "A"}};
  std::set<std::string> said;
  for (const std::string& code : finding_codes()) {
    const Finding finding = finding_of(code, values);

    EXPECT_EQ(finding.words.vi.find_first_of("{}"), std::string::npos) << code;
    EXPECT_TRUE(said.insert(finding.words.vi).second) << code;
    EXPECT_TRUE(said.insert(finding.words.in("en")).second) << code;
    EXPECT_TRUE(normalize_text(finding.words.vi).ok());
    EXPECT_EQ(*normalize_text(finding.words.vi), finding.words.vi) << code;
  }
}

TEST(ReachOf, TellsTheMachineItsNetworkAndTheWorldApart) {
  for (const char* address :
       {"127.0.0.1", "127.8.8.8", "::1", "localhost", "::ffff:127.0.0.1"}) {
    EXPECT_EQ(reach_of(address), Reach::loopback) << address;
  }
  for (const char* address :
       {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.9.9", "100.64.0.1",
        "fd00::1", "fe80::1%eth0", "::ffff:10.0.0.1"}) {
    EXPECT_EQ(reach_of(address), Reach::network) << address;
  }
  for (const char* address :
       {"8.8.8.8", "172.32.0.1", "172.15.0.1", "192.169.0.1", "11.0.0.1", "100.128.0.1",
        "2001:db8::1", "::ffff:8.8.8.8", "somewhere", ""}) {
    EXPECT_EQ(reach_of(address), Reach::everybody) << address;
  }
}

// A data folder as the server makes it.
class Gathering : public testing::Test {
 protected:
  Gathering() {
    for (const char* folder :
         {"keys", "tls", "repository/metadata", "assets", "uploads", "backups"}) {
      std::filesystem::create_directories(office_ / folder);
    }
    office_.write("office.sqlite", "");
    for (const char* role : {"snapshot", "timestamp", "takedown"}) {
      keys_.emplace(role, SigningKey::generate());
      office_.write(std::string("keys/") + role + ".key", write_key_file(role, keys_.at(role)));
    }
    for (const char* name : {"keys", "tls", "backups", "office.sqlite", "keys/snapshot.key",
                             "keys/timestamp.key", "keys/takedown.key"}) {
      ::chmod((office_ / name).c_str(), 0700);
    }
    write_root("2", keys_.at("timestamp").id());
    write_root("1", "an older key");
    metadata("7.targets.json", "2027-11-23T10:00:00Z",
             R"("delegations":{"roles":[{"name":"takedown","keyids":[")" +
                 keys_.at("takedown").id() + "\"]}]}");
    metadata("timestamp.json", "2026-11-30T10:00:00Z", R"("version":7)");
  }

  void metadata(const std::string& name, const std::string& expires, const std::string& more) {
    office_.write("repository/metadata/" + name,
                  R"({"signed":{"expires":")" + expires + "\"," + more + "}}");
  }

  void write_root(const std::string& version, const std::string& timestamp_key) {
    metadata(version + ".root.json", "2031-11-23T10:00:00Z",
             R"("roles":{"snapshot":{"keyids":[")" + keys_.at("snapshot").id() +
                 R"("]},"timestamp":{"keyids":[")" + timestamp_key + "\"]}}");
  }

  OfficeFacts gather() {
    OfficeFacts facts;
    facts.now = kNow;
    gather_from_disk(office_.path(), facts);
    facts.disk.reset();          // of the machine that runs the tests
    facts.newest_known.reset();  // by its clock
    return facts;
  }

  Codes gathered_codes() { return codes_of(examine(gather())); }

  OfficeFolder office_;
  std::map<std::string, SigningKey> keys_;
};

TEST_F(Gathering, FindsAFreshFolderWell) {
  EXPECT_EQ(gathered_codes(), (Codes{"folders-good", "keys-good", "metadata-good"}));
  EXPECT_EQ(gather().metadata.size(), 3u);
}

TEST_F(Gathering, FindsAForeignAMissingAndAnUnreadableKey) {
  office_.write("keys/timestamp.key", write_key_file("timestamp", SigningKey::generate()));
  std::filesystem::remove(office_ / "keys/snapshot.key");
  office_.write("keys/takedown.key", "{}");

  const auto findings = examine(gather());

  EXPECT_EQ(std::ranges::count(findings, "key-foreign", &Finding::code), 1);
  EXPECT_EQ(std::ranges::count(findings, "key-unreadable", &Finding::code), 2);
}

TEST_F(Gathering, FindsSecretsThatOthersCanRead) {
  ::chmod((office_ / "keys/timestamp.key").c_str(), 0644);
  std::filesystem::remove(office_ / "uploads");

  EXPECT_EQ(gathered_codes(),
            (Codes{"folder-open", "folder-missing", "keys-good", "metadata-good"}));
}

TEST_F(Gathering, LooksAtDiskAndNewestFile) {
  OfficeFacts facts;
  gather_from_disk(office_.path(), facts);

  ASSERT_TRUE(facts.disk.has_value());
  EXPECT_GT(facts.disk->total_bytes, 0);
  EXPECT_TRUE(facts.newest_known.has_value());
}

TEST_F(Gathering, SaysNothingOfARepositoryThatIsNotThere) {
  std::filesystem::remove_all(office_ / "repository/metadata");

  EXPECT_EQ(gathered_codes(), Codes{"folders-good"});
}

}  // namespace
}  // namespace conglang::server
