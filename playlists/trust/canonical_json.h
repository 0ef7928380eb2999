// The one form of a JSON value that signatures are made over.
//
// Source: OLPC Canonical JSON, as TUF uses it: no white space, members sorted by
// code point, strings raw but for \" and \\, integers only.
#pragma once

#include <string>

#include "playlists/base/json.h"
#include "playlists/base/result.h"

namespace conglang {

// Fails: malformed when the value holds a number that is no integer.
Result<std::string> canonical_json(const JsonValue& value);

}  // namespace conglang
