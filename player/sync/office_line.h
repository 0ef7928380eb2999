// The talk with the office beside the files: heartbeat, wake-ups, records, pictures, time.
//
// A machine of steps. Asking alone is enough; the stream of events only makes it faster.
// Each kind of talk has its own patience, so that one that fails holds up no other.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "player/sync/backoff.h"
#include "player/sync/event_stream.h"
#include "player/sync/http_client.h"
#include "player/sync/office_words.h"
#include "player/sync/sync_event.h"

namespace conglang::player {

struct OfficeNews {
  bool look_now = false;  // at the repository
  std::vector<SyncEvent> events;
  MonotonicTime look_again{};
};

struct OfficeRules {
  Milliseconds heartbeat_period{30'000};
  Milliseconds records_period{60'000};
  Milliseconds time_period{600'000};
  // The office sends a sign of life every 25 s.
  Milliseconds stream_silence{60'000};
};

// Threads: the sync thread.
class OfficeLine {
 public:
  struct Parts {
    HttpClient& client;
    OfficeWords& words;
    RecordOutbox& records;
    PictureOutbox& pictures;
    Chance chance;
    OfficeRules rules;
  };

  // Requires: what the parts refer to outlives it.
  explicit OfficeLine(Parts parts);

  OfficeNews step(Instant wall, MonotonicTime now);

  // There is something to say: a result of a command, another item on the screen.
  void report_soon() { heartbeat_.hurry(); }

 private:
  HttpRequest post(const std::string& path, std::string body) const;
  // The body of a good answer; a failure is told and remembered in `kind`.
  std::optional<std::string> talk(const HttpRequest& request, Recurrence& kind,
                                  const std::string& subject);
  void fail(Recurrence& kind, const std::string& subject, const SyncEvent& event,
            std::optional<Milliseconds> retry_after = {});
  void misunderstood(Recurrence& kind, const std::string& subject, const Error& error);
  void succeed(Recurrence& kind, const std::string& subject);

  void ask_time();
  void beat(Instant wall);
  void renew_token(Instant wall);
  void send_records();
  void send_picture();
  void listen();
  void open_stream();
  void hear_stream();
  MonotonicTime next_step() const;

  Parts parts_;
  Recurrence heartbeat_, records_, pictures_, time_, token_, listening_;
  EventLedger ledger_;
  bool needs_token_ = false;
  EventStream stream_;
  std::unique_ptr<HttpTransfer> hearing_;  // ends before the stream it fills
  MonotonicTime last_life_{};

  // Of the step under way.
  MonotonicTime now_{};
  OfficeNews news_;
};

}  // namespace conglang::player
