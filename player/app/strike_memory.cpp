#include "player/app/strike_memory.h"

#include <algorithm>
#include <utility>

#include "playlists/base/object_reader.h"
#include "playlists/wire/read_body.h"

namespace conglang::player {
namespace {

constexpr const char* kName = "strikes";
constexpr std::size_t kMost = 1000;
constexpr std::size_t kMostBytes = 256 << 10;
constexpr const char* kDigest = "sha256:";

Milliseconds since(MonotonicTime moment, MonotonicTime now) {
  return std::chrono::duration_cast<Milliseconds>(now - moment);
}

}  // namespace

Result<std::vector<Strike>> StrikeMemory::load() {
  const auto bytes = folder_.read(kName, kMostBytes);
  if (!bytes && bytes.error().kind == ErrorKind::missing) return std::vector<Strike>{};
  if (!bytes) return bytes.error();
  const Error damaged{ErrorKind::malformed, std::string(kName) + ": is damaged"};
  const auto json = parse_json(*bytes, {.max_bytes = kMostBytes, .max_depth = 4});
  if (!json) return damaged;
  DocumentErrors errors;
  ObjectReader reader(*json, "", errors);
  reader.integer("format", {1, 1});
  std::vector<Strike> strikes;
  const Instant now = clock_.now();
  reader.list("strikes", {0, kMost}, [&](const JsonValue& value, const std::string& pointer) {
    ObjectReader entry(value, pointer, errors);
    Strike strike;
    strike.content = kDigest + entry.word("sha256");
    strike.failures = static_cast<int>(entry.integer("failures", {1, 1'000'000}));
    const Milliseconds ago = std::max(Milliseconds{0}, now - read_instant(entry, "last"));
    strike.last = clock_.monotonic() - ago;
    entry.finish();
    strikes.push_back(std::move(strike));
  });
  reader.finish();
  if (!errors.empty()) return damaged;
  return strikes;
}

Status StrikeMemory::keep(const std::vector<Strike>& strikes) {
  JsonArray list;
  const std::size_t prefix = std::string_view(kDigest).size();
  for (const Strike& strike : strikes) {
    if (!strike.content.starts_with(kDigest) || list.size() == kMost) continue;
    const Instant last = clock_.now() - since(strike.last, clock_.monotonic());
    list.emplace_back(JsonObject{{"sha256", strike.content.substr(prefix)},
                                 {"failures", std::int64_t{strike.failures}},
                                 {"last", format_instant(last)}});
  }
  return replace_file(folder_, kName,
                      write_json(JsonObject{{"format", 1}, {"strikes", std::move(list)}}));
}

}  // namespace conglang::player
