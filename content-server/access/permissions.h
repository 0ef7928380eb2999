// Who may do what: the one rule that every route asks.
#pragma once

#include "content-server/access/person.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang::server {

enum class Deed {
  view,
  write,              // drafts and uploads
  submit,             // a draft for approval
  approve,            // sign a submitted draft
  take_down,          // hide at once
  request_reinstate,  // ask that something hidden comes back
  manage_people,
  manage_units,
  manage_office,
  manage_kiosks,
  manage_keys,  // root ceremonies
  read_audit,
};

struct DeedContext {
  Instant now{};

  // For approve: whether the office wants a second person, and whether this person
  // submitted what is to be approved.
  bool second_person_approves = false;
  bool is_own_submission = false;
};

// False for everybody who is not active at `now`.
bool may(const Person& person, Deed deed, const DeedContext& context);

// Fails: untrusted, code "not-allowed", or "second-person" when only that is missing.
Status require(const Person& person, Deed deed, const DeedContext& context);

// "take-down", "manage-people", ...
std::string_view to_string(Deed deed);

}  // namespace conglang::server
