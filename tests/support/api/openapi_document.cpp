#include "tests/support/api/openapi_document.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <algorithm>
#include <cctype>
#include <map>

namespace conglang::server {
namespace {

using Json = nlohmann::json;

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string escaped(const std::string& part) {
  std::string out;
  for (const char c : part) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

// "/paths/~1api~1kiosks/get"
std::string pointer_of(const std::string& operation) {
  const std::size_t space = operation.find(' ');
  std::string method = operation.substr(0, space);
  std::transform(method.begin(), method.end(), method.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return "/paths/" + escaped(operation.substr(space + 1)) + "/" + method;
}

std::string told(const std::vector<std::string>& context) {
  std::string out;
  for (const std::string& part : context) out += part;
  return out;
}

}  // namespace

struct OpenApiDocument::Content {
  Json document;
  mutable std::map<std::string, std::unique_ptr<valijson::Schema>> schemas;  // by pointer

  const valijson::Schema& schema(const std::string& pointer) const {
    std::unique_ptr<valijson::Schema>& schema = schemas[pointer];
    if (schema) return *schema;
    // References are looked up from the root of what is parsed, so the root stays.
    Json root = document;
    root["allOf"] = Json::array({Json{{"$ref", "#" + pointer}}});
    schema = std::make_unique<valijson::Schema>();
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(root), *schema);
    return *schema;
  }
};

OpenApiDocument::OpenApiDocument(const std::string& file)
    : content_(std::make_unique<Content>()) {
  std::ifstream stream(file, std::ios::binary);
  content_->document = Json::parse(stream);
}

OpenApiDocument::~OpenApiDocument() = default;

std::set<std::string> OpenApiDocument::operations() const {
  static const std::set<std::string> kMethods{"get", "head", "post", "put", "patch", "delete"};
  std::set<std::string> operations;
  for (const auto& [path, item] : content_->document.at("paths").items()) {
    for (const auto& [method, unused] : item.items()) {
      if (kMethods.count(method) != 0) operations.insert(upper(method) + " " + path);
    }
  }
  return operations;
}

std::string OpenApiDocument::check(const std::string& pointer, std::string_view body) const {
  const Json value = Json::parse(body, nullptr, false);
  if (value.is_discarded()) return "the body is no JSON";
  valijson::ValidationResults results;
  valijson::Validator validator;
  if (validator.validate(content_->schema(pointer),
                         valijson::adapters::NlohmannJsonAdapter(value), &results)) {
    return {};
  }
  std::string faults;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    faults += told(error.context) + ": " + error.description + "\n";
  }
  return pointer + "\n" + faults + std::string(body);
}

std::string OpenApiDocument::check_request(const std::string& operation,
                                           std::string_view body) const {
  const Json::json_pointer place(pointer_of(operation));
  if (!content_->document.contains(place)) return operation + ": not in openapi.json";
  const Json& told = content_->document.at(place);
  if (!told.contains("requestBody")) {
    return body.empty() ? "" : operation + ": openapi.json knows no body for it";
  }
  const Json& kinds = told.at("requestBody").at("content");
  if (!kinds.contains("application/json")) return {};  // bytes
  return check(place.to_string() + "/requestBody/content/application~1json/schema", body);
}

std::string OpenApiDocument::check_response(const std::string& operation, int status,
                                            std::string_view content_type,
                                            std::string_view body) const {
  const Json::json_pointer place(pointer_of(operation));
  if (!content_->document.contains(place)) return operation + ": not in openapi.json";
  const Json& responses = content_->document.at(place).at("responses");
  std::string number = std::to_string(status);
  if (!responses.contains(number)) number = "default";
  if (!responses.contains(number)) {
    return operation + ": openapi.json knows no answer " + std::to_string(status);
  }
  if (!responses.at(number).contains("content")) {
    return body.empty() ? "" : operation + ": " + number + " has no body in openapi.json";
  }
  const Json& kinds = responses.at(number).at("content");
  const std::string type(content_type.substr(0, content_type.find(';')));
  if (!kinds.contains(type)) return operation + ": answered " + type;
  if (type != "application/json") return {};
  return check(place.to_string() + "/responses/" + number + "/content/application~1json/schema",
               body);
}

}  // namespace conglang::server
