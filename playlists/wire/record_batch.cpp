#include "playlists/wire/record_batch.h"

#include <utility>

#include "playlists/base/check.h"
#include "playlists/trust/canonical_json.h"
#include "playlists/trust/public_key.h"

namespace conglang {
namespace {

using namespace wire_bounds;

constexpr std::string_view kLabel = "conglang records 1\n";
constexpr NumberRange kAnyNumber{0, kMostNumber};
constexpr std::string_view kTrusts[] = {"none", "persisted", "network"};
constexpr std::string_view kOutcomes[] = {"completed", "skipped", "failed", "interrupted"};

PlayEntry read_play(const JsonValue& value, const std::string& pointer,
                    DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  PlayEntry play;
  play.id = reader.id<Id<struct RecordTag>>("id").text();
  play.item = reader.text("item", kNameCharacters);
  play.asset = read_optional_text(reader, "asset", kNameCharacters);
  play.region = read_optional_text(reader, "region", kWordCharacters);
  play.version = read_optional_text(reader, "version", kWordCharacters);
  play.started_at = read_instant(reader, "started_at");
  play.clock_trust = kTrusts[reader.choice("clock_trust", {"none", "persisted", "network"})];
  play.outcome =
      kOutcomes[reader.choice("outcome", {"completed", "skipped", "failed", "interrupted"})];
  play.reason = read_optional_text(reader, "reason", kTextCharacters);
  play.shown_ms = reader.integer("shown_ms", kAnyNumber);
  play.frames_shown = reader.integer("frames_shown", kAnyNumber);
  play.frames_late = reader.integer("frames_late", kAnyNumber);
  reader.finish();
  return play;
}

EventEntry read_event(const JsonValue& value, const std::string& pointer,
                      DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  EventEntry event;
  event.id = reader.id<Id<struct RecordTag>>("id").text();
  event.at = read_instant(reader, "at");
  event.kind = reader.text("kind", kWordCharacters);
  event.subject = read_optional_text(reader, "subject", kTextCharacters);
  event.detail = read_optional_text(reader, "detail", kTextCharacters);
  reader.finish();
  return event;
}

void add_text(JsonObject& object, const char* name, const std::string& text) {
  if (!text.empty()) object.emplace_back(name, text);
}

JsonValue write_play(const PlayEntry& play) {
  JsonObject object{{"id", play.id}, {"item", play.item}};
  add_text(object, "asset", play.asset);
  add_text(object, "region", play.region);
  add_text(object, "version", play.version);
  object.emplace_back("started_at", format_instant(play.started_at));
  object.emplace_back("clock_trust", play.clock_trust);
  object.emplace_back("outcome", play.outcome);
  add_text(object, "reason", play.reason);
  object.emplace_back("shown_ms", play.shown_ms);
  object.emplace_back("frames_shown", play.frames_shown);
  object.emplace_back("frames_late", play.frames_late);
  return object;
}

JsonValue write_event(const EventEntry& event) {
  JsonObject object{{"id", event.id}, {"at", format_instant(event.at)}, {"kind", event.kind}};
  add_text(object, "subject", event.subject);
  add_text(object, "detail", event.detail);
  return object;
}

JsonValue write_batch(const RecordBatch& batch) {
  JsonArray plays, events;
  for (const PlayEntry& play : batch.plays) plays.push_back(write_play(play));
  for (const EventEntry& event : batch.events) events.push_back(write_event(event));
  return JsonObject{{"format", 1},
                    {"kiosk", batch.kiosk.text()},
                    {"sequence", batch.sequence},
                    {"plays", std::move(plays)},
                    {"events", std::move(events)}};
}

RecordBatch read_batch(ObjectReader& reader) {
  RecordBatch batch;
  reader.integer("format", {1, 1});
  batch.kiosk = reader.id<KioskId>("kiosk");
  batch.sequence = reader.integer("sequence", {1, kMostNumber});
  reader.list("plays", {0, kRecords, false},
              [&](const JsonValue& element, const std::string& pointer) {
                batch.plays.push_back(read_play(element, pointer, reader.errors()));
              });
  reader.list("events", {0, kRecords, false},
              [&](const JsonValue& element, const std::string& pointer) {
                batch.events.push_back(read_event(element, pointer, reader.errors()));
              });
  if (batch.plays.size() + batch.events.size() > kRecords) {
    reader.fault("events", "with the plays are more than 1000");
  }
  reader.finish();
  return batch;
}

}  // namespace

std::string record_batch_text(const RecordBatch& batch) {
  const auto canonical = canonical_json(write_batch(batch));
  check(canonical.ok(), "a batch holds integers and texts only");
  return std::string(kLabel) + *canonical;
}

std::string write_signed_batch(const SignedBatch& signed_batch) {
  return write_json(JsonObject{{"batch", write_batch(signed_batch.batch)},
                               {"signature", signed_batch.signature}});
}

Result<SignedBatch> read_signed_batch(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "records", errors);
  SignedBatch signed_batch;
  if (auto batch = reader.object("batch")) signed_batch.batch = read_batch(*batch);
  signed_batch.signature = reader.word("signature");
  return finish_reading(reader, std::move(signed_batch));
}

bool is_signed(const SignedBatch& signed_batch, const Bytes32& public_key) {
  return is_signed_by({"ed25519", "ed25519", public_key}, record_batch_text(signed_batch.batch),
                      signed_batch.signature);
}

Result<RecordAnswer> read_record_answer(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "answer", errors);
  RecordAnswer answer;
  answer.sequence = reader.integer("sequence", {1, kMostNumber});
  reader.list("kept", {0, kRecords, false},
              [&](const JsonValue& element, const std::string& pointer) {
                answer.kept.push_back(read_id(element, pointer, errors));
              });
  return finish_reading(reader, std::move(answer));
}

JsonValue write(const RecordAnswer& answer) {
  JsonArray kept;
  for (const std::string& id : answer.kept) kept.emplace_back(id);
  return JsonObject{{"sequence", answer.sequence}, {"kept", std::move(kept)}};
}

}  // namespace conglang
