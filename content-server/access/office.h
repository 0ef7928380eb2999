// What the office as a whole has decided, and how far its set-up has come.
#pragma once

#include <optional>
#include <string>

#include "playlists/base/localized_text.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"

namespace conglang::server {

struct Office {
  LocalizedText name;                         // the commune's
  bool second_person_approves = false;        // who submitted may not approve
  std::string timezone = "Asia/Ho_Chi_Minh";  // IANA
  Sha256Digest root;                          // of the newest root.json
  Instant set_up_at{};

  bool operator==(const Office&) const = default;
};

// Guards the set-up page until the office exists.
struct SetupCode {
  Sha256Digest code;
  Instant ends_at{};
  int wrong_tries = 0;

  bool operator==(const SetupCode&) const = default;
};

}  // namespace conglang::server
