// Which handler answers which request: one table for the whole server.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content-server/http/request.h"
#include "content-server/http/response.h"

namespace conglang::server {

// How a request's body is taken in, before the handler is called.
struct BodyRule {
  enum class Kind { none, memory, file };
  Kind kind = Kind::none;
  std::int64_t most_bytes = 0;  // above it: 413, without reading on

  static BodyRule none() { return {}; }
  static BodyRule memory(std::int64_t most_bytes) { return {Kind::memory, most_bytes}; }
  static BodyRule file(std::int64_t most_bytes) { return {Kind::file, most_bytes}; }
};

// Called on a worker thread; may wait for the database and the disk. It must not throw:
// what it throws all the same becomes a 500 and one line in the log.
using Handler = std::function<Response(const Request&)>;

struct Route {
  Method method = Method::get;
  std::string pattern;  // "/api/kiosks/{kiosk}/commands"; a last part "{rest...}" takes many
  BodyRule body;
  Handler handler;

  // Asked with the headers alone, before a body is read, so that nobody who may not upload
  // can fill the disk. Empty: go on.
  std::function<std::optional<Response>(const Request&)> before_body;
};

class Routes {
 public:
  // Requires: no route with the same method and pattern is there yet.
  void add(Route route);

  struct Match {
    const Route* route = nullptr;
    TextMap path_values;
  };
  // A literal part wins over a {name}. Nothing matched: route is null, and `allowed` lists
  // the methods that the path does know (none: 404, some: 405).
  Match find(Method method, std::string_view path, std::vector<Method>& allowed) const;

  const std::vector<Route>& all() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace conglang::server
