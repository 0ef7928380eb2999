#include "playlists/wire/enrolment.h"

#include <cstdint>

namespace conglang {
namespace {

using namespace wire_bounds;

constexpr std::string_view kCommitmentLabel = "conglang enrolment commitment 1\n";
constexpr std::string_view kNumberLabel = "conglang enrolment number 1\n";
constexpr std::string_view kPollLabel = "conglang enrolment poll 1\n";
constexpr std::string_view kStickLabel = "conglang enrolment stick 1\n";

std::string_view view_of(const Bytes32& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A text of lines, such as PEM or JSON: kept byte for byte.
std::string read_file_text(ObjectReader& reader, std::string_view name, std::int64_t most) {
  std::string text = reader.word(name);
  if (static_cast<std::int64_t>(text.size()) > most) reader.fault(name, "is too long");
  return text;
}

std::string read_digits(ObjectReader& reader, std::string_view name, std::size_t count) {
  std::string digits = reader.word(name);
  const bool fits = digits.size() == count &&
                    digits.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!fits && !digits.empty()) {
    reader.fault(name, "must be " + std::to_string(count) + " lower-case hexadecimal digits");
  }
  return digits;
}

EnrolmentAnchors read_anchors(ObjectReader& reader) {
  EnrolmentAnchors anchors;
  if (reader.has("ca_pem")) anchors.ca_pem = read_file_text(reader, "ca_pem", kCaCharacters);
  anchors.root = read_file_text(reader, "root", kRootCharacters);
  return anchors;
}

KioskGrant read_grant(ObjectReader& reader) {
  return {reader.id<KioskId>("kiosk"), reader.text("name", kNameCharacters),
          reader.id<GroupId>("group"), read_digits(reader, "token", 64)};
}

}  // namespace

Sha256Digest commitment_of(const EnrolmentReveal& reveal) {
  return sha256(std::string(kCommitmentLabel) + std::string(view_of(reveal.nonce)) +
                std::string(view_of(reveal.public_key)));
}

std::string comparison_number(const ComparedThings& things) {
  // Every part has a fixed length, so no two sets of parts give the same bytes.
  const Sha256Digest digest = sha256(
      std::string(kNumberLabel) + std::string(view_of(things.kiosk.public_key)) +
      sha256(things.office.ca_pem).hex() + sha256(things.office.root).hex() +
      std::string(view_of(things.kiosk.nonce)) + std::string(view_of(things.office_nonce)));
  std::uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | digest.bytes[static_cast<std::size_t>(i)];
  std::string digits = std::to_string(number % 100'000'000);
  digits.insert(0, 8 - digits.size(), '0');
  return digits.substr(0, 4) + " " + digits.substr(4);
}

std::string enrolment_poll_text(std::string_view enrolment, const Bytes32& office_nonce) {
  return std::string(kPollLabel) + std::string(enrolment) + "\n" + hex_of(office_nonce);
}

std::string stick_enrolment_text(std::string_view token, const Bytes32& public_key) {
  return std::string(kStickLabel) + std::string(token) + "\n" + hex_of(public_key);
}

Result<EnrolmentRequest> read_enrolment_request(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "enrolment", errors);
  EnrolmentRequest request;
  request.commitment = Sha256Digest{read_bytes32(reader, "commitment")};
  request.program = reader.text("program", kNameCharacters);
  return finish_reading(reader, request);
}

Result<EnrolmentOffer> read_enrolment_offer(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "offer", errors);
  EnrolmentOffer offer;
  offer.enrolment = reader.id<Id<struct EnrolmentTag>>("enrolment").text();
  offer.code = reader.text("code", kWordCharacters);
  offer.office_nonce = read_bytes32(reader, "office_nonce");
  offer.ends_at = read_instant(reader, "ends_at");
  offer.link = reader.text("link", kTextCharacters);
  return finish_reading(reader, offer);
}

Result<EnrolmentReveal> read_enrolment_reveal(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "reveal", errors);
  EnrolmentReveal reveal{read_bytes32(reader, "public_key"), read_bytes32(reader, "nonce")};
  return finish_reading(reader, reveal);
}

Result<EnrolmentAnchors> read_enrolment_anchors(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "anchors", errors);
  return finish_reading(reader, read_anchors(reader));
}

Result<EnrolmentPoll> read_enrolment_poll(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "poll", errors);
  EnrolmentPoll poll{read_digits(reader, "signature", 128)};
  return finish_reading(reader, poll);
}

Result<EnrolmentProgress> read_enrolment_progress(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "progress", errors);
  EnrolmentProgress progress;
  progress.state = static_cast<EnrolmentState>(
      reader.choice("state", {"waiting", "confirmed", "refused", "expired"}));
  if (auto grant = reader.optional_object("grant")) {
    progress.grant = read_grant(*grant);
    grant->finish();
  }
  if (progress.grant.has_value() != (progress.state == EnrolmentState::confirmed)) {
    reader.fault("grant", "belongs to the state confirmed");
  }
  return finish_reading(reader, progress);
}

Result<KioskGrant> read_kiosk_grant(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "grant", errors);
  return finish_reading(reader, read_grant(reader));
}

Result<InstallStick> read_install_stick(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "install stick", errors);
  InstallStick stick;
  reader.integer("format", {1, 1});
  stick.server = reader.text("server", kTextCharacters);
  if (!stick.server.starts_with("https://")) reader.fault("server", "must begin with https://");
  stick.anchors = read_anchors(reader);
  stick.token = read_digits(reader, "token", 64);
  return finish_reading(reader, stick);
}

Result<StickEnrolment> read_stick_enrolment(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "enrolment", errors);
  StickEnrolment enrolment{read_digits(reader, "token", 64), read_bytes32(reader, "public_key"),
                           read_digits(reader, "signature", 128),
                           reader.text("program", kNameCharacters)};
  return finish_reading(reader, enrolment);
}

JsonValue write(const EnrolmentRequest& request) {
  return JsonObject{{"commitment", request.commitment.hex()}, {"program", request.program}};
}

JsonValue write(const EnrolmentOffer& offer) {
  return JsonObject{{"enrolment", offer.enrolment},
                    {"code", offer.code},
                    {"office_nonce", hex_of(offer.office_nonce)},
                    {"ends_at", format_instant(offer.ends_at)},
                    {"link", offer.link}};
}

JsonValue write(const EnrolmentReveal& reveal) {
  return JsonObject{{"public_key", hex_of(reveal.public_key)}, {"nonce", hex_of(reveal.nonce)}};
}

JsonValue write(const EnrolmentAnchors& anchors) {
  JsonObject object;
  if (!anchors.ca_pem.empty()) object.emplace_back("ca_pem", anchors.ca_pem);
  object.emplace_back("root", anchors.root);
  return object;
}

JsonValue write(const EnrolmentPoll& poll) { return JsonObject{{"signature", poll.signature}}; }

JsonValue write(const EnrolmentProgress& progress) {
  constexpr const char* kStates[] = {"waiting", "confirmed", "refused", "expired"};
  JsonObject object{{"state", kStates[static_cast<int>(progress.state)]}};
  if (progress.grant) object.emplace_back("grant", write(*progress.grant));
  return object;
}

JsonValue write(const KioskGrant& grant) {
  return JsonObject{{"kiosk", grant.kiosk.text()},
                    {"name", grant.name},
                    {"group", grant.group.text()},
                    {"token", grant.token}};
}

JsonValue write(const InstallStick& stick) {
  JsonObject object{{"format", 1}, {"server", stick.server}};
  if (!stick.anchors.ca_pem.empty()) object.emplace_back("ca_pem", stick.anchors.ca_pem);
  object.emplace_back("root", stick.anchors.root);
  object.emplace_back("token", stick.token);
  return object;
}

JsonValue write(const StickEnrolment& enrolment) {
  return JsonObject{{"token", enrolment.token},
                    {"public_key", hex_of(enrolment.public_key)},
                    {"signature", enrolment.signature},
                    {"program", enrolment.program}};
}

}  // namespace conglang
