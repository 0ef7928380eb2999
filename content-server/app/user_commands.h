// Commands about people, for whoever has the server's own machine: a lost password, the last
// administrator gone.
#pragma once

#include <filesystem>
#include <string>

#include "content-server/access/person.h"
#include "content-server/app/commands.h"

namespace conglang::server {

struct UserOptions {
  std::filesystem::path data;
  std::string account;  // or the id of the person
  std::string name;
  Rights rights;
};

// Each returns the exit code: 0 done, 1 failed. Also while the server runs.

int run_user_list(const UserOptions& options, Instant now, CommandStreams streams);

// Prints the token that the invitation's link carries, once.
int run_user_invite(const UserOptions& options, Instant now, CommandStreams streams);

// Ends the password and all sessions; the token lets the same person choose a new one.
int run_user_reset(const UserOptions& options, Instant now, CommandStreams streams);

int run_user_close(const UserOptions& options, Instant now, CommandStreams streams);

}  // namespace conglang::server
