#include "content-server/publishing/message_templates.h"

#include <string>
#include <utility>

#include "content-server/api/answers.h"
#include "content-server/api/own_key.h"
#include "content-server/api/publishing_bodies.h"
#include "content-server/api/publishing_routes.h"
#include "content-server/publishing/corrections.h"
#include "content-server/publishing/urgent_messages.h"

namespace conglang::server {
namespace {

constexpr const char* kLookAtPublication = R"({"what":"publication"})";
constexpr std::int64_t kMostTitle = 200, kMostText = 2000;  // characters
constexpr std::int64_t kMostUrgentBody = 2 << 20;
constexpr std::size_t kMostGroups = 200;

JsonValue write_template(const MessageTemplate& one) {
  JsonArray fields;
  for (const TemplateField& field : one.fields) {
    fields.push_back(JsonObject{{"name", field.name}, {"label", write_texts(field.label)}});
  }
  return JsonObject{
      {"id", one.id},
      {"purpose", one.purpose == TemplatePurpose::urgent ? "urgent" : "correction"},
      {"label", write_texts(one.label)},
      {"title", write_texts(one.title)},
      {"text", write_texts(one.text)},
      {"fields", std::move(fields)}};
}

Response list_templates() {
  JsonArray list;
  for (const MessageTemplate& one : message_templates()) list.push_back(write_template(one));
  return answer(JsonObject{{"templates", std::move(list)}});
}

Response answer_messages(const Result<std::vector<UrgentMessage>>& messages, int status) {
  if (!messages) return refuse(messages.error());
  JsonArray list;
  for (const UrgentMessage& message : *messages) {
    auto written = parse_json(write_urgent_message(message));
    if (!written) return refuse(written.error());
    list.push_back(std::move(*written));
  }
  return answer(JsonObject{{"messages", std::move(list)}}, status);
}

NewUrgentMessage read_new_message(ObjectReader& reader) {
  NewUrgentMessage message;
  if (reader.has("groups")) {
    reader.list("groups", {1, kMostGroups, false},
                [&](const JsonValue& value, const std::string& pointer) {
                  message.groups.emplace_back(read_id(value, pointer, reader.errors()));
                });
  }
  message.title = reader.localized("title", kMostTitle);
  message.text = reader.optional_localized("text", kMostText);
  message.lasting = std::chrono::minutes(reader.integer("lasting_minutes", {5, 1440}));
  reader.finish();
  return message;
}

UrgentChange read_change(ObjectReader& reader) {
  UrgentChange change;
  if (auto add = reader.optional_object("add")) change.add = read_new_message(*add);
  if (reader.has("end")) {
    reader.list("end", {1, kMostUrgentMessages, false},
                [&](const JsonValue& value, const std::string& pointer) {
                  change.end.emplace_back(read_id(value, pointer, reader.errors()));
                });
  }
  if (!change.add && change.end.empty()) reader.fault("add", "or end: one must be there");
  return change;
}

Response make_urgent(const ApiParts& parts, const Request& request) {
  UrgentChange change;
  auto refused = read_body(request, change, [](ObjectReader& reader, const JsonValue&) {
    return read_change(reader);
  });
  if (refused) return *refused;
  const auto made = make_urgent_candidate(parts.repository, change, parts.clock.now());
  if (!made) return refuse(made.error());
  JsonArray documents;
  for (const auto& [path, bytes] : made->documents) {
    documents.push_back(JsonObject{{"path", path}, {"content", bytes}});
  }
  return answer(JsonObject{{"body", made->body},
                           {"sha256", sha256(std::string_view(made->body)).hex()},
                           {"documents", std::move(documents)}});
}

// A text that must come back byte for byte: it was signed.
std::string exact_text(const JsonValue& value, std::string_view name) {
  const JsonValue* member = value.find(name);
  const std::string* text = member == nullptr ? nullptr : member->string();
  return text == nullptr ? std::string() : *text;
}

Response publish_urgent(const ApiParts& parts, const Request& request, const Caller& caller) {
  UrgentApproval approval;
  auto refused =
      read_body(request, approval, [](ObjectReader& reader, const JsonValue& /*body*/) {
        UrgentApproval read;
        read.candidate.body = reader.word("body");
        read.key_id = reader.word("key_id");
        read.signature = reader.word("signature");
        reader.list("documents", {0, kMostUrgentMessages, false},
                    [&](const JsonValue& value, const std::string&) {
                      read.candidate.documents.emplace(exact_text(value, "path"),
                                                       exact_text(value, "content"));
                    });
        return read;
      });
  if (refused) return *refused;
  if (Status own = require_own_key(parts, caller, approval.key_id); !own) {
    return refuse(own.error());
  }
  const auto messages =
      publish_as<std::vector<UrgentMessage>>(parts, caller, [&](const PublishingDesk& desk) {
        return approve_urgent(desk, parts.repository, approval);
      });
  if (messages) parts.streams.publish("kiosks", "look", kLookAtPublication);
  return answer_messages(messages, 201);
}

NewCorrection read_correction(ObjectReader& reader) {
  NewCorrection correction;
  correction.group = reader.id<GroupId>("group");
  correction.content.title = reader.localized("title", kMostTitle);
  correction.content.text = reader.localized("text", kMostText);
  correction.content.corrects_item = reader.optional_id<ItemId>("corrects_item");
  correction.content.corrects_entry = reader.optional_id<EntryId>("corrects_entry");
  if (const auto seconds = reader.optional_integer("duration_seconds", {5, 60})) {
    correction.duration = std::chrono::seconds(*seconds);
  }
  if (const auto days = reader.optional_integer("lasting_days", {1, 31})) {
    correction.lasting = std::chrono::days(*days);
  }
  return correction;
}

Response add_correction(const ApiParts& parts, const Request& request, const Caller& caller) {
  NewCorrection correction;
  auto refused = read_body(request, correction, [](ObjectReader& reader, const JsonValue&) {
    return read_correction(reader);
  });
  if (refused) return *refused;
  const auto made = publish_as<Submission>(parts, caller, [&](const PublishingDesk& desk) {
    return request_correction(desk, parts.repository, correction);
  });
  return made ? answer(write_submission(*made), 201) : refuse(made.error());
}

}  // namespace

void add_message_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule none = BodyRule::none(), small = BodyRule::memory(64 << 10);
  add_caller_route(routes, parts, {Method::get, "/api/message-templates", none, {}, {}},
                   Deed::view, [](const Request&, const Caller&) { return list_templates(); });
  add_caller_route(routes, parts, {Method::get, "/api/urgent-messages", none, {}, {}},
                   Deed::view, [&parts](const Request&, const Caller&) {
                     return answer_messages(
                         urgent_messages(parts.repository, parts.clock.now()), 200);
                   });
  add_caller_route(
      routes, parts, {Method::post, "/api/urgent-messages/candidate", small, {}, {}},
      Deed::approve,
      [&parts](const Request& request, const Caller&) { return make_urgent(parts, request); });
  add_caller_route(
      routes, parts,
      {Method::post, "/api/urgent-messages", BodyRule::memory(kMostUrgentBody), {}, {}},
      Deed::approve, [&parts](const Request& request, const Caller& caller) {
        return publish_urgent(parts, request, caller);
      });
  add_caller_route(routes, parts, {Method::post, "/api/corrections", small, {}, {}},
                   Deed::submit, [&parts](const Request& request, const Caller& caller) {
                     return add_correction(parts, request, caller);
                   });
}

}  // namespace conglang::server
