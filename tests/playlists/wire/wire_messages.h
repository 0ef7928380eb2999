// One message of each kind that kiosk and office exchange, with every member there is.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "playlists/wire/enrolment.h"
#include "playlists/wire/heartbeat.h"
#include "playlists/wire/record_batch.h"
#include "playlists/wire/signed_time.h"
#include "playlists/wire/token_request.h"

namespace conglang {

struct WireMessage {
  std::string name;
  JsonValue full;
  std::set<std::string> optional;  // pointers of members that may be missing
  std::function<Result<JsonValue>(const JsonValue&)> read_and_write;
};

inline const Instant kWireNow = parse_instant("2026-11-23T10:00:00.123Z").value();

inline Bytes32 wire_bytes(std::uint8_t first) {
  Bytes32 bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(first + i);
  }
  return bytes;
}

inline Heartbeat wire_heartbeat() {
  Heartbeat heartbeat;
  heartbeat.program = "conglang-player 0.1.0";
  heartbeat.run = "run-1";
  heartbeat.up = Milliseconds{12'345};
  heartbeat.clock = kWireNow;
  heartbeat.clock_trust = "persisted";
  heartbeat.known_version = 3;
  heartbeat.held_version = 2;
  heartbeat.takedown_version = 1;
  heartbeat.on_screen = OnScreen{"gate-item", "v2", kWireNow};
  heartbeat.free_bytes = std::int64_t{1} << 53;
  heartbeat.waiting_records = 17;
  heartbeat.faults = {{"missing", "a.png", "không có tệp"}};
  heartbeat.results = {{"c1", CommandOutcome::failed, "màn hình tắt"}};
  return heartbeat;
}

inline HeartbeatAnswer wire_answer() {
  return {kWireNow, "Cổng chính", GroupId("gate"), 41, 7, {{"c2", CommandKind::volume, 30}},
          {"c1"}};
}

inline RecordBatch wire_batch() {
  RecordBatch batch{KioskId("k1"), 7, {}, {}};
  PlayEntry play;
  play.id = "p1";
  play.item = "gate-item";
  play.asset = "gate";
  play.region = "main";
  play.version = "v2";
  play.started_at = kWireNow;
  play.clock_trust = "network";
  play.outcome = "failed";
  play.reason = "tệp \"hỏng\"";
  play.shown_ms = 8000;
  play.frames_shown = 480;
  play.frames_late = 2;
  batch.plays.push_back(play);
  batch.events.push_back({"x1", kWireNow, "missing", "a.png", "đã mất"});
  return batch;
}

// The type's reader, then its writer.
template <typename Value>
WireMessage wire_message(std::string name, const Value& value,
                         Result<Value> (*read)(const JsonValue&),
                         std::set<std::string> optional = {}) {
  return {std::move(name), write(value), std::move(optional),
          [read](const JsonValue& json) -> Result<JsonValue> {
            const auto given = read(json);
            if (!given) return given.error();
            return write(*given);
          }};
}

inline WireMessage signed_batch_message() {
  const SignedBatch made{wire_batch(), std::string(128, 'a')};
  return {"signed batch",
          parse_json(write_signed_batch(made)).value(),
          {"/batch/plays/0/asset", "/batch/plays/0/region", "/batch/plays/0/version",
           "/batch/plays/0/reason", "/batch/events/0/subject", "/batch/events/0/detail"},
          [](const JsonValue& json) -> Result<JsonValue> {
            const auto given = read_signed_batch(json);
            if (!given) return given.error();
            return parse_json(write_signed_batch(*given));
          }};
}

inline std::vector<WireMessage> wire_messages() {
  const EnrolmentAnchors anchors{"-----BEGIN CERTIFICATE-----\n", "{\"signed\":{}}"};
  const KioskGrant grant{KioskId("k1"), "Cổng chính", GroupId("gate"), std::string(64, 'b')};
  const std::string signature(128, 'c'), digits(64, 'd');
  return {
      wire_message("enrolment request", EnrolmentRequest{sha256("x"), "player 1"},
                   read_enrolment_request),
      wire_message("offer",
                   EnrolmentOffer{"e1", "K7M2-Q9XD", wire_bytes(1), kWireNow, "https://x/e#K"},
                   read_enrolment_offer),
      wire_message("reveal", EnrolmentReveal{wire_bytes(1), wire_bytes(33)},
                   read_enrolment_reveal),
      wire_message("anchors", anchors, read_enrolment_anchors, {"/ca_pem"}),
      wire_message("poll", EnrolmentPoll{signature}, read_enrolment_poll),
      wire_message("progress", EnrolmentProgress{EnrolmentState::confirmed, grant},
                   read_enrolment_progress),
      wire_message("grant", grant, read_kiosk_grant),
      wire_message("install stick", InstallStick{"https://x:8443", anchors, digits},
                   read_install_stick, {"/ca_pem"}),
      wire_message("stick enrolment",
                   StickEnrolment{digits, wire_bytes(1), signature, "player 1"},
                   read_stick_enrolment),
      wire_message("heartbeat", wire_heartbeat(), read_heartbeat,
                   {"/on_screen", "/on_screen/item", "/on_screen/version", "/faults",
                    "/faults/0/subject", "/faults/0/detail", "/results", "/results/0/detail"}),
      wire_message("heartbeat answer", wire_answer(), read_heartbeat_answer,
                   {"/commands", "/commands/0/argument", "/results"}),
      signed_batch_message(),
      wire_message("record answer", RecordAnswer{7, {"p1", "x1"}}, read_record_answer),
      wire_message("time question", TimeQuestion{wire_bytes(1)}, read_time_question),
      wire_message("signed time", SignedTime{kWireNow, digits, signature}, read_signed_time),
      wire_message("token request", TokenRequest{KioskId("k1"), 9, signature},
                   read_token_request),
      wire_message("new token", NewToken{digits}, read_new_token),
  };
}

}  // namespace conglang
