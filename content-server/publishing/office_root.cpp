#include "content-server/publishing/office_root.h"

#include <utility>

#include "content-server/access/password_change.h"
#include "content-server/publishing/root_ceremony.h"

namespace conglang::server {
namespace {

JsonValue root_for_audit(const RootMetadata& root) {
  JsonObject words{{"version", root.version},
                   {"expires", format_instant(root.expires)},
                   {"root_threshold", root.roles.at(Role::root).threshold}};
  for (const auto& [role, keys] : root.roles) {
    JsonArray ids;
    for (const std::string& id : keys.key_ids) ids.emplace_back(id);
    words.emplace_back(std::string(name_of(role)), std::move(ids));
  }
  return words;
}

Status apply(const AccessDesk& desk, const RootMetadata& root, const std::string& bytes) {
  return apply_root(desk, sha256(std::string_view(bytes)), approver_keys_of(root));
}

}  // namespace

std::vector<std::array<std::uint8_t, 32>> approver_keys_of(const RootMetadata& root) {
  std::vector<std::array<std::uint8_t, 32>> keys;
  for (const std::string& id : root.roles.at(Role::targets).key_ids) {
    const auto key = root.keys.find(id);
    if (key != root.keys.end()) keys.push_back(key->second.bytes);
  }
  return keys;
}

Result<bool> follow_root(const AccessDesk& desk, const OfficeRepository& repository) {
  const auto office = desk.office.find();
  if (!office.ok()) return office.error();
  if (!*office) return false;
  const Result<PublishedState> state = repository.published(desk.now);
  if (!state.ok()) return state.error();
  if ((*office)->root == sha256(std::string_view(state->root_bytes))) return false;
  if (Status done = apply(desk, state->root, state->root_bytes); !done.ok()) {
    return done.error();
  }
  return true;
}

Result<RootMetadata> change_root(const AccessDesk& desk, const OfficeRepository& repository,
                                 const std::string& bytes) {
  if (const auto followed = follow_root(desk, repository); !followed.ok()) {
    return followed.error();
  }
  const Result<PublishedState> state = repository.published(desk.now);
  if (!state.ok()) return state.error();
  if (state->root_bytes == bytes) return state->root;
  Result<RootMetadata> next = check_next_root(state->root, bytes, desk.now);
  if (!next.ok()) return next;
  Status status = apply(desk, *next, bytes);
  if (status.ok()) {
    status = desk.note("root.ceremony", "root:" + std::to_string(next->version),
                       root_for_audit(state->root), root_for_audit(*next));
  }
  if (status.ok()) status = repository.accept_root(bytes, desk.now);
  if (!status.ok()) return status.error();
  return next;
}

Result<SigningKey> prepare_online_key(const AccessDesk& desk,
                                      const OfficeRepository& repository,
                                      const std::string& role) {
  Result<SigningKey> key = repository.make_waiting_key(role, desk.now);
  if (!key.ok()) return key;
  const Status noted =
      desk.note("key.waits", "online-key:" + role, {}, JsonObject{{"key_id", key->id()}});
  if (!noted.ok()) return noted.error();
  return key;
}

}  // namespace conglang::server
