#include "content-server/app/approver_memory.h"

#include <string>
#include <utility>

#include "content-server/publishing/repository_files.h"
#include "playlists/base/object_reader.h"
#include "playlists/trust/metadata_file.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMostBytes = 64 << 20;

Result<ApproverMemory> read_memory(const std::string& bytes) {
  const auto json = parse_json(bytes, {.max_bytes = kMostBytes, .max_depth = 4});
  if (!json.ok()) return json.error();
  DocumentErrors errors;
  ObjectReader reader(*json, "", errors);
  ApproverMemory memory;
  TrustedState& state = memory.office;
  memory.signed_version = reader.integer("signed", {0, kMaxVersion});
  for (auto& [name, text] : {std::pair{"root", &state.root},
                             {"timestamp", &state.timestamp},
                             {"snapshot", &state.snapshot},
                             {"targets", &state.targets}}) {
    if (reader.has(name)) *text = reader.word(name);
  }
  reader.finish();
  if (errors.empty()) return memory;
  return Error{ErrorKind::malformed, errors.front().pointer + ": " + errors.front().message};
}

}  // namespace

Result<ApproverMemory> open_approver_memory(const std::filesystem::path& root,
                                            const std::filesystem::path& seen) {
  Result<std::string> pinned = read_file(root, max_bytes(Role::root));
  if (!pinned.ok()) return pinned.error();
  if (const auto fault = check_root(*pinned)) {
    return Error{ErrorKind::untrusted, root.string() + ": " + to_string(*fault)};
  }
  const Result<std::string> bytes = read_file(seen, kMostBytes);
  if (!bytes.ok() && bytes.error().kind == ErrorKind::missing) {
    return ApproverMemory{{std::move(*pinned), {}, {}, {}}, 0};
  }
  if (!bytes.ok()) return bytes.error();
  Result<ApproverMemory> memory = read_memory(*bytes);
  if (memory.ok()) return memory;
  return Error{memory.error().kind, seen.string() + ": " + memory.error().message};
}

Status keep_approver_memory(const std::filesystem::path& seen, const ApproverMemory& memory) {
  const TrustedState& state = memory.office;
  JsonObject object{{"signed", memory.signed_version}};
  for (const auto& [name, text] : {std::pair{"root", &state.root},
                                   {"timestamp", &state.timestamp},
                                   {"snapshot", &state.snapshot},
                                   {"targets", &state.targets}}) {
    if (!text->empty()) object.emplace_back(name, *text);
  }
  return replace_file(seen, write_json(object));
}

}  // namespace conglang::server
