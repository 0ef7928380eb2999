// What this kiosk says to its office, and how it takes what the office says.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "player/app/command_memory.h"
#include "player/app/office_clock.h"
#include "player/identity/enrolment.h"
#include "player/identity/kiosk_key.h"
#include "player/sync/office_words.h"
#include "playlists/trust/metadata.h"
#include "playlists/wire/signed_time.h"

namespace conglang::player {

struct KioskWordsParts {
  Enrolment& enrolment;  // its token follows what the office says, its name never
  const KioskKey* key;   // null: it is lost, and nothing can be signed
  StateFolder& folder;   // where the enrolment is kept
  OfficeClock& clock;
  CommandMemory& commands;
  RandomBytes random;
  // Everything of the heartbeat that is not the commands' results.
  std::function<Heartbeat(Instant now)> facts;
  // The newest root that is trusted: who may say the time.
  std::function<Result<RootMetadata>()> root;
  std::function<bool()> is_synchronised;  // whether the machine's clock follows a time server
};

// Threads: the sync thread.
class KioskWords final : public OfficeWords {
 public:
  // Requires: what the parts refer to outlives it.
  explicit KioskWords(KioskWordsParts parts) : parts_(std::move(parts)) {}

  std::string token() const override { return parts_.enrolment.token; }
  std::string heartbeat(Instant now) override;
  Result<OfficeAnswer> hear(const std::string& answer) override;
  std::string ask_token(Instant now) override;
  Status take_token(const std::string& answer) override;
  bool needs_time() const override;
  std::string ask_time() override;
  Status take_time(const std::string& answer) override;

  // Commands that were never seen before, in their order; each is given once.
  std::vector<Command> take_commands();

 private:
  KioskWordsParts parts_;
  std::vector<Command> commands_;
  std::int64_t held_version_ = 0;
  std::int64_t takedown_version_ = 0;
  std::optional<TimeQuestion> question_;
  MonotonicTime asked_at_{};
};

}  // namespace conglang::player
