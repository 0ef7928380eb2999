// Every small thing that can be wrong with a document, made one at a time.
#pragma once

#include <functional>
#include <string>

#include "playlists/base/json.h"

namespace conglang {

// Calls `each` with one changed copy of `document` after another, and with what was
// changed ("/playlists/0/items: is a number"). For each value in it, however deep: the
// value removed, of every other type, empty, out of range, almost its pattern; for each
// object a member too many; for each list an element twice, none, and one too many.
void for_each_mutation(
    const JsonValue& document,
    const std::function<void(const std::string& what, const JsonValue& changed)>& each);

}  // namespace conglang
