// The pure rules: who may do what, who waits, whose request it is.
#include <gtest/gtest.h>

#include "content-server/access/permissions.h"
#include "content-server/access/same_origin.h"
#include "content-server/access/throttle.h"

namespace conglang::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kNow{hours{24 * 365 * 56}};

Person person(unsigned bits) {
  Person made{PersonId("p"), "lan", "Lan", {}, PersonState::active, std::nullopt, kNow};
  made.rights = {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0,
                 (bits & 16) != 0};
  return made;
}

// Which single rights suffice for a deed, written independently of the code.
unsigned sufficing(Deed deed) {
  switch (deed) {
    case Deed::view:
      return 31;
    case Deed::write:
    case Deed::submit:
      return 1;
    case Deed::approve:
      return 2;
    case Deed::take_down:
      return 8;
    case Deed::request_reinstate:
      return 1 | 2 | 8;
    case Deed::read_audit:
      return 2 | 4 | 16;
    default:
      return 4;
  }
}

TEST(Permissions, FollowTheTableForEverySetOfRights) {
  for (unsigned bits = 1; bits <= 16; ++bits) {
    for (int nth = 0; nth <= static_cast<int>(Deed::read_audit); ++nth) {
      const Deed deed{nth};
      EXPECT_EQ(may(person(bits), deed, {.now = kNow}), (bits & sufficing(deed)) != 0)
          << bits << " " << to_string(deed);
    }
  }
}

TEST(Permissions, AreNobodysWithoutAnActiveAccount) {
  for (int nth = 0; nth <= static_cast<int>(Deed::read_audit); ++nth) {
    Person closed = person(15), invited = person(15), ended = person(15);
    closed.state = PersonState::closed;
    invited.state = PersonState::invited;
    ended.ends_at = kNow;
    for (const Person& one : {closed, invited, ended}) {
      EXPECT_FALSE(may(one, Deed{nth}, {.now = kNow}));
    }
  }
}

TEST(Permissions, WantASecondPersonOnlyWhereTheOfficeDoes) {
  EXPECT_TRUE(may(person(3), Deed::approve, {kNow, false, true}));
  EXPECT_TRUE(may(person(3), Deed::approve, {kNow, true, false}));
  EXPECT_EQ(require(person(3), Deed::approve, {kNow, true, true}).error().code,
            "second-person");
}

TEST(Throttle, DoublesUpToFifteenMinutesAndNoLonger) {
  Attempts attempts;
  for (int nth = 1; nth <= 2000; ++nth) {
    attempts = after_failure(attempts, kNow);
    const auto wait = next_try(ThrottleKind::account, attempts) - kNow;
    if (nth < 5) {
      EXPECT_EQ(wait, seconds{0});
    }
    if (nth == 5) {
      EXPECT_EQ(wait, seconds{1});
    }
    if (nth == 8) {
      EXPECT_EQ(wait, seconds{8});
    }
    EXPECT_LE(wait, minutes{15});
  }
  EXPECT_EQ(after_failure(attempts, kNow + hours{24}).failures, 1);
}

TEST(Throttle, OfAnAddressIsNotClearedByASuccess) {
  EXPECT_EQ(after_success({30, kNow}, ThrottleKind::address).failures, 29);
  EXPECT_EQ(after_success({30, kNow}, ThrottleKind::account).failures, 0);
  EXPECT_EQ(throttle_name(ThrottleKind::address, "2001:db8::1"),
            throttle_name(ThrottleKind::address, "2001:db8::ffff"));
  EXPECT_NE(throttle_name(ThrottleKind::address, "10.0.0.1"),
            throttle_name(ThrottleKind::address, "10.0.0.2"));
}

TEST(SameOrigin, LetsOnlyOurOwnPageChangeSomething) {
  const std::vector<std::string> own{"https://conglang.local:8443"};
  const auto passes = [&](const RequestOrigin& origin) {
    return check_same_origin(origin, own).ok();
  };

  EXPECT_TRUE(passes({false, "https://evil.example", "cross-site", ""}));
  EXPECT_TRUE(passes({true, own[0], "", "1"}));
  EXPECT_TRUE(passes({true, "", "same-origin", "1"}));
  EXPECT_FALSE(passes({true, own[0], "same-origin", ""}));
  EXPECT_FALSE(passes({true, "https://evil.example", "same-origin", "1"}));
  EXPECT_FALSE(passes({true, "null", "", "1"}));
  EXPECT_FALSE(passes({true, "", "same-site", "1"}));
  EXPECT_FALSE(passes({true, "", "", "1"}));
}

}  // namespace
}  // namespace conglang::server
