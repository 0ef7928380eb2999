// Says in words whether the office is well: a pure judgement over gathered facts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "content-server/ops/office_facts.h"
#include "playlists/base/localized_text.h"

namespace conglang::server {

enum class Severity {
  good,
  advice,  // works, and somebody should look at it
  fault,   // does not work, or soon will not
};

// "good", "advice", "fault".
std::string_view to_string(Severity severity);

struct Finding {
  std::string code;  // "disk-low": stable, for programs
  Severity severity = Severity::good;
  LocalizedText words;  // Vietnamese and English: what is so, and what to do
};

// What was looked at, in a fixed order; what is well has one line too.
std::vector<Finding> examine(const OfficeFacts& facts);

Severity worst_of(const std::vector<Finding>& findings);

// The words of a code with its {names} filled in.
// Requires: the code is known; a broken invariant otherwise.
Finding finding_of(std::string_view code, const std::map<std::string, std::string>& values);

// Every code there is words for; for tests.
std::vector<std::string> finding_codes();

}  // namespace conglang::server
