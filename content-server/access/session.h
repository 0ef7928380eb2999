// A person who signed in, in one browser.
#pragma once

#include <chrono>
#include <string>

#include "content-server/access/person.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"

namespace conglang::server {

inline constexpr std::string_view kSessionCookie = "__Host-conglang";
inline constexpr std::chrono::hours kSessionIdle{12};
inline constexpr std::chrono::hours kSessionLife{24 * 7};

struct Session {
  std::string id;  // names it in lists; gives no access
  PersonId person;
  Instant made_at{};
  Instant seen_at{};    // to within five minutes
  std::string address;  // where it was made
  std::string client;   // what the browser calls itself

  bool operator==(const Session&) const = default;
};

// Whether it still counts at `now`.
bool is_alive(const Session& session, Instant now);

// Who asks: the answer of authenticate().
struct SignedIn {
  Session session;
  Person person;

  std::string actor() const { return "person:" + person.id.text(); }
};

// How often somebody tried in vain, for one account or one address.
struct Attempts {
  int failures = 0;
  Instant last{};

  bool operator==(const Attempts&) const = default;
};

}  // namespace conglang::server
