// What a person must know who approves: everything that will be otherwise, in words.
#pragma once

#include <string>
#include <vector>

#include "playlists/base/json.h"
#include "playlists/publication/publication.h"

namespace conglang::server {

struct Difference {
  std::string what;     // "item-added", "entry-changed", "approver-removed", ...
  std::string subject;  // the id
  JsonValue before, after;
  std::string vi, en;

  bool operator==(const Difference&) const = default;
};

// From `before` (nullptr: the group shows nothing yet) to `after`.
std::vector<Difference> compare(const Publication* before, const Publication& after);

// Lists of words: approver keys, reinstated takedowns, groups.
std::vector<Difference> compare_words(const std::string& noun,
                                      const std::vector<std::string>& before,
                                      const std::vector<std::string>& after);

JsonValue write_difference(const Difference& difference);

}  // namespace conglang::server
