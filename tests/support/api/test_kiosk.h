// A kiosk as the API meets it: its key, its words, and what it was granted.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "playlists/wire/enrolment.h"
#include "playlists/wire/heartbeat.h"
#include "playlists/wire/record_batch.h"
#include "playlists/wire/token_request.h"
#include "tests/support/api/api_office.h"

namespace conglang::server {

class TestKiosk {
 public:
  explicit TestKiosk(ApiOffice& office, std::uint8_t nonce = 7) : office_(office) {
    reveal_.public_key = key.public_key().bytes;
    reveal_.nonce.fill(nonce);
  }

  // As this kiosk asks: with its token once it has one, and never with a cookie.
  ApiAnswer post(const std::string& target, const JsonValue& body) {
    Request request = request_of(Method::post, target);
    request.body = write_json(body);
    request.headers.emplace("content-type", "application/json");
    return office_.send(std::move(request));
  }
  ApiAnswer get(const std::string& target) {
    return office_.send(request_of(Method::get, target));
  }
  ApiAnswer put_picture(const std::string& command, std::string png) {
    Request request = request_of(Method::put, "/kiosk/pictures/" + command);
    request.body = std::move(png);
    request.headers.emplace("content-type", "image/png");
    return office_.send(std::move(request));
  }

  // --- the way in ---

  ApiAnswer begin() {
    ApiAnswer answer =
        post("/kiosk/enrolments", write(EnrolmentRequest{commitment_of(reveal_), "player 1"}));
    if (auto read = read_enrolment_offer(answer.body)) offer = *read;
    return answer;
  }
  ApiAnswer reveal() { return reveal(reveal_); }
  ApiAnswer reveal(const EnrolmentReveal& shown) {
    ApiAnswer answer = post("/kiosk/enrolments/" + offer.enrolment + "/reveal", write(shown));
    if (auto read = read_enrolment_anchors(answer.body)) anchors = *read;
    return answer;
  }
  // What it shows on its glass.
  std::string number() const {
    return comparison_number({reveal_, anchors, offer.office_nonce});
  }
  ApiAnswer poll() { return poll(key); }
  ApiAnswer poll(const SigningKey& signer) {
    const std::string text = enrolment_poll_text(offer.enrolment, offer.office_nonce);
    ApiAnswer answer = post("/kiosk/enrolments/" + offer.enrolment + "/poll",
                            write(EnrolmentPoll{signer.sign(text)}));
    if (auto progress = read_enrolment_progress(answer.body); progress && progress->grant) {
      accept(*progress->grant);
    }
    return answer;
  }
  ApiAnswer use_stick(const std::string& stick_token) { return use_stick(stick_token, key); }
  ApiAnswer use_stick(const std::string& stick_token, const SigningKey& signer) {
    const std::string text = stick_enrolment_text(stick_token, key.public_key().bytes);
    ApiAnswer answer = post("/kiosk/enrolments/stick",
                            write(StickEnrolment{stick_token, key.public_key().bytes,
                                                 signer.sign(text), "player 1"}));
    if (auto grant = read_kiosk_grant(answer.body)) accept(*grant);
    return answer;
  }

  // The whole way, by code. The group must be there.
  void enrol(const std::string& name, const std::string& group = "gate") {
    ASSERT_EQ(begin().status, 200);
    ASSERT_EQ(reveal().status, 200);
    const ApiAnswer confirmed = office_.post("/api/enrolments/" + offer.enrolment + "/confirm",
                                             JsonObject{{"name", name}, {"group", group}});
    ASSERT_EQ(confirmed.status, 201) << write_json(confirmed.body);
    ASSERT_EQ(poll().status, 200);
    ASSERT_FALSE(token.empty());
  }

  // --- afterwards ---

  Heartbeat heartbeat() const {
    Heartbeat words;
    words.program = "player 1";
    words.run = "run-1";
    words.clock = office_.clock.now();
    words.clock_trust = "network";
    return words;
  }
  ApiAnswer beat() { return beat(heartbeat()); }
  ApiAnswer beat(const Heartbeat& words) { return post("/kiosk/heartbeat", write(words)); }

  RecordBatch batch(std::int64_t sequence, const std::string& record) const {
    RecordBatch made;
    made.kiosk = id;
    made.sequence = sequence;
    PlayEntry play;
    play.id = record + "-play";
    play.item = "item";
    play.version = "v1";
    play.started_at = office_.clock.now();
    play.clock_trust = "network";
    play.outcome = "completed";
    play.shown_ms = 8000;
    made.plays.push_back(play);
    made.events.push_back({record + "-event", office_.clock.now(), "missing", "a.png", "gone"});
    return made;
  }
  ApiAnswer send_batch(const RecordBatch& made) { return send_batch(made, key); }
  ApiAnswer send_batch(const RecordBatch& made, const SigningKey& signer) {
    return send_signed({made, signer.sign(record_batch_text(made))});
  }
  ApiAnswer send_signed(const SignedBatch& made) {
    return post("/kiosk/records", parse_json(write_signed_batch(made)).value());
  }

  ApiAnswer renew(std::int64_t counter) { return renew(counter, key); }
  ApiAnswer renew(std::int64_t counter, const SigningKey& signer) {
    ApiAnswer answer =
        post("/kiosk/token",
             write(TokenRequest{id, counter, signer.sign(token_request_text(id, counter))}));
    if (auto given = read_new_token(answer.body)) token = given->token;
    return answer;
  }

  SigningKey key = SigningKey::generate();
  EnrolmentOffer offer;
  EnrolmentAnchors anchors;
  KioskId id;
  std::string token;
  std::string address = "192.168.1.60";

 private:
  void accept(const KioskGrant& grant) {
    id = grant.kiosk;
    token = grant.token;
  }
  Request request_of(Method method, const std::string& target) const {
    Request request;
    request.method = method;
    request.path = target;
    request.peer = address;
    request.is_secure = true;
    if (!token.empty()) request.headers.emplace("authorization", "Bearer " + token);
    return request;
  }

  ApiOffice& office_;
  EnrolmentReveal reveal_;
};

}  // namespace conglang::server
