// What a kiosk knows of the office it belongs to.
#pragma once

#include <optional>
#include <string>

#include "player/store/state_folder.h"
#include "playlists/base/ids.h"

namespace conglang::player {

struct Enrolment {
  std::string server;           // "https://192.168.1.10:8443"
  std::string authorities_pem;  // who proves the server; empty: whom the system believes
  std::string root;             // the bytes of root.json, the anchor of what is played
  KioskId kiosk;
  std::string name;   // of the kiosk, for people; may be empty
  std::string token;  // bearer token of the kiosk API
  GroupId group;

  bool operator==(const Enrolment&) const = default;
};

// Kept in two copies: without this file a kiosk knows no root, and may show nothing at all. A
// copy that is missing, damaged or older is replaced from the other one.
//
// Nothing when the kiosk was never enrolled.
// Fails: malformed with the code "enrolment-damaged" (no copy is good), storage.
Result<std::optional<Enrolment>> load_enrolment(StateFolder& folder);

// Replaces what was there, whole or not at all.
// Fails: malformed (what could not be read again), storage.
Status save_enrolment(StateFolder& folder, const Enrolment& enrolment);

}  // namespace conglang::player
