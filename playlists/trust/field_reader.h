// Reads the members of a JSON object and remembers the first thing that is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"

namespace conglang {

// After a fault the readers give empty values; the caller looks at status() once,
// at the end. Members it is not asked for are passed over, as TUF wants.
class FieldReader {
 public:
  const JsonObject& object(const JsonValue& parent, std::string_view name);
  const JsonArray& array(const JsonValue& parent, std::string_view name);
  std::string string(const JsonValue& parent, std::string_view name);
  bool boolean(const JsonValue& parent, std::string_view name);
  Instant instant(const JsonValue& parent, std::string_view name);

  // Requires: min <= max. Outside of them is a fault.
  std::int64_t integer(const JsonValue& parent, std::string_view name, std::int64_t min,
                       std::int64_t max);

  void refuse(std::string message);
  Status status() const;

 private:
  const JsonValue& member(const JsonValue& parent, std::string_view name);

  std::optional<std::string> first_fault_;
};

}  // namespace conglang
