#include "playlists/trust/refresh.h"

#include "playlists/trust/update_walk.h"

namespace conglang {

TrustOutcome refresh(const TrustedState& trusted, MetadataSource& source, Instant start) {
  return UpdateWalk(trusted, start).run(&source);
}

TrustOutcome recall(const TrustedState& trusted, Instant start) {
  return UpdateWalk(trusted, start).run(nullptr);
}

std::optional<Fault> check_root(std::string_view bytes) {
  const auto opened = open_root(std::string(bytes));
  if (const Fault* fault = std::get_if<Fault>(&opened)) return *fault;
  return std::nullopt;
}

}  // namespace conglang
