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

const TargetFile* VerifiedTargets::find(std::string_view path) const {
  const auto found = metadata_.files.find(std::string(path));
  return found == metadata_.files.end() ? nullptr : &found->second;
}

std::variant<VerifiedTarget, Fault> VerifiedTargets::read(std::string_view path,
                                                          MetadataSource& source) const {
  const TargetFile* file = find(path);
  if (file == nullptr) {
    return Fault{TrustFault::missing, std::string(path), "nobody has signed for this file"};
  }
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
  return VerifiedTarget(file->path, std::move(bytes).value());
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
