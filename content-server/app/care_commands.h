// Commands that look after an office: backup, restore, doctor, audit verify.
#pragma once

#include <filesystem>

#include "content-server/app/commands.h"

namespace conglang::server {

struct CareOptions {
  std::filesystem::path data;
  std::filesystem::path file;  // the backup; empty: DATA/backups/conglang-<time>.tar
};

// Each returns the exit code: 0 done, 1 failed or, of the last two, something is wrong.

// Also while the server runs.
int run_backup(const CareOptions& options, Instant now, CommandStreams streams);

// Into a folder that is empty or not there.
int run_restore(const CareOptions& options, Instant now, CommandStreams streams);

// One finding a line, Vietnamese and English. Also while the server runs.
int run_doctor(const CareOptions& options, Instant now, CommandStreams streams);

int run_audit_verify(const CareOptions& options, Instant now, CommandStreams streams);

}  // namespace conglang::server
