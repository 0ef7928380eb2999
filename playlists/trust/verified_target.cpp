#include "playlists/trust/verified_target.h"

namespace conglang {
namespace {

// A small target is held in memory whole; the largest publication we foresee is 2 MiB.
constexpr std::int64_t kMaxWholeBytes = 32 << 20;

Fault fault(TrustFault kind, const TargetFile& file, std::string message) {
  return {kind, file.path, std::move(message)};
}

Fault unreadable(const TargetFile& file, const Error& error) {
  if (error.kind == ErrorKind::too_large) {
    return fault(TrustFault::endless_data, file,
                 "goes on after the " + std::to_string(file.length) + " bytes signed for");
  }
  return fault(TrustFault::missing, file, error.message);
}

}  // namespace

std::string repository_path(const TargetFile& file) {
  const std::size_t slash = file.path.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  return "targets/" + file.path.substr(0, name) + file.sha256.hex() + "." +
         file.path.substr(name);
}

const DelegatedTargets* VerifiedTargets::delegated(std::string_view role) const {
  const auto found = roles_.find(std::string(role));
  return found == roles_.end() || !found->second ? nullptr : &*found->second;
}

const TargetsMetadata* VerifiedTargets::metadata_of(const std::string& role) const {
  if (role == name_of(Role::targets)) return &metadata_;
  const DelegatedTargets* found = delegated(role);
  return found == nullptr ? nullptr : &found->metadata;
}

// Before the next delegation is looked at, everything below the one before it was (5.6.7).
bool VerifiedTargets::search(std::string_view path, Search& search) const {
  const std::string role = search.next;
  if (!search.visited.insert(role).second) return false;
  const TargetsMetadata& metadata = *metadata_of(role);
  if (metadata.files.contains(std::string(path))) {
    search.voucher = role;
    return true;
  }
  for (const DelegatedRole& next : metadata.delegations.roles) {
    if (!is_delegated(next, path)) continue;
    const auto known = roles_.find(next.name);
    if (known != roles_.end()) {
      // Somebody who withholds a role must not thereby give the word to those after it.
      if (!known->second || !known->second->delegators.contains(role)) return true;
      search.next = next.name;
      if (this->search(path, search)) return true;
    }
    if (next.terminating) return true;
  }
  return false;
}

std::string VerifiedTargets::vouching_role(std::string_view path) const {
  Search search;
  this->search(path, search);
  return search.voucher;
}

const TargetFile* VerifiedTargets::find(std::string_view path) const {
  const std::string role = vouching_role(path);
  return role.empty() ? nullptr : &metadata_of(role)->files.at(std::string(path));
}

std::vector<TargetFile> VerifiedTargets::files_of(std::string_view role) const {
  std::vector<TargetFile> files;
  const TargetsMetadata* metadata = metadata_of(std::string(role));
  if (metadata == nullptr) return files;
  for (const auto& [path, file] : metadata->files) {
    if (vouching_role(path) == role) files.push_back(file);
  }
  return files;
}

std::variant<VerifiedTarget, Fault> VerifiedTargets::read(std::string_view path,
                                                          MetadataSource& source) const {
  const std::string role = vouching_role(path);
  if (role.empty()) {
    return Fault{TrustFault::missing, std::string(path), "nobody has signed for this file"};
  }
  const TargetFile* file = &metadata_of(role)->files.at(std::string(path));
  if (file->length > kMaxWholeBytes) {
    return fault(TrustFault::endless_data, *file, "is too long to be read whole");
  }
  Result<std::string> bytes = source.read(repository_path(*file), file->length + kMaxOverrun);
  if (!bytes.ok()) return unreadable(*file, bytes.error());

  TargetCheck check(*file);
  const std::string& text = *bytes;
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  std::optional<Fault> found = check.add({data, text.size()});
  if (!found) found = check.finish();
  if (found) return *found;
  return VerifiedTarget(file->path, std::move(bytes).value(), role);
}

std::optional<Fault> TargetCheck::add(std::span<const std::uint8_t> bytes) {
  seen_ += static_cast<std::int64_t>(bytes.size());
  if (seen_ - file_.length > kMaxOverrun) {
    return fault(TrustFault::endless_data, file_,
                 "goes on after the " + std::to_string(file_.length) + " bytes signed for");
  }
  digest_.add(bytes);
  return std::nullopt;
}

std::optional<Fault> TargetCheck::finish() {
  if (seen_ != file_.length) {
    return fault(TrustFault::wrong_length, file_,
                 "has " + std::to_string(seen_) + " bytes, signed for are " +
                     std::to_string(file_.length));
  }
  if (digest_.finish() != file_.sha256) {
    return fault(TrustFault::wrong_hash, file_, "its bytes are not those signed for");
  }
  return std::nullopt;
}

}  // namespace conglang
