// What the tests of refresh() share: a repository, a kiosk's kept state, and the time.
#pragma once

#include "playlists/trust/refresh.h"
#include "tests/support/test_repository.h"

namespace conglang {

struct RefreshWorld {
  static constexpr const char* kPublication = "publications/hoa-phong.json";
  static constexpr const char* kTimestampFile = "metadata/timestamp.json";

  RefreshWorld() {
    state.root = repository.publish_root(1);
    repository.targets[kPublication] = "{\"v\":1}";
    repository.publish(1);
  }

  // Keeps what may be kept, as a kiosk does.
  TrustOutcome step() {
    TrustOutcome outcome = refresh(state, repository, now);
    state = outcome.state;
    return outcome;
  }

  void change_publication(const std::string& bytes) {
    repository.targets[kPublication] = bytes;
  }

  std::string& file(const std::string& path) { return repository.files.at(path); }

  TestRepository repository;
  TrustedState state;
  Instant now = parse_instant("2026-11-23T10:00:00Z").value();
};

inline std::string fault_name(const TrustOutcome& outcome) {
  if (!outcome.fault) return "none";
  return std::string(name_of(outcome.fault->kind)) + " " + outcome.fault->where;
}

}  // namespace conglang
