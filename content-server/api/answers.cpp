#include "content-server/api/answers.h"

#include <utility>

namespace conglang::server {
namespace {

Response error_response(int status, std::string_view code, std::string_view message,
                        const JsonValue& details) {
  JsonObject error{{"code", std::string(code)}, {"message", std::string(message)}};
  if (!details.is_null()) error.emplace_back("details", details);
  return answer(JsonObject{{"error", std::move(error)}}, status);
}

}  // namespace

Response answer(const JsonValue& value, int status) {
  return {status, {{"Content-Type", "application/json"}}, write_json(value)};
}

Response answer_nothing() { return {204, {}, std::string()}; }

int status_of(const Error& error) {
  switch (error.kind) {
    case ErrorKind::malformed:
      return 400;
    case ErrorKind::missing:
      return 404;
    case ErrorKind::unsupported:
      return 422;
    case ErrorKind::too_large:
      return 413;
    case ErrorKind::untrusted:
      return 403;
    case ErrorKind::conflict:
      return 409;
    case ErrorKind::stopped:
      return 503;
    case ErrorKind::storage:
      break;
  }
  return 500;
}

Response refuse(const Error& error, const JsonValue& details) {
  const std::string code = error.code.empty() ? to_string(error.kind) : error.code;
  if (error.code == "disk-full") {
    Response response = error_response(507, code, "the disk of the server is full", {});
    response.fault = error.message;
    return response;
  }
  if (error.kind == ErrorKind::storage) {
    Response response = error_response(500, code, "the server could not read or keep it", {});
    response.fault = error.message;
    return response;
  }
  return error_response(status_of(error), code, error.message, details);
}

Response refuse(int status, std::string_view code, std::string_view message) {
  return error_response(status, code, message, {});
}

Response refuse(const DocumentErrors& errors) {
  JsonArray list;
  for (const DocumentError& error : errors) {
    list.push_back(JsonObject{{"pointer", error.pointer}, {"message", error.message}});
  }
  const std::string first =
      errors.empty() ? "the document" : errors.front().pointer + ": " + errors.front().message;
  return error_response(400, "malformed", first, JsonObject{{"errors", std::move(list)}});
}

Result<JsonValue> json_body(const Request& request) {
  const std::string_view type = request.header("content-type");
  const std::string_view media_type = type.substr(0, type.find(';'));
  if (media_type != "application/json") {
    return Error{ErrorKind::unsupported, "Content-Type: must be application/json", "not-json"};
  }
  auto value = parse_json(request.body, {.max_bytes = 16u << 20, .max_depth = 32});
  if (!value) return Error{value.error().kind, "body: " + value.error().message};
  return value;
}

}  // namespace conglang::server
