// One named thing that went wrong or changed, as the log, the tests and later the server read
// it.
//
// Every fault gives exactly one event, made where the fault is decided, not where it is
// passed on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/result.h"

namespace conglang::player {

enum class EventKind {
  // a file or a document
  missing,
  malformed,
  unsupported,
  too_large,
  untrusted,
  storage,
  undecodable,
  empty,
  // the signed repository, as the verifier names its faults
  rollback,
  freeze,
  bad_signature,
  wrong_hash,
  wrong_length,
  mix_and_match,
  endless_data,
  // playing
  too_late,
  skipped_unknown_kind,
  quarantined,
  fallback,
  programme_changed,
  // the machine
  clock,
  sound,
  display,
  // the play log
  play_log_replaced,
  play_log_failed,
  plays_lost,
};

// "skipped-unknown-kind", ...
std::string_view to_string(EventKind kind);
std::optional<EventKind> parse_event_kind(std::string_view name);

// The event of the same name; of `conflict` and `stopped`, which have none: storage.
EventKind event_kind_of(ErrorKind kind);

struct Event {
  EventKind kind = EventKind::missing;
  std::string subject;  // the item, file or role it is about
  std::string detail;   // in words; may be empty

  bool operator==(const Event&) const = default;
};

// `event missing subject="clips/a.mp4" detail="no such file"`: always one line without a
// line feed, whatever bytes the subject holds; subject and detail are cut after 500 bytes.
std::string format_event_line(const Event& event);

}  // namespace conglang::player
