#include "tests/support/api/schema_samples.h"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace conglang::server {
namespace {

using Kind = SampledPlace::Kind;

constexpr const char* kMark = "@here@";

const JsonValue& member(const JsonValue& object, std::string_view name) {
  const JsonValue* found = object.find(name);
  if (found == nullptr) throw std::runtime_error("no member " + std::string(name));
  return *found;
}

std::string word(const JsonValue& schema, std::string_view name) {
  const JsonValue* found = schema.find(name);
  return found == nullptr || found->string() == nullptr ? std::string() : *found->string();
}

JsonValue& at(JsonValue& value, const std::vector<std::size_t>& path) {
  JsonValue* here = &value;
  for (const std::size_t step : path) {
    if (auto* array = std::get_if<JsonArray>(&here->content())) {
      here = &array->at(step);
    } else {
      here = &std::get<JsonObject>(here->content()).at(step).second;
    }
  }
  return *here;
}

// Walks a schema and builds a value that holds everything it knows.
class Sampler {
 public:
  Sampler(const JsonValue& document, const SchemaSamples::Choose& choose)
      : schemas_(member(member(document, "components"), "schemas")), choose_(choose) {}

  JsonValue visit(const JsonValue& given, const std::string& name, SampledPlace place) {
    const JsonValue& schema = resolve(given);
    const std::string type = word(schema, "type");
    if (type == "object") return object(schema, std::move(place));
    if (type == "array") {
      add(place, Kind::other);
      return JsonArray{visit(member(schema, "items"), name, below(place, "0", 0))};
    }
    const bool formed = schema.find("pattern") != nullptr || schema.find("enum") != nullptr ||
                        schema.find("format") != nullptr;
    add(place, type != "string" ? Kind::other : formed ? Kind::word : Kind::text);
    if (auto chosen = choose_(name)) return *chosen;
    if (type == "string") return text(schema);
    if (type == "boolean") return true;
    const JsonValue* least = schema.find("minimum");
    return least != nullptr ? *least : JsonValue(1);
  }

  std::vector<SampledPlace> places;

 private:
  const JsonValue& resolve(const JsonValue& schema) const {
    const std::string reference = word(schema, "$ref");
    if (reference.empty()) return schema;
    return resolve(member(schemas_, reference.substr(reference.rfind('/') + 1)));
  }

  void add(const SampledPlace& place, Kind kind) {
    places.push_back(place);
    places.back().kind = kind;
  }

  static SampledPlace below(SampledPlace place, const std::string& name, std::size_t step) {
    place.pointer += "/" + name;
    place.path.push_back(step);
    return place;
  }

  JsonValue object(const JsonValue& schema, const SampledPlace& place) {
    add(place, Kind::object);
    JsonObject made;
    const auto grow = [&](const std::string& name, const JsonValue& inner) {
      const std::size_t step = made.size();
      made.emplace_back(name, visit(inner, name, below(place, name, step)));
    };
    if (const JsonValue* members = schema.find("properties")) {
      for (const auto& [name, inner] : *members->object()) grow(name, inner);
    }
    const JsonValue* more = schema.find("additionalProperties");
    if (more != nullptr && more->object() != nullptr) {
      grow("vi", *more);
      grow("en", *more);
    }
    return made;
  }

  static JsonValue text(const JsonValue& schema) {
    if (const JsonValue* words = schema.find("enum")) return words->array()->front();
    if (word(schema, "format") == "date-time") return "2026-11-23T10:00:00Z";
    const std::string pattern = word(schema, "pattern");
    const std::size_t brace = pattern.rfind('{');
    if (pattern.starts_with("^[0-9a-f]{")) {
      return std::string(std::stoul(pattern.substr(brace + 1)), '0');
    }
    return "text";
  }

  const JsonValue& schemas_;
  const SchemaSamples::Choose& choose_;
};

}  // namespace

std::string SampledBody::with(const SampledPlace& place, const std::string& bytes) const {
  JsonValue marked = value;
  at(marked, place.path) = kMark;
  std::string text = write_json(marked);
  const std::string mark = "\"" + std::string(kMark) + "\"";
  return text.replace(text.find(mark), mark.size(), bytes);
}

std::string SampledBody::with_member(const SampledPlace& object,
                                     const std::string& added) const {
  JsonValue marked = value;
  auto& members = std::get<JsonObject>(at(marked, object.path).content());
  members.insert(members.begin(), {kMark, 1});
  std::string text = write_json(marked);
  const std::string mark = "\"" + std::string(kMark) + "\":1";
  return text.replace(text.find(mark), mark.size(), added);
}

SchemaSamples::SchemaSamples(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  auto document = parse_json(bytes);
  if (!document) throw std::runtime_error(file + ": " + document.error().message);
  document_ = std::move(*document);
}

std::vector<SchemaSamples::Operation> SchemaSamples::operations() const {
  constexpr std::pair<const char*, Method> kMethods[] = {{"get", Method::get},
                                                         {"post", Method::post},
                                                         {"put", Method::put},
                                                         {"patch", Method::patch},
                                                         {"delete", Method::delete_}};
  std::vector<Operation> all;
  for (const auto& [path, item] : *member(document_, "paths").object()) {
    for (const auto& [word, method] : kMethods) {
      const JsonValue* told = item.find(word);
      if (told == nullptr) continue;
      const JsonValue* body = told->find("requestBody");
      all.push_back(
          {method, path,
           body != nullptr && member(*body, "content").find("application/json") != nullptr});
    }
  }
  return all;
}

SampledBody SchemaSamples::body(const Operation& operation, const Choose& choose) const {
  std::string method(to_string(operation.method));
  for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
  const JsonValue& told = member(member(member(document_, "paths"), operation.path), method);
  const JsonValue& kind =
      member(member(member(told, "requestBody"), "content"), "application/json");
  Sampler sampler(document_, choose);
  SampledBody body;
  body.value = sampler.visit(member(kind, "schema"), "", {});
  body.places = std::move(sampler.places);
  return body;
}

}  // namespace conglang::server
