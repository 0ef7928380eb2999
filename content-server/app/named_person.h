// Finds a person by what somebody types at the server's own machine.
#pragma once

#include <string>

#include "content-server/access/access_store.h"
#include "playlists/base/result.h"

namespace conglang::server {

// By account or id. Fails: missing.
Result<Person> find_named(PeopleStore& people, const std::string& named);

}  // namespace conglang::server
