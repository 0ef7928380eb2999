// `conglang-server serve`: the office's server, from its start to its last answer.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "content-server/app/commands.h"

namespace conglang::server {

struct ServeOptions {
  std::filesystem::path data;
  std::optional<std::filesystem::path> config;  // instead of DATA/conglang.toml
  // Over the settings of the file.
  std::optional<std::string> listen, help_listen, public_address;
  bool print_settings = false;  // and do nothing else
};

// Returns the exit code: 0 after SIGTERM or SIGINT, 1 when it cannot start (one line says
// why). Prints a line "ready https://…" when it answers.
int run_serve(const ServeOptions& options, CommandStreams streams);

}  // namespace conglang::server
