#include "player/app/kiosk_words.h"

#include <utility>

#include "playlists/wire/token_request.h"

namespace conglang::player {
namespace {

constexpr JsonLimits kAnswerLimits{.max_bytes = 1 << 20, .max_depth = 8};
// An answer that took longer says little about the time.
constexpr std::chrono::seconds kLongestQuestion{10};

template <typename Value>
Result<Value> read_answer(const std::string& answer, Result<Value> (*read)(const JsonValue&)) {
  const auto json = parse_json(answer, kAnswerLimits);
  if (!json) return json.error();
  return read(*json);
}

}  // namespace

std::string KioskWords::heartbeat(Instant now) {
  Heartbeat said = parts_.facts(now);
  held_version_ = said.held_version;
  takedown_version_ = said.takedown_version;
  said.results = parts_.commands.results();
  return write_json(write(said));
}

Result<OfficeAnswer> KioskWords::hear(const std::string& answer) {
  auto heard = read_answer(answer, read_heartbeat_answer);
  if (!heard) return heard.error();
  parts_.commands.forget(heard->results);
  // The name that it says goes nowhere: nobody signed it, and `identify` shows names large.
  for (Command& command : heard->commands) {
    if (parts_.commands.begin(command)) commands_.push_back(std::move(command));
  }
  OfficeAnswer meant;
  meant.look_now =
      heard->wanted_version > held_version_ || heard->takedown_version > takedown_version_;
  return meant;
}

// Higher with each request, also when the clock was set back: the office remembers the last.
std::string KioskWords::ask_token(Instant now) {
  const KioskId& kiosk = parts_.enrolment.kiosk;
  const std::int64_t counter = std::max<std::int64_t>(now.time_since_epoch().count(), 1);
  TokenRequest request{kiosk, counter, ""};
  // Without it the office refuses, and says so to both sides.
  if (parts_.key != nullptr) {
    request.signature = parts_.key->sign(token_request_text(kiosk, counter));
  }
  return write_json(write(request));
}

Status KioskWords::take_token(const std::string& answer) {
  const auto given = read_answer(answer, read_new_token);
  if (!given) return given.error();
  parts_.enrolment.token = given->token;
  return save_enrolment(parts_.folder, parts_.enrolment);
}

bool KioskWords::needs_time() const {
  return !parts_.is_synchronised() && !parts_.clock.is_set();
}

std::string KioskWords::ask_time() {
  question_.emplace();
  parts_.random(question_->nonce);
  asked_at_ = parts_.clock.monotonic();
  return write_json(write(*question_));
}

Status KioskWords::take_time(const std::string& answer) {
  const auto question = std::exchange(question_, std::nullopt);
  if (!question) return Error{ErrorKind::untrusted, "time: nobody asked"};
  const auto said = read_answer(answer, read_signed_time);
  if (!said) return said.error();
  const auto root = parts_.root();
  if (!root) return root.error();
  if (Status checked = check_signed_time(*said, *question, *root); !checked) return checked;
  const auto took = parts_.clock.monotonic() - asked_at_;
  if (took > kLongestQuestion) return Error{ErrorKind::missing, "time: the answer took long"};
  parts_.clock.set(said->time + std::chrono::duration_cast<Milliseconds>(took / 2));
  return {};
}

std::vector<Command> KioskWords::take_commands() { return std::exchange(commands_, {}); }

}  // namespace conglang::player
