#include "content-server/publishing/pack_settings.h"

#include <toml++/toml.h>

#include "content-server/publishing/repository_files.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMaxBytes = 64 << 10;
constexpr std::size_t kMaxRoots = 16;

Error malformed(const std::filesystem::path& path, const std::string& message) {
  return {ErrorKind::malformed, path.string() + ": " + message};
}

Result<PackSettings> read_table(const toml::table& table, const std::filesystem::path& path) {
  PackSettings settings;
  for (const auto& [name, node] : table) {
    if (name.str() != "asset_roots") {
      return malformed(path, "\"" + std::string(name.str()) + "\" is not known");
    }
    const toml::array* roots = node.as_array();
    if (roots == nullptr || roots->size() > kMaxRoots) {
      return malformed(path, "asset_roots must be a list of at most 16 folders");
    }
    for (const toml::node& root : *roots) {
      if (!root.is_string()) return malformed(path, "asset_roots must hold texts");
      settings.asset_roots.push_back(root.as_string()->get());
    }
  }
  return settings;
}

}  // namespace

Result<PackSettings> read_pack_settings(const std::filesystem::path& path) {
  const Result<std::string> bytes = read_file(path, kMaxBytes);
  if (!bytes.ok() && bytes.error().kind == ErrorKind::missing) return PackSettings{};
  if (!bytes.ok()) return bytes.error();
  try {
    return read_table(toml::parse(*bytes), path);
  } catch (const toml::parse_error& error) {
    return malformed(path, "line " + std::to_string(error.source().begin.line) + ": " +
                               std::string(error.description()));
  }
}

}  // namespace conglang::server
