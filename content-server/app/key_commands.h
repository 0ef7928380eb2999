// Commands about the office's keys: root ceremonies at the server's own machine, also while
// the server runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "content-server/app/commands.h"
#include "content-server/publishing/ceremony_plans.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace conglang::server {

struct KeyOptions {
  std::filesystem::path data;
  std::string subject;  // an account, "root", "snapshot", "timestamp", "takedown"
  std::vector<std::filesystem::path> root_keys;
  std::filesystem::path new_root_key;     // where the next root key is written
  std::string key_id;                     // of the root key that goes, or its beginning
  std::optional<std::int64_t> threshold;  // of root keys
  std::optional<int> passphrase_fd;
};

// Each returns the exit code: 0 done, 1 failed, 2 wrong usage.

// The root's keys, whose they are, and what waits.
int run_keys_list(const KeyOptions& options, Instant now, CommandStreams streams);

// The next root with that change, signed with the root keys of the files.
int run_keys_step(KeyStep step, const KeyOptions& options, Instant now, CommandStreams streams);

// The same keys for five more years.
int run_keys_renew(const KeyOptions& options, Instant now, CommandStreams streams);

using CommandChoices = std::vector<std::pair<const CLI::App*, std::function<int()>>>;

// Adds list, add, rotate, revoke and renew to `keys`. Requires: `options` outlives the parse.
CommandChoices add_key_commands(CLI::App& keys, KeyOptions& options, Instant now,
                                const CommandStreams& streams);

}  // namespace conglang::server
