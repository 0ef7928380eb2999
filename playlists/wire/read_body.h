// What the readers of this room share: bounds, digits, and one error out of many.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "playlists/base/json.h"
#include "playlists/base/object_reader.h"
#include "playlists/base/result.h"

namespace conglang {

using Bytes32 = std::array<std::uint8_t, 32>;

// 64 lower-case hexadecimal digits.
std::string hex_of(const Bytes32& bytes);
// Fails: malformed.
Result<Bytes32> parse_bytes32(std::string_view digits);

namespace wire_bounds {
constexpr std::int64_t kWordCharacters = 64;   // ids, kinds, versions
constexpr std::int64_t kNameCharacters = 200;  // names of files, kiosks, programs
constexpr std::int64_t kTextCharacters = 500;  // details in words
constexpr std::int64_t kRootCharacters = 512 * 1024;
constexpr std::int64_t kCaCharacters = 64 * 1024;
constexpr std::int64_t kMostNumber = std::int64_t{1} << 53;
constexpr std::size_t kFaults = 50;     // told in one heartbeat
constexpr std::size_t kResults = 50;    // of commands, in one heartbeat
constexpr std::size_t kCommands = 50;   // in one answer
constexpr std::size_t kRecords = 1000;  // in one batch
}  // namespace wire_bounds

// Members that ObjectReader has no word for; each notes an error when it does not hold.
Bytes32 read_bytes32(ObjectReader& reader, std::string_view name);
Instant read_instant(ObjectReader& reader, std::string_view name);
// A text that may be empty or missing, then it is "".
std::string read_optional_text(ObjectReader& reader, std::string_view name,
                               std::int64_t most_characters);

// Calls reader.finish(). The value, or the first error with its place: "heartbeat/since: …".
template <typename Value>
Result<Value> finish_reading(ObjectReader& reader, Value value) {
  reader.finish();
  const DocumentErrors& errors = reader.errors();
  if (errors.empty()) return value;
  return Error{ErrorKind::malformed, errors.front().pointer + ": " + errors.front().message};
}

}  // namespace conglang
