#include "playlists/tool/state_folder.h"

#include <fcntl.h>

#include <cerrno>
#include <map>
#include <system_error>
#include <utility>

#include "playlists/base/json.h"
#include "playlists/base/sha256.h"
#include "playlists/tool/file_handles.h"
#include "playlists/tool/folder_source.h"

namespace conglang {
namespace {

constexpr const char* kFileName = "state.json";
constexpr std::size_t kMaxStateBytes = 64 << 20;  // the caps of all roles, twice

Error failed(const std::filesystem::path& path, int code) {
  return {ErrorKind::storage, path.string() + ": " + std::generic_category().message(code)};
}

std::string text_of(const JsonValue& document, std::string_view name) {
  const JsonValue* member = document.find(name);
  const bool is_text = member != nullptr && member->string() != nullptr;
  return is_text ? *member->string() : std::string();
}

std::map<std::string, std::string> texts_of(const JsonValue& document, std::string_view name) {
  std::map<std::string, std::string> texts;
  const JsonValue* member = document.find(name);
  if (member == nullptr || member->object() == nullptr) return texts;
  for (const auto& [key, value] : *member->object()) {
    if (value.string() != nullptr) texts.emplace(key, *value.string());
  }
  return texts;
}

std::string digest_of(const std::string& bytes) {
  return sha256(std::string_view(bytes)).hex();
}

Status write_whole(const FileHandle& file, const std::filesystem::path& path,
                   std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fsync(file.get()) != 0) return failed(path, errno);
  return {};
}

Status flush_folder(const std::filesystem::path& folder) {
  const FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle.is_open() || ::fsync(handle.get()) != 0) return failed(folder, errno);
  return {};
}

}  // namespace

StateFolder::StateFolder(std::filesystem::path folder, std::string pinned)
    : folder_(std::move(folder)), pinned_(std::move(pinned)) {}

TrustedState StateFolder::fresh() const { return {pinned_, {}, {}, {}}; }

Result<TrustedState> StateFolder::load() const {
  const std::string name = (folder_ / kFileName).string();
  const Result<std::string> bytes =
      FolderSource(folder_).read(kFileName, std::int64_t{kMaxStateBytes});
  if (!bytes.ok() && bytes.error().kind == ErrorKind::missing) return fresh();
  if (!bytes.ok()) return Error{ErrorKind::storage, name + ": " + bytes.error().message};
  const Result<JsonValue> document = parse_json(*bytes, {kMaxStateBytes, 4});
  if (!document.ok()) {
    return Error{ErrorKind::malformed, name + ": " + document.error().message};
  }

  TrustedState state{text_of(*document, "root"), text_of(*document, "timestamp"),
                     text_of(*document, "snapshot"), text_of(*document, "targets"),
                     texts_of(*document, "delegated")};
  const std::string pinned = text_of(*document, "pinned_root_sha256");
  if (const auto fault = check_root(state.root); fault || !parse_sha256(pinned).ok()) {
    return Error{ErrorKind::malformed,
                 name + ": " + (fault ? to_string(*fault) : "names no pinned root")};
  }
  if (pinned == digest_of(pinned_)) return state;
  return Error{ErrorKind::conflict, name + ": was kept for another pinned root"};
}

Status StateFolder::save(const TrustedState& state) const {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) return failed(folder_, error.value());

  JsonObject delegated;
  for (const auto& [role, bytes] : state.delegated) delegated.emplace_back(role, bytes);
  const JsonObject document{{"pinned_root_sha256", digest_of(pinned_)},
                            {"root", state.root},
                            {"timestamp", state.timestamp},
                            {"snapshot", state.snapshot},
                            {"targets", state.targets},
                            {"delegated", std::move(delegated)}};
  std::string pattern = (folder_ / kFileName).string() + ".XXXXXX";
  const FileHandle file(::mkostemp(pattern.data(), O_CLOEXEC));
  if (!file.is_open()) return failed(pattern, errno);
  Status status = write_whole(file, pattern, write_json(document, 1));
  if (status.ok() && ::rename(pattern.c_str(), (folder_ / kFileName).c_str()) != 0) {
    status = failed(folder_ / kFileName, errno);
  }
  if (status.ok()) return flush_folder(folder_);
  ::unlink(pattern.c_str());
  return status;
}

}  // namespace conglang
