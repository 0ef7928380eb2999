#include "playlists/trust/delegation_walk.h"

#include <utility>

namespace conglang {

void DelegationWalk::run() { visit(std::string(name_of(Role::targets)), given_.targets); }

void DelegationWalk::visit(const std::string& delegator, const TargetsMetadata& metadata) {
  const std::string described = delegator + " " + std::to_string(metadata.version);
  for (const DelegatedRole& next : metadata.delegations.roles) {
    const RoleFile role = role_file(next, metadata.delegations, described);
    const auto known = roles_.find(next.name);
    if (known != roles_.end() && known->second) {
      trust_again(role, delegator);
      continue;
    }
    if (tried_.size() >= kMaxDelegatedRoles) {
      roles_[next.name] = std::nullopt;
      fail(TrustFault::endless_data, next.name,
           "is one role more than the " + std::to_string(kMaxDelegatedRoles) +
               " that are looked at");
      return;
    }
    tried_.insert(next.name + " of " + delegator);
    if (!trust(role, delegator)) continue;
    visit(next.name, roles_.at(next.name)->metadata);
  }
}

bool DelegationWalk::trust(const RoleFile& role, const std::string& delegator) {
  std::optional<File> file = newest(role, open_kept(role));
  if (!file) {
    const bool says_something =
        given_.snapshot != nullptr && given_.snapshot->files.contains(listed_name(role.name));
    if (says_something) roles_[role.name] = std::nullopt;
    return false;
  }
  const bool is_expired = file->metadata.expires <= given_.start;
  if (is_expired) {
    fail(TrustFault::freeze, role.name, "expired at " + format_instant(file->metadata.expires));
  }
  kept_[role.name] = std::move(file->bytes);
  roles_[role.name] = DelegatedTargets{std::move(file->metadata), is_expired, {delegator}};
  return true;
}

// A second role delegates to the same name: with its own keys, over the same file.
bool DelegationWalk::trust_again(const RoleFile& role, const std::string& delegator) {
  const Result<SignedDocument> document =
      read_signed_document(kept_.at(role.name), Role::targets);
  if (!document.ok()) return false;
  if (auto fault = check_signatures(*document, role)) {
    faults_.push_back(std::move(*fault));
    return false;
  }
  roles_.at(role.name)->delegators.insert(delegator);
  return true;
}

// What is not signed by today's keys is no fault: with a key goes what it signed, so that a
// thief of it cannot bar the versions that come after.
std::optional<DelegationWalk::File> DelegationWalk::open_kept(const RoleFile& role) const {
  const auto found = before_.find(role.name);
  if (found == before_.end()) return std::nullopt;
  auto opened = open_file<TargetsMetadata>(found->second, role, read_targets);
  if (auto* file = std::get_if<File>(&opened)) return std::move(*file);
  return std::nullopt;
}

std::optional<DelegationWalk::File> DelegationWalk::newest(const RoleFile& role,
                                                           std::optional<File> old) {
  if (given_.source == nullptr || given_.snapshot == nullptr) return old;
  const auto listed = given_.snapshot->files.find(listed_name(role.name));
  if (listed == given_.snapshot->files.end()) {
    if (old) fail(TrustFault::rollback, role.name, "is listed no longer");
    return old;
  }
  const FileVersion& expected = listed->second;
  if (old && is_expected(old->bytes, old->metadata.version, expected)) return old;
  if (old && expected.version < old->metadata.version) {
    fail(TrustFault::rollback, role.name, older_than(expected.version, old->metadata.version));
    return old;
  }
  auto fetched = fetch_expected<TargetsMetadata>(*given_.source, expected, role, read_targets);
  if (auto* file = std::get_if<File>(&fetched)) return std::move(*file);
  faults_.push_back(std::get<Fault>(std::move(fetched)));
  return old;
}

std::map<std::string, std::string> DelegationWalk::kept_unexpired(
    const std::map<std::string, std::string>& older) const {
  std::map<std::string, std::string> kept;
  for (const auto& [name, bytes] : kept_) {
    const auto role = roles_.find(name);
    const bool is_expired = role == roles_.end() || !role->second || role->second->is_expired;
    const auto before = older.find(name);
    if (!is_expired) {
      kept[name] = bytes;
    } else if (before != older.end()) {
      kept[name] = before->second;
    }
  }
  return kept;
}

void DelegationWalk::fail(TrustFault kind, const std::string& role, std::string message) {
  faults_.push_back(fault_of(kind, role, std::move(message)));
}

}  // namespace conglang
