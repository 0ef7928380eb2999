// Holds what was really said to the API against content-server/openapi.json.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace conglang::server {

class OpenApiDocument {
 public:
  // Throws when the file is no JSON: a test program has nobody to tell it to.
  explicit OpenApiDocument(const std::string& file);
  ~OpenApiDocument();

  // "GET /api/kiosks/{kiosk}" for every operation in the document.
  std::set<std::string> operations() const;

  // What is wrong with them; empty when they are as promised. `operation` as above.
  // A body that the server refused may be anything: requests are checked when the answer
  // was a success.
  std::string check_request(const std::string& operation, std::string_view body) const;
  std::string check_response(const std::string& operation, int status,
                             std::string_view content_type, std::string_view body) const;

 private:
  struct Content;
  std::string check(const std::string& pointer, std::string_view body) const;

  std::unique_ptr<Content> content_;
};

}  // namespace conglang::server
