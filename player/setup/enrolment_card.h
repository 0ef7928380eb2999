// What a kiosk that is being enrolled shows, on its screen and as lines for scripts.
#pragma once

#include <string>
#include <vector>

#include "player/scene/card.h"
#include "playlists/base/time.h"

namespace conglang::player {

enum class EnrolmentStage {
  connecting,
  waiting,      // for the officer, with code and number
  confirmed,    // the kiosk belongs to the office
  refused,      // an officer said no
  expired,      // nobody came; another code follows
  unreachable,  // the office does not answer
};

std::string_view to_string(EnrolmentStage stage);

struct EnrolmentView {
  EnrolmentStage stage = EnrolmentStage::connecting;
  std::string server;
  std::string code, number, link;  // while waiting
  Instant ends_at{};               // of the code, by the office's clock
  std::string name;                // of the kiosk, once confirmed
  std::string trouble;  // "dns", "refused", …: what does not work now; may be empty

  bool operator==(const EnrolmentView&) const = default;
};

// Pure. A time left that a clock without a battery could make up is not shown.
NoticeCard enrolment_card(const EnrolmentView& view, Instant now);

// "state waiting", "code K7M2-Q9XD", "number 1234 5678", "link …", "until …": one a line,
// never with a line feed in it.
std::vector<std::string> enrolment_lines(const EnrolmentView& view);

}  // namespace conglang::player
