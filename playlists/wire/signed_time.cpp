#include "playlists/wire/signed_time.h"

namespace conglang {
namespace {

constexpr std::string_view kLabel = "conglang time 1\n";

}  // namespace

std::string signed_time_text(const Bytes32& nonce, Instant time) {
  return std::string(kLabel) + hex_of(nonce) + "\n" + format_instant(time);
}

Status check_signed_time(const SignedTime& answer, const TimeQuestion& question,
                         const RootMetadata& root) {
  const Error untrusted{ErrorKind::untrusted, "time: not signed by the office"};
  const auto role = root.roles.find(Role::timestamp);
  if (role == root.roles.end() || !role->second.key_ids.contains(answer.key_id)) {
    return untrusted;
  }
  const auto key = root.keys.find(answer.key_id);
  if (key == root.keys.end()) return untrusted;
  const std::string text = signed_time_text(question.nonce, answer.time);
  if (!is_signed_by(key->second, text, answer.signature)) return untrusted;
  return {};
}

Result<TimeQuestion> read_time_question(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "question", errors);
  TimeQuestion question{read_bytes32(reader, "nonce")};
  return finish_reading(reader, question);
}

Result<SignedTime> read_signed_time(const JsonValue& value) {
  DocumentErrors errors;
  ObjectReader reader(value, "time", errors);
  SignedTime answer{read_instant(reader, "time"), reader.word("key_id"),
                    reader.word("signature")};
  return finish_reading(reader, answer);
}

JsonValue write(const TimeQuestion& question) {
  return JsonObject{{"nonce", hex_of(question.nonce)}};
}

JsonValue write(const SignedTime& answer) {
  return JsonObject{{"time", format_instant(answer.time)},
                    {"key_id", answer.key_id},
                    {"signature", answer.signature}};
}

}  // namespace conglang
