#include "content-server/http/routes.h"

#include <algorithm>
#include <utility>

#include "playlists/base/check.h"

namespace conglang::server {
namespace {

std::string_view take_part(std::string_view& rest) {
  rest.remove_prefix(1);  // the slash
  const std::size_t end = std::min(rest.find('/'), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end);
  return part;
}

bool is_named(std::string_view part) { return part.starts_with('{') && part.ends_with('}'); }

// How well a pattern fits a path: one letter a part, and the smaller text fits better.
struct Fit {
  std::string rank;
  TextMap values;
};

std::optional<Fit> fit(std::string_view pattern, std::string_view path) {
  Fit found;
  while (!pattern.empty()) {
    const std::string_view part = take_part(pattern);
    if (part.ends_with("...}")) {
      if (path.size() < 2) return std::nullopt;
      found.rank += 'c';
      found.values.emplace(part.substr(1, part.size() - 5), path.substr(1));
      return found;
    }
    if (path.empty()) return std::nullopt;
    const std::string_view given = take_part(path);
    if (is_named(part)) {
      if (given.empty()) return std::nullopt;
      found.rank += 'b';
      found.values.emplace(part.substr(1, part.size() - 2), given);
    } else {
      if (part != given) return std::nullopt;
      found.rank += 'a';
    }
  }
  if (!path.empty()) return std::nullopt;
  return found;
}

}  // namespace

void Routes::add(Route route) {
  check(route.pattern.starts_with('/') && route.handler != nullptr,
        "a route has a pattern and a handler");
  check(std::none_of(routes_.begin(), routes_.end(),
                     [&](const Route& other) {
                       return other.method == route.method && other.pattern == route.pattern;
                     }),
        "a route is added once");
  routes_.push_back(std::move(route));
}

Routes::Match Routes::find(Method method, std::string_view path,
                           std::vector<Method>& allowed) const {
  Match best;
  std::string best_rank;
  allowed.clear();
  for (const Route& route : routes_) {
    std::optional<Fit> fits = fit(route.pattern, path);
    if (!fits) continue;
    if (std::find(allowed.begin(), allowed.end(), route.method) == allowed.end()) {
      allowed.push_back(route.method);
    }
    if (route.method != method) continue;
    if (best.route != nullptr && fits->rank >= best_rank) continue;
    best = {&route, std::move(fits->values)};
    best_rank = std::move(fits->rank);
  }
  return best;
}

}  // namespace conglang::server
