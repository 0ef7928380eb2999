// The kiosk's side of the talk that makes it one of an office's kiosks.
//
// Whoever the kiosk talks to is a stranger until a person has compared the number: nothing
// of the talk is kept before. From the moment the office has named its authority, only a
// server that this authority proves is asked, so that the token cannot be listened to.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "player/identity/enrolment.h"
#include "player/identity/kiosk_key.h"
#include "player/setup/enrolment_card.h"
#include "playlists/wire/enrolment.h"

namespace conglang::player {

// Posts a body and gives the answer's. An Error's code is what failed: "dns", "refused",
// "status-404".
using AskOffice =
    std::function<Result<std::string>(const std::string& path, const std::string& body)>;

// Whom to believe from now on; nothing: anybody.
using ConnectOffice =
    std::function<Result<AskOffice>(const std::optional<EnrolmentAnchors>& anchors)>;

struct EnrolmentParts {
  std::string server;
  std::string program;  // "conglang-player 0.1.0"
  const KioskKey& key;
  RandomBytes random;
  ConnectOffice connect;
};

// A machine of steps, without a thread or a clock.
//
// Threads: one at a time.
class EnrolmentTalk {
 public:
  // Requires: the key outlives it.
  explicit EnrolmentTalk(EnrolmentParts parts);

  // One question to the office, or none when the talk is over. After an expired code or a
  // failure the next step goes on; refused and confirmed are the end.
  const EnrolmentView& step();

  const EnrolmentView& view() const { return view_; }

  // What to keep, once confirmed.
  const std::optional<Enrolment>& enrolment() const { return enrolment_; }

 private:
  struct Offered {
    EnrolmentOffer offer;
    EnrolmentReveal reveal;
    EnrolmentAnchors anchors;
  };

  Status begin();
  Status poll();
  Status hear(const EnrolmentProgress& progress);
  void start_again();
  void tell(const Error& error);

  EnrolmentParts parts_;
  EnrolmentView view_;
  AskOffice ask_;
  std::optional<Offered> offered_;
  std::optional<Enrolment> enrolment_;
};

// With an install stick nobody compares: the stick was made by the office and names its
// authority. One question, one answer.
// Fails: as AskOffice; malformed (the answer).
Result<Enrolment> enrol_with_stick(const InstallStick& stick, const EnrolmentParts& parts);

}  // namespace conglang::player
