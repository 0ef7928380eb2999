// `conglang-server sign`: an approver looks at a request and signs it, on a machine that is not
// the server.
#pragma once

#include <filesystem>
#include <optional>

#include "content-server/app/commands.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace conglang::server {

struct SignOptions {
  std::filesystem::path request;
  std::filesystem::path root;  // root.json as the approver keeps it
  std::filesystem::path seen;  // empty: ROOT.seen
  std::filesystem::path key;   // the locked key; empty: the one in the request
  std::filesystem::path out;
  std::optional<int> passphrase_fd;
};

// Prints every difference, then asks for the password: who gives it signs.
// Returns the exit code: 0 signed, 1 nothing was signed.
int run_sign(const SignOptions& options, Instant now, CommandStreams streams);

// Requires: `options` outlives the parse.
CLI::App* add_sign_command(CLI::App& app, SignOptions& options);

}  // namespace conglang::server
