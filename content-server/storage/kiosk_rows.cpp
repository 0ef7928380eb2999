#include "content-server/storage/kiosk_rows.h"

#include <utility>

#include "content-server/storage/access_rows.h"
#include "playlists/base/json.h"

namespace conglang::server {
namespace {

// Empty when there is no such text.
std::string text_of(const JsonValue& object, const char* name) {
  const JsonValue* value = object.find(name);
  return value == nullptr || value->string() == nullptr ? std::string() : *value->string();
}

}  // namespace

Status check_name(const std::string& subject, const LocalizedText& name) {
  Status checked = check_texts(subject, {{"name", name.vi}});
  for (const auto& [language, text] : name.others) {
    if (checked) checked = check_texts(subject, {{"language", language}, {"name", text}});
  }
  return checked;
}

Status check_heartbeat(const std::string& subject, const Heartbeat& heartbeat) {
  Status checked = check_texts(subject, {{"program", heartbeat.program},
                                         {"run", heartbeat.run},
                                         {"clock trust", heartbeat.clock_trust}});
  if (checked && heartbeat.on_screen) {
    checked = check_texts(subject, {{"item", heartbeat.on_screen->item},
                                    {"version", heartbeat.on_screen->version}});
  }
  for (const KioskFault& fault : heartbeat.faults) {
    if (!checked) break;
    checked = check_texts(subject, {{"kind of fault", fault.kind},
                                    {"subject of fault", fault.subject},
                                    {"detail of fault", fault.detail}});
  }
  return checked;
}

std::string write_name(const LocalizedText& name) {
  JsonObject object{{"vi", name.vi}};
  for (const auto& [language, text] : name.others) object.emplace_back(language, text);
  return write_json(object);
}

Result<LocalizedText> read_name(const std::string& subject, const std::string& column) {
  const auto json = parse_json(column);
  if (!json || json->object() == nullptr) return damaged_row(subject, "has no name");
  LocalizedText name;
  for (const auto& [language, text] : *json->object()) {
    if (text.string() == nullptr) return damaged_row(subject, "has no name");
    (language == "vi" ? name.vi : name.others[language]) = *text.string();
  }
  return name;
}

std::string write_enrolment(const Enrolment& enrolment) {
  JsonObject object{{"commitment", enrolment.commitment.hex()},
                    {"office_nonce", hex_of(enrolment.office_nonce)},
                    {"program", enrolment.program},
                    {"address", enrolment.address},
                    {"number", enrolment.number}};
  if (enrolment.reveal) {
    object.emplace_back("public_key", hex_of(enrolment.reveal->public_key));
    object.emplace_back("nonce", hex_of(enrolment.reveal->nonce));
  }
  return write_json(object);
}

Status read_enrolment(const std::string& column, Enrolment& enrolment) {
  const auto json = parse_json(column);
  const Error damaged = damaged_row("enrolment " + enrolment.id, "is no document");
  if (!json) return damaged;
  const auto commitment = parse_sha256(text_of(*json, "commitment"));
  const auto nonce = parse_bytes32(text_of(*json, "office_nonce"));
  if (!commitment || !nonce) return damaged;
  enrolment.commitment = *commitment;
  enrolment.office_nonce = *nonce;
  enrolment.program = text_of(*json, "program");
  enrolment.address = text_of(*json, "address");
  enrolment.number = text_of(*json, "number");
  if (json->find("public_key") == nullptr) return {};
  const auto key = parse_bytes32(text_of(*json, "public_key"));
  const auto kiosk_nonce = parse_bytes32(text_of(*json, "nonce"));
  if (!key || !kiosk_nonce) return damaged;
  enrolment.reveal = EnrolmentReveal{*key, *kiosk_nonce};
  return {};
}

std::string write_ids(const std::vector<std::string>& ids) {
  JsonArray list;
  for (const std::string& id : ids) list.emplace_back(id);
  return write_json(std::move(list));
}

Result<std::vector<std::string>> read_ids(const std::string& subject,
                                          const std::string& column) {
  const auto json = parse_json(column);
  if (!json || json->array() == nullptr) return damaged_row(subject, "has no list of ids");
  std::vector<std::string> ids;
  for (const JsonValue& id : *json->array()) {
    if (id.string() == nullptr) return damaged_row(subject, "has no list of ids");
    ids.push_back(*id.string());
  }
  return ids;
}

}  // namespace conglang::server
