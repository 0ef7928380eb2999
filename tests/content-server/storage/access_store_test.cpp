// What the stores of access promise, and that the use cases hold on a real database.
#include "content-server/storage/access_store.h"

#include <gtest/gtest.h>

#include <functional>

#include "content-server/access/authenticate.h"
#include "content-server/access/password_change.h"
#include "content-server/access/people.h"
#include "content-server/access/setup.h"
#include "content-server/access/sign_in.h"
#include "content-server/access/units.h"
#include "tests/support/office_database.h"

namespace conglang::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Instant kNow{hours{24 * 365 * 56}};

LockedKey locked_key(std::uint8_t number) {
  Secret seed(32);
  seed.data()[0] = number;
  return lock_key(seed, Secret(32), PasswordSalt{});
}

class AcceptingTrust : public InitialTrust {
 public:
  Result<JsonValue> online_keys() override { return JsonValue(JsonObject{}); }
  Result<Sha256Digest> begin(const std::string& root, const std::array<std::uint8_t, 32>&,
                             Instant) override {
    if (root == "forged") return Error{ErrorKind::untrusted, "root.json: is not signed"};
    return sha256(std::string_view(root));
  }
};

class AccessStore : public testing::Test {
 protected:
  using Work = std::function<Status(const AccessDesk&)>;

  Status work(const Work& wanted, Instant now = kNow) {
    return database_->write(Durability::power_cut, [&](const Stores& stores) {
      return wanted({stores.people, stores.sessions, stores.units, stores.office, stores.audit,
                     "person:test", now});
    });
  }

  template <typename T>
  T get(const std::function<Result<T>(const AccessDesk&)>& wanted, Instant now = kNow) {
    std::optional<T> value;
    const Status status = work(
        [&](const AccessDesk& desk) -> Status {
          auto result = wanted(desk);
          if (!result.ok()) return result.error();
          value = std::move(*result);
          return {};
        },
        now);
    EXPECT_TRUE(status.ok()) << status.error().message;
    return std::move(*value);
  }

  SetupAnswers answers(const std::string& code) {
    SetupAnswers given;
    given.code = code;
    given.office_name.vi = "Xã Hòa Phong";
    given.person = {"lan", "Lê Thị Lan", {PasswordSalt{}, "hash"}, locked_key(1)};
    given.root = "root";
    return given;
  }

  Person set_up() {
    const auto code = get<std::optional<std::string>>(begin_office);
    return get<Person>(
        [&](const AccessDesk& desk) { return set_up_office(desk, answers(*code), trust_); });
  }

  NewSession sign_in(Instant now = kNow) {
    const Visitor visitor{"10.0.0.1", "Firefox"};
    const auto start = get<SignInStart>(
        [&](const AccessDesk& desk) { return start_sign_in(desk, "lan", visitor); }, now);
    EXPECT_FALSE(start.wait);
    auto made = get<std::optional<NewSession>>(
        [&](const AccessDesk& desk) {
          return finish_sign_in(desk, start.challenge, true, visitor);
        },
        now);
    return *made;
  }

  bool counts(const std::string& token, Instant now) {
    bool is_signed_in = false;
    const Status read = database_->read([&](const Stores& stores) -> Status {
      is_signed_in = authenticate(stores.sessions, token, now).ok();
      return {};
    });
    return read.ok() && is_signed_in;
  }

  OfficeDatabase database_;
  AcceptingTrust trust_;
};

TEST_F(AccessStore, SetsTheOfficeUpOnceWithTheCode) {
  const auto code = get<std::optional<std::string>>(begin_office);
  SetupAnswers forged = answers(*code);
  forged.root = "forged";
  const auto attempt = [&](const SetupAnswers& given) {
    return work([&](const AccessDesk& desk) -> Status {
      const auto done = set_up_office(desk, given, trust_);
      return done.ok() ? Status() : Status(done.error());
    });
  };

  EXPECT_EQ(attempt(answers("AAAA-AAAA-AAAA")).error().code, "setup-code");
  EXPECT_EQ(attempt(forged).error().kind, ErrorKind::untrusted);
  EXPECT_TRUE(attempt(answers(*code)).ok());
  EXPECT_EQ(attempt(answers(*code)).error().code, "already-set-up");
  EXPECT_EQ(get<std::optional<std::string>>(begin_office), std::nullopt);
}

TEST_F(AccessStore, WearsTheSetupCodeOutByTriesAndByTime) {
  const auto code = get<std::optional<std::string>>(begin_office);
  const auto check = [&](const std::string& typed, Instant now) {
    return get<SetupCodeCheck>(
        [&](const AccessDesk& desk) { return check_setup_code(desk, typed); }, now);
  };

  EXPECT_EQ(check(*code, kNow + hours{23}), SetupCodeCheck::right);
  EXPECT_EQ(check(*code, kNow + hours{24}), SetupCodeCheck::worn_out);
  for (int nth = 0; nth < kMostWrongSetupTries; ++nth) {
    EXPECT_EQ(check("wrong", kNow), SetupCodeCheck::wrong);
  }
  EXPECT_EQ(check(*code, kNow), SetupCodeCheck::worn_out);
}

TEST_F(AccessStore, EndsASessionWhenItIsIdleOrOld) {
  set_up();
  const NewSession made = sign_in();

  EXPECT_TRUE(counts(made.token, kNow + hours{11}));
  EXPECT_FALSE(counts(made.token, kNow + hours{12}));
  EXPECT_FALSE(counts(made.session.id, kNow));
  for (int hour = 10; hour <= 24 * 8; hour += 10) {
    ASSERT_TRUE(work([&](const AccessDesk& desk) {
                  return desk.sessions.touch(made.session.id, kNow + hours{hour});
                }).ok());
    EXPECT_EQ(counts(made.token, kNow + hours{hour}), hours{hour} < kSessionLife);
  }
}

TEST_F(AccessStore, ThrottlesAndLetsInAgain) {
  set_up();
  const Visitor visitor{"10.0.0.9", ""};
  const auto start = [&](Instant now) {
    return get<SignInStart>(
        [&](const AccessDesk& desk) { return start_sign_in(desk, "lan", visitor); }, now);
  };
  for (int nth = 0; nth < 5; ++nth) EXPECT_FALSE(start(kNow).wait);

  EXPECT_TRUE(start(kNow).wait.has_value());
  EXPECT_FALSE(start(kNow + minutes{15}).wait);
}

TEST_F(AccessStore, ChangesThePasswordWithTheKeyAndEndsEverySession) {
  const Person person = set_up();
  const NewSession first = sign_in(), second = sign_in();
  const SignedIn who{first.session, person};
  const auto change = [&](const NewPassword& password) {
    return work([&](const AccessDesk& desk) -> Status {
      const auto made = change_password(desk, who, "hash", password);
      return made.ok() ? Status() : Status(made.error());
    });
  };

  EXPECT_FALSE(change({{PasswordSalt{}, "new"}, std::nullopt}).ok());
  EXPECT_FALSE(change({{PasswordSalt{}, "new"}, locked_key(2)}).ok());
  EXPECT_TRUE(counts(second.token, kNow));
  EXPECT_TRUE(change({{PasswordSalt{}, "new"}, locked_key(1)}).ok());
  EXPECT_FALSE(counts(first.token, kNow));
  EXPECT_FALSE(counts(second.token, kNow));
  EXPECT_EQ(change({{PasswordSalt{}, "x"}, locked_key(1)}).error().kind, ErrorKind::conflict);
}

TEST_F(AccessStore, LetsAnInvitationBeUsedOnceAndNotTooLate) {
  set_up();
  const auto invited = get<NewInvitation>([](const AccessDesk& desk) {
    return invite_person(desk, {"Minh", {.author = true}, std::nullopt});
  });
  const auto accept = [&](const std::string& account, Instant now) {
    return work(
        [&](const AccessDesk& desk) -> Status {
          const auto joined = accept_invitation(
              desk, invited.token, {account, "Minh", {PasswordSalt{}, "h"}, std::nullopt});
          return joined.ok() ? Status() : Status(joined.error());
        },
        now);
  };

  EXPECT_EQ(accept("minh", kNow + hours{72}).error().code, "no-invitation");
  EXPECT_EQ(accept("lan", kNow).error().code, "account-taken");
  EXPECT_TRUE(accept("minh", kNow).ok());
  EXPECT_EQ(accept("minh", kNow).error().code, "no-invitation");
}

TEST_F(AccessStore, WithdrawsTheKeyOfWhoLostThePassword) {
  const Person person = set_up();
  const NewSession made = sign_in();

  get<NewInvitation>([&](const AccessDesk& desk) { return reset_person(desk, person.id); });

  const auto keys = get<std::vector<ApproverKey>>(
      [](const AccessDesk& desk) { return desk.people.all_keys(); });
  ASSERT_EQ(keys.size(), 1u);
  EXPECT_EQ(keys[0].state, KeyState::withdrawn);
  EXPECT_FALSE(counts(made.token, kNow));
}

TEST_F(AccessStore, KeepsTheLastAdministrator) {
  const Person person = set_up();

  EXPECT_EQ(
      work([&](const AccessDesk& desk) { return close_person(desk, person.id); }).error().code,
      "last-administrator");
}

TEST_F(AccessStore, HandsAUnitOverAndWarnsWhenNobodyAnswers) {
  const Person person = set_up();
  const Unit unit = get<Unit>([](const AccessDesk& desk) {
    return add_unit(desk, {"Nhà văn hóa", {{"en", "Culture house"}}});
  });
  EXPECT_EQ(unit_warning(unit, {person}, kNow), UnitWarning::nobody);

  get<Unit>([&](const AccessDesk& desk) {
    return hand_over(desk, unit.id, {person.id, std::nullopt, kNow, kNow + hours{24 * 30}});
  });

  database_.open_again();
  const auto units =
      get<std::vector<Unit>>([](const AccessDesk& desk) { return desk.units.all(); });
  ASSERT_EQ(units.size(), 1u);
  EXPECT_EQ(units[0].name, unit.name);
  EXPECT_EQ(unit_warning(units[0], {person}, kNow), UnitWarning::none);
  EXPECT_EQ(unit_warning(units[0], {person}, kNow + hours{24 * 20}), UnitWarning::ends_soon);
  EXPECT_EQ(unit_warning(units[0], {}, kNow), UnitWarning::person_closed);
}

TEST_F(AccessStore, GivesUnknownAccountsASaltThatStays) {
  set_up();
  const auto salt = [&](const std::string& account) {
    return get<PasswordSalt>([&](const AccessDesk& desk) { return salt_of(desk, account); });
  };

  EXPECT_EQ(salt("nobody"), salt("nobody"));
  EXPECT_NE(salt("nobody"), salt("somebody"));
  EXPECT_EQ(salt("lan"), PasswordSalt{});
}

}  // namespace
}  // namespace conglang::server
