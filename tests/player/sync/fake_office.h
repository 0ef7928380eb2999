// What kiosk and office say, and what waits to be sent, for tests of when it is said.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "player/sync/office_words.h"

namespace conglang::player {

class FakeWords : public OfficeWords {
 public:
  std::string known_token = "t1";
  OfficeAnswer next;
  bool lacks_time = false;
  std::vector<std::string> heard;

  std::string token() const override { return known_token; }
  std::string heartbeat(Instant now) override {
    return "{\"at\":\"" + format_instant(now) + "\"}";
  }
  Result<OfficeAnswer> hear(const std::string& answer) override {
    heard.push_back(answer);
    if (answer == "?") return Error{ErrorKind::malformed, "heartbeat answer"};
    return std::exchange(next, {});
  }
  std::string ask_token(Instant) override { return "{signed}"; }
  Status take_token(const std::string& answer) override {
    if (answer.empty()) return Error{ErrorKind::malformed, "token answer"};
    known_token = answer;
    return {};
  }
  bool needs_time() const override { return lacks_time; }
  std::string ask_time() override { return "{nonce}"; }
  Status take_time(const std::string& answer) override {
    if (answer != "{time}") return Error{ErrorKind::untrusted, "time answer"};
    lacks_time = false;
    return {};
  }
};

class FakeRecords : public RecordOutbox {
 public:
  std::vector<RecordBatch> waiting;
  int acknowledged = 0;

  Result<std::optional<RecordBatch>> next(std::int64_t after) override {
    for (const RecordBatch& batch : waiting) {
      if (batch.sequence > after) return std::optional(batch);
    }
    return std::optional<RecordBatch>();
  }
  Status acknowledge(const RecordBatch& batch, const std::string& answer) override {
    if (answer != "{ok}") return Error{ErrorKind::malformed, "records answer"};
    std::erase(waiting, batch);
    ++acknowledged;
    return {};
  }
};

class FakePictures : public PictureOutbox {
 public:
  std::vector<WaitingPicture> waiting;

  std::optional<WaitingPicture> next() override {
    if (waiting.empty()) return std::nullopt;
    return waiting.front();
  }
  void forget(const std::string& command) override {
    std::erase_if(waiting, [&](const WaitingPicture& each) { return each.command == command; });
  }
};

}  // namespace conglang::player
