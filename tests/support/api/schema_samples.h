// Bodies made from openapi.json, so that a test of every member forgets none.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "content-server/http/request.h"
#include "playlists/base/json.h"

namespace conglang::server {

struct SampledPlace {
  enum class Kind {
    text,    // any text may stand there
    word,    // a text of a certain form
    object,  // where a member could be added
    other,
  };
  Kind kind = Kind::other;
  std::string pointer;            // "/batch/plays/0/item"
  std::vector<std::size_t> path;  // the same as places in objects and arrays
};

struct SampledBody {
  JsonValue value;
  std::vector<SampledPlace> places;

  // As JSON, with these bytes where the place is, whatever they are.
  std::string with(const SampledPlace& place, const std::string& bytes) const;
  // As JSON, with one more member in that object, first.
  std::string with_member(const SampledPlace& object, const std::string& member) const;
};

class SchemaSamples {
 public:
  // Throws when the file is no JSON.
  explicit SchemaSamples(const std::string& file);

  struct Operation {
    Method method = Method::get;
    std::string path;         // "/api/kiosks/{kiosk}"
    bool takes_json = false;  // has a body of JSON

    std::string name() const { return std::string(to_string(method)) + " " + path; }
  };
  std::vector<Operation> operations() const;

  // What to put for members of that name; nothing: something that fits the schema.
  using Choose = std::function<std::optional<JsonValue>(const std::string& name)>;

  // Every member that the schema knows, and one element of each list.
  SampledBody body(const Operation& operation, const Choose& choose) const;

 private:
  JsonValue document_;
};

}  // namespace conglang::server
