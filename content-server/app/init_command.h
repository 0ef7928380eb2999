// `conglang-server init`: the set-up of an office at the command line, without a browser.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "content-server/app/commands.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace conglang::server {

struct InitOptions {
  std::filesystem::path data;
  std::string name, name_en;  // the commune's
  std::string account;        // of the first person
  std::string person;         // their name
  bool second_person_approves = false;
  std::string timezone;                          // empty: Asia/Ho_Chi_Minh
  std::vector<std::filesystem::path> root_keys;  // files to make; any one of them suffices
  std::optional<int> passphrase_fd;
};

// Makes what the first run in the browser makes. The private keys of the first person and of
// the root are made on this machine: the person's is kept locked with the password, the root's
// only in the given files, locked with a passphrase.
// Returns the exit code: 0 done, 1 failed. An interrupted set-up can be done again; an office
// that is there is refused.
int run_init(const InitOptions& options, Instant now, CommandStreams streams);

// Requires: `options` outlives the parse.
CLI::App* add_init_command(CLI::App& app, InitOptions& options);

}  // namespace conglang::server
