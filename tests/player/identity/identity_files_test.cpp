#include "player/identity/identity_files.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <algorithm>

#include "player/identity/enrolment.h"
#include "player/store/posix_state_folder.h"
#include "tests/player/store/crash_folder.h"
#include "tests/player/store/temporary_folder.h"

namespace conglang::player {
namespace {

// The same "random" bytes each time; another number, other bytes.
RandomBytes bytes_of(std::uint8_t number) {
  return [number](std::span<std::uint8_t> bytes) { std::ranges::fill(bytes, number); };
}

std::string key_of(const Result<LoadedIdentity>& identity) {
  return identity ? std::string(identity->key.public_key().bytes.begin(),
                                identity->key.public_key().bytes.end())
                  : "none: " + identity.error().message;
}

Result<LoadedIdentity> load(StateFolder& folder, NewIdentity may = NewIdentity::allowed,
                            std::uint8_t number = 1) {
  return load_identity(folder, may, bytes_of(number));
}

TEST(KeyOfKiosk, SignsForOnePurposeOnly) {
  const KioskKey key(KioskKey::Seed{1, 2, 3});

  const std::string signature = key.sign("records 1", "bytes");

  EXPECT_TRUE(is_signed_by(key.public_key(), "records 1\nbytes", signature));
  EXPECT_FALSE(is_signed_by(key.public_key(), "enrol 1\nbytes", signature));
  EXPECT_FALSE(is_signed_by(key.public_key(), "bytes", signature));
  EXPECT_EQ(key.sign("records 1\nbytes"), signature);
}

TEST(Identity, IsMadeOnceAndIsTheSameEverAfter) {
  CrashFolder folder;

  const auto made = load(folder, NewIdentity::allowed, 1);
  const auto again = load(folder, NewIdentity::allowed, 2);

  ASSERT_TRUE(made.ok() && again.ok());
  EXPECT_TRUE(made->was_made);
  EXPECT_FALSE(again->was_made);
  EXPECT_EQ(key_of(made), key_of(again));
}

TEST(Identity, IsNeverMadeForAKioskThatHadOne) {
  CrashFolder folder;

  const auto refused = load(folder, NewIdentity::refused);

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::missing);
  EXPECT_TRUE(folder.names().empty());
}

TEST(Identity, IsMendedFromItsOtherCopyWhicheverIsDamaged) {
  CrashFolder whole;
  const std::string key = key_of(load(whole));
  for (const char* name : {"identity", "identity-2"}) {
    for (const std::string& harm : {std::string(), std::string("{}"), std::string("flipped")}) {
      CrashFolder::Names names = whole.names();
      std::string& bytes = names[name];
      if (harm == "flipped") {
        const std::size_t digit = bytes.find("seed") + 10;
        bytes[digit] = bytes[digit] == '0' ? '1' : '0';
      } else {
        bytes = harm;
      }
      CrashFolder folder(names);

      const auto mended = load(folder, NewIdentity::refused, 9);

      ASSERT_TRUE(mended.ok()) << name << " " << harm;
      EXPECT_TRUE(mended->was_mended);
      EXPECT_EQ(key_of(mended), key);
      EXPECT_EQ(folder.names(), whole.names());
    }
  }
}

TEST(Identity, IsANamedErrorWhenBothCopiesAreDamagedAndNothingIsReplaced) {
  const CrashFolder::Names names{{"identity", "garbage"}, {"identity-2", "{}"}};
  CrashFolder folder(names);

  const auto damaged = load(folder);

  ASSERT_FALSE(damaged.ok());
  EXPECT_EQ(damaged.error().code, "identity-damaged");
  EXPECT_EQ(folder.names(), names);
}

TEST(Identity, IsNotMadeAnewBesideADamagedCopy) {
  CrashFolder folder(CrashFolder::Names{{"identity-2", "garbage"}});

  EXPECT_EQ(load(folder).error().code, "identity-damaged");
}

TEST(Identity, IsAConflictWhenItsCopiesAreDifferentKeys) {
  CrashFolder one, other;
  ASSERT_TRUE(load(one, NewIdentity::allowed, 1).ok());
  ASSERT_TRUE(load(other, NewIdentity::allowed, 2).ok());
  CrashFolder folder(CrashFolder::Names{{"identity", one.names().at("identity")},
                                        {"identity-2", other.names().at("identity-2")}});

  EXPECT_EQ(load(folder).error().code, "identity-conflict");
}

TEST(Identity, IsOneKeyWheneverThePowerGoesWhileItIsMade) {
  for (int operation = 0;; ++operation) {
    CrashFolder folder;
    folder.strike_at(operation, CrashFolder::Fault::power_cut);
    const auto first = load(folder, NewIdentity::allowed, 1);
    if (!folder.was_struck()) {
      EXPECT_TRUE(first.ok());
      EXPECT_GE(operation, 6);
      return;
    }
    for (const CrashFolder::Names& names : folder.after_power_cut()) {
      CrashFolder after(names);
      const auto second = load(after, NewIdentity::allowed, 2);
      ASSERT_TRUE(second.ok()) << operation << ": " << second.error().message;
      CrashFolder later(after.names());
      EXPECT_EQ(key_of(load(later, NewIdentity::refused, 3)), key_of(second));
    }
  }
}

TEST(Identity, WorksWhenTheOtherCopyCannotBeMended) {
  CrashFolder whole;
  const std::string key = key_of(load(whole));
  CrashFolder folder(CrashFolder::Names{{"identity-2", whole.names().at("identity-2")}});
  folder.strike_at(0, CrashFolder::Fault::failure);

  const auto loaded = load(folder, NewIdentity::refused);

  EXPECT_EQ(key_of(loaded), key);
  ASSERT_TRUE(loaded->mending_failed.has_value());
}

using IdentityOnDisk = TemporaryFolder;

TEST_F(IdentityOnDisk, IsReadableByItsOwnerOnly) {
  auto folder = PosixStateFolder::open(folder_.string());
  ASSERT_TRUE(folder.ok());
  ASSERT_TRUE(load_identity(*folder, NewIdentity::allowed, random_bytes).ok());

  for (const char* name : {"/identity", "/identity-2"}) {
    struct stat facts {};
    ASSERT_EQ(::stat((folder_.string() + name).c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777u, 0600u);
  }
}

Enrolment enrolment() {
  return {"https://192.168.1.10:8443",
          "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n",
          "{\"signed\":{}}\n",
          KioskId{"018f-kiosk"},
          "Chợ Vũ Xá",
          "token-of-the-kiosk",
          GroupId{"office"}};
}

TEST(EnrolmentTest, IsAbsentBeforeAndTheSameAfterwards) {
  CrashFolder folder;
  EXPECT_EQ(*load_enrolment(folder), std::nullopt);

  ASSERT_TRUE(save_enrolment(folder, enrolment()).ok());

  EXPECT_EQ(*load_enrolment(folder), enrolment());
}

TEST(EnrolmentTest, IsTheOldOrTheNewOneWheneverThePowerGoes) {
  CrashFolder start;
  ASSERT_TRUE(save_enrolment(start, enrolment()).ok());
  Enrolment renewed = enrolment();
  renewed.token = "another";
  for (int operation = 0;; ++operation) {
    CrashFolder folder(start.names());
    folder.strike_at(operation, CrashFolder::Fault::power_cut);
    (void)save_enrolment(folder, renewed).ok();
    if (!folder.was_struck()) return;
    for (const CrashFolder::Names& names : folder.after_power_cut()) {
      CrashFolder after(names);
      const auto read = load_enrolment(after);
      ASSERT_TRUE(read.ok());
      EXPECT_TRUE(*read == enrolment() || *read == renewed);
    }
  }
}

TEST(EnrolmentTest, IsANamedErrorWhenItIsDamagedAndNeverTakenForAbsent) {
  CrashFolder whole;
  ASSERT_TRUE(save_enrolment(whole, enrolment()).ok());
  const std::string good = whole.names().at("enrolment");
  for (std::size_t length = 0; length + 2 < good.size(); ++length) {
    CrashFolder folder(CrashFolder::Names{{"enrolment", good.substr(0, length)}});
    const auto read = load_enrolment(folder);
    ASSERT_FALSE(read.ok()) << length;
    EXPECT_EQ(read.error().code, "enrolment-damaged");
  }
}

TEST(EnrolmentTest, IsMendedFromItsOtherCopyWhicheverIsDamaged) {
  CrashFolder whole;
  ASSERT_TRUE(save_enrolment(whole, enrolment()).ok());
  for (const char* name : {"enrolment", "enrolment-2"}) {
    for (const std::string& damage :
         {std::string(), std::string("{"), std::string(2 << 20, ' ')}) {
      auto names = whole.names();
      names[name] = damage;
      CrashFolder folder(names);
      EXPECT_EQ(*load_enrolment(folder), enrolment()) << name;
      EXPECT_EQ(folder.names(), whole.names()) << name;
    }
    auto names = whole.names();
    names.erase(name);
    CrashFolder folder(names);
    EXPECT_EQ(*load_enrolment(folder), enrolment()) << name;
    EXPECT_EQ(folder.names(), whole.names()) << name;
  }
}

TEST(EnrolmentTest, NoticesASingleByteThatChanged) {
  CrashFolder whole;
  ASSERT_TRUE(save_enrolment(whole, enrolment()).ok());
  const std::string good = whole.names().at("enrolment");
  for (std::size_t at = 0; at + 1 < good.size(); ++at) {
    std::string bytes = good;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x01);
    CrashFolder folder(CrashFolder::Names{{"enrolment", bytes}, {"enrolment-2", good}});
    EXPECT_EQ(*load_enrolment(folder), enrolment()) << at;
  }
}

TEST(EnrolmentTest, IsTheNewerOneWhenThePowerWentBetweenItsCopies) {
  CrashFolder before, after;
  ASSERT_TRUE(save_enrolment(before, enrolment()).ok());
  Enrolment renewed = enrolment();
  renewed.token = "another";
  ASSERT_TRUE(save_enrolment(after, renewed).ok());
  CrashFolder between(CrashFolder::Names{{"enrolment", after.names().at("enrolment")},
                                         {"enrolment-2", before.names().at("enrolment-2")}});

  EXPECT_EQ(*load_enrolment(between), renewed);
  EXPECT_EQ(between.names(), after.names());
}

TEST(EnrolmentTest, NeedsNoAuthorityWhenTheSystemKnowsTheServer) {
  CrashFolder folder;
  Enrolment public_office = enrolment();
  public_office.authorities_pem.clear();

  ASSERT_TRUE(save_enrolment(folder, public_office).ok());
  EXPECT_EQ(**load_enrolment(folder), public_office);
}

TEST(EnrolmentTest, IsRefusedWithoutAnAnchorOfWhatIsPlayed) {
  CrashFolder folder;
  Enrolment unproven = enrolment();
  unproven.root.clear();

  EXPECT_FALSE(save_enrolment(folder, unproven).ok());
  EXPECT_TRUE(folder.names().empty());
}

}  // namespace
}  // namespace conglang::player
