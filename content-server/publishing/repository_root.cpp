// How the office's root begins and changes; see office_repository.h.
#include <unistd.h>

#include <system_error>
#include <utility>

#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/repository_files.h"
#include "content-server/publishing/repository_lock.h"
#include "content-server/publishing/root_ceremony.h"
#include "playlists/trust/metadata_file.h"
#include "playlists/trust/refresh.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRootChange = "root-change.json";

// The repository with another root and another timestamp in front of it.
class AsItWillBe : public FolderSource {
 public:
  AsItWillBe(fs::path repository, std::map<std::string, std::string> files)
      : FolderSource(std::move(repository)), files_(std::move(files)) {}

  Result<std::string> read(std::string_view path, std::int64_t max_bytes) override {
    const auto found = files_.find(std::string(path));
    if (found != files_.end()) return found->second;
    return FolderSource::read(path, max_bytes);
  }

 private:
  std::map<std::string, std::string> files_;
};

bool is_rotated(const RootMetadata& before, const RootMetadata& after) {
  return before.roles.at(Role::snapshot) != after.roles.at(Role::snapshot) ||
         before.roles.at(Role::timestamp) != after.roles.at(Role::timestamp);
}

// What a kiosk says to the next root, in words for those who must do something about it.
Error refused_by_kiosks(const Fault& fault) {
  const bool lacks_approver =
      fault.kind == TrustFault::bad_signature && fault.where == name_of(Role::targets);
  if (lacks_approver) {
    return {ErrorKind::conflict,
            "root: what the screens show was signed by a key that would go. Name the new key "
            "beside it first (`keys add`), let its owner approve something, and revoke the old "
            "key then (`keys revoke`)",
            "needs-approval"};
  }
  return {ErrorKind::untrusted, "root: a kiosk would refuse it: " + to_string(fault),
          "kiosk-refuses"};
}

// After the ceremony: what was rotated away is deleted.
Status retire_online_keys(const fs::path& keys, const RootMetadata& root) {
  for (const Role role : {Role::snapshot, Role::timestamp}) {
    Status retired =
        retire_online_key(keys, std::string(name_of(role)), root.roles.at(role).key_ids);
    if (!retired.ok()) return retired;
  }
  return {};
}

}  // namespace

Result<Sha256Digest> OfficeRepository::begin(const std::string& root) const {
  auto opened = open_root(root);
  if (const Fault* fault = std::get_if<Fault>(&opened)) return to_error(*fault);
  if (std::get<TrustedFile<RootMetadata>>(opened).metadata.version != 1) {
    return Error{ErrorKind::untrusted, "root: the first root must be version 1", "first-root"};
  }
  if (Status made = make_folders(folder() / "metadata"); !made.ok()) return made.error();
  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  std::error_code error;
  const fs::path place = folder() / metadata_name("root", 1);
  const Result<std::string> present = read_file(place, max_bytes(Role::root));
  if (present.ok() && *present == root) return sha256(std::string_view(root));
  if (fs::exists(folder() / "metadata/timestamp.json", error) ||
      fs::exists(folder() / metadata_name("root", 2), error)) {
    return Error{ErrorKind::conflict, "root: this repository has begun with another root",
                 "root-exists"};
  }
  if (Status kept = replace_file(place, root); !kept.ok()) return kept.error();
  return sha256(std::string_view(root));
}

Status OfficeRepository::check_online_keys(const RootMetadata& next,
                                           const PublishedState& state) const {
  for (const Role role : {Role::snapshot, Role::timestamp}) {
    const auto key =
        open_online_key(keys_folder(), std::string(name_of(role)), next.roles.at(role).key_ids);
    if (!key.ok()) return key.error();
  }
  const std::set<std::string> takedown = state.delegated_keys("takedown");
  for (const auto& [id, key] : next.keys) {
    if (!takedown.contains(id)) continue;
    return Error{ErrorKind::conflict, "root: key " + id + " serves takedowns already",
                 "one-role"};
  }
  return {};
}

Result<std::string> OfficeRepository::sign_under_new_root(PublishedState& state,
                                                          bool is_rotated, Instant now) const {
  Change change;
  if (is_rotated) {
    // Kiosks forget what the old keys have signed, so the numbers may begin anew.
    RoleVersions& versions = state.versions;
    if (is_pushed_ahead(versions.snapshot, now)) versions.snapshot = 0;
    if (is_pushed_ahead(versions.timestamp, now)) versions.timestamp = 0;
    if (is_pushed_ahead(versions.takedown, now)) {
      versions.takedown = 0;
      auto list = sign_takedown(state, state.delegated_keys("takedown"), std::nullopt, now);
      if (!list.ok()) return list.error();
      const fs::path place = folder() / metadata_name("takedown", list->version);
      if (Status kept = replace_file(place, list->bytes); !kept.ok()) return kept.error();
      change.emplace("takedown", std::move(*list));
    }
  }
  return write_snapshot(state, change, now);
}

Status OfficeRepository::accept_root(const std::string& bytes, Instant now) const {
  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  if (Status finished = finish_root_change(); !finished.ok()) return finished;
  Result<PublishedState> state = published(now);
  if (!state.ok()) return state.error();
  if (state->root_bytes == bytes) return {};
  const Result<RootMetadata> next = check_next_root(state->root, bytes, now);
  if (!next.ok()) return next.error();
  if (Status ours = check_online_keys(*next, *state); !ours.ok()) return ours;
  const std::string name = metadata_name("root", next->version);
  const std::string before = state->root_bytes;
  const bool rotated = is_rotated(state->root, *next);
  state->root = *next;
  state->root_bytes = bytes;
  std::string timestamp;
  if (state->targets) {
    Result<std::string> made = sign_under_new_root(*state, rotated, now);
    if (!made.ok()) return made.error();
    timestamp = std::move(*made);
    AsItWillBe source(folder(), {{name, bytes}, {"metadata/timestamp.json", timestamp}});
    const TrustOutcome outcome = refresh({before, {}, {}, {}}, source, now);
    if (outcome.fault) return refused_by_kiosks(*outcome.fault);
  }
  // All files or none, also when the power goes between them.
  const JsonObject change{{"root", name}, {"bytes", bytes}, {"timestamp", timestamp}};
  Status noted = replace_file(data_ / kRootChange, write_json(change), 0600);
  if (!noted.ok()) return noted;
  return finish_root_change();
}

Status OfficeRepository::finish_root_change() const {
  const Result<std::string> noted = read_file(data_ / kRootChange, 4 << 20);
  if (!noted.ok() && noted.error().kind == ErrorKind::missing) return {};
  if (!noted.ok()) return noted.error();
  const Result<JsonValue> change = parse_json(*noted);
  const auto text = [&](const char* name) -> const std::string* {
    const JsonValue* value = change.ok() ? change->find(name) : nullptr;
    return value == nullptr ? nullptr : value->string();
  };
  const std::string *root = text("root"), *bytes = text("bytes"),
                    *timestamp = text("timestamp");
  if (root == nullptr || bytes == nullptr || timestamp == nullptr) {
    return Error{ErrorKind::storage, (data_ / kRootChange).string() + ": is damaged"};
  }
  if (Status kept = replace_file(folder() / *root, *bytes); !kept.ok()) return kept;
  if (!timestamp->empty()) {
    Status kept = replace_file(folder() / "metadata/timestamp.json", *timestamp);
    if (!kept.ok()) return kept;
  }
  auto opened = open_root(*bytes);
  if (const Fault* fault = std::get_if<Fault>(&opened)) return to_error(*fault);
  Status retired =
      retire_online_keys(keys_folder(), std::get<TrustedFile<RootMetadata>>(opened).metadata);
  if (!retired.ok()) return retired;
  ::unlink((data_ / kRootChange).c_str());
  return {};
}

Result<std::set<std::string>> OfficeRepository::online_key_ids(const PublishedState& state,
                                                               const std::string& role) {
  if (role == "snapshot") return state.keys_of(Role::snapshot);
  if (role == "timestamp") return state.keys_of(Role::timestamp);
  std::set<std::string> ids = state.delegated_keys(role);
  if (!ids.empty()) return ids;
  return Error{ErrorKind::conflict, role + ": no approval has named its first key yet",
               "nothing-published"};
}

Result<SigningKey> OfficeRepository::make_waiting_key(const std::string& role,
                                                      Instant now) const {
  const auto lock = RepositoryLock::take(data_ / "repository.lock");
  if (!lock.ok()) return lock.error();
  if (Status finished = finish_root_change(); !finished.ok()) return finished.error();
  const Result<PublishedState> state = published(now);
  if (!state.ok()) return state.error();
  const auto ids = online_key_ids(*state, role);
  if (!ids.ok()) return ids.error();
  return open_waiting_key(keys_folder(), role, *ids);
}

}  // namespace conglang::server
