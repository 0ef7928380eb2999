// A kiosk is taken in: by a code and a number that people compare, or by an install stick.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "content-server/kiosks/kiosk_desk.h"
#include "playlists/wire/enrolment.h"

namespace conglang::server {

inline constexpr std::chrono::minutes kEnrolmentLife{10};
inline constexpr std::size_t kMostOpenEnrolments = 100;
inline constexpr std::size_t kMostOpenOfAnAddress = 10;
inline constexpr std::chrono::hours kStickLife{24 * 14};

// "K7M2-Q9XD": 38 random bits in letters that are not mistaken for each other.
std::string new_enrolment_code();
// 256 random bits as 64 hexadecimal digits.
std::string new_kiosk_token();

struct OfficeLink {
  std::string address;  // "https://192.168.1.20:8443"
  EnrolmentAnchors anchors;
};

// Fails: conflict, code "too-many-enrolments".
Result<EnrolmentOffer> begin_enrolment(const KioskDesk& desk, const EnrolmentRequest& request,
                                       const std::string& from, const OfficeLink& office);

// Fails: missing; conflict when it revealed already, or has ended; untrusted, code
// "commitment", when this is not what it committed to. Then it counts as refused, and the
// caller must let this transaction end well in spite of the error.
Result<EnrolmentAnchors> reveal_enrolment(const KioskDesk& desk, const std::string& id,
                                          const EnrolmentReveal& reveal,
                                          const OfficeLink& office);

struct NewKiosk {
  std::string name;
  GroupId group;
  std::optional<SiteId> site;
};

// Fails: missing; conflict, code "not-revealed" or "enrolment-over"; malformed for the name,
// or for a group or site that is not there.
Result<Kiosk> confirm_enrolment(const KioskDesk& desk, const std::string& id,
                                const NewKiosk& kiosk);
Status refuse_enrolment(const KioskDesk& desk, const std::string& id);

// Those that a person can still decide about.
Result<std::vector<Enrolment>> open_enrolments(const KioskDesk& desk);

// What the kiosk learns when it asks again. Each answer with a grant makes a new token, until
// the kiosk has used one.
// Fails: missing; untrusted, code "bad-signature".
Result<EnrolmentProgress> poll_enrolment(const KioskDesk& desk, const std::string& id,
                                         const EnrolmentPoll& poll);

// The stick's document; its token is kept nowhere else. Fails: as confirm_enrolment().
Result<InstallStick> make_stick(const KioskDesk& desk, const NewKiosk& kiosk,
                                const OfficeLink& office);

// Fails: untrusted, code "stick-token" (unknown, used or too old) or "bad-signature".
Result<KioskGrant> enrol_by_stick(const KioskDesk& desk, const StickEnrolment& enrolment);

}  // namespace conglang::server
