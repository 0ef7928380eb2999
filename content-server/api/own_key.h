// Whoever hands a signature in must be who made it.
#pragma once

#include <string>

#include "content-server/api/caller.h"

namespace conglang::server {

// Whether `key_id` is a trusted key of the caller: with anybody's session and a key of one's
// own, one person could be both who submits and who approves.
// Fails: untrusted, code "not-your-key"; storage.
Status require_own_key(const ApiParts& parts, const Caller& caller, const std::string& key_id);

}  // namespace conglang::server
