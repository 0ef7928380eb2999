#include "content-server/app/office_link.h"

#include <sys/stat.h>

#include <utility>

#include "content-server/publishing/online_keys.h"

namespace conglang::server {
namespace {

constexpr std::string_view kPublications = "publications/";
constexpr std::string_view kJson = ".json";

// Changes whenever the file is replaced; empty when there is none.
std::string identity_of(const std::filesystem::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return {};
  return std::to_string(found.st_ino) + "." + std::to_string(found.st_mtim.tv_sec) + "." +
         std::to_string(found.st_mtim.tv_nsec) + "." + std::to_string(found.st_size);
}

}  // namespace

Result<OfficeLink> RepositoryLink::link() {
  const auto state = parts_.repository.published(parts_.clock.now());
  if (!state) return state.error();
  return OfficeLink{parts_.address(), {parts_.ca_pem(), state->root_bytes}};
}

Result<RepositoryLink::Known> RepositoryLink::read_known(const std::string& timestamp) const {
  const auto state = parts_.repository.published(parts_.clock.now());
  if (!state) return state.error();
  Known known{timestamp, state->version(), state->takedown ? state->takedown->version : 0, {}};
  if (!state->targets) return known;
  for (const auto& [path, file] : state->targets->files()) {
    if (!path.starts_with(kPublications) || !path.ends_with(kJson)) continue;
    known.groups.insert(
        path.substr(kPublications.size(), path.size() - kPublications.size() - kJson.size()));
  }
  return known;
}

Result<PublishedVersions> RepositoryLink::published(const GroupId& group) {
  const std::string timestamp =
      identity_of(parts_.repository.folder() / "metadata/timestamp.json");
  if (timestamp.empty()) return PublishedVersions{};
  {
    const MutexLock lock(mutex_);
    if (known_.timestamp == timestamp) {
      const bool shows = known_.groups.contains(group.text());
      return PublishedVersions{shows ? known_.targets : 0, known_.takedown};
    }
  }
  auto known = read_known(timestamp);
  if (!known) return known.error();
  const PublishedVersions versions{known->groups.contains(group.text()) ? known->targets : 0,
                                   known->takedown};
  const MutexLock lock(mutex_);
  known_ = std::move(*known);
  return versions;
}

Result<SignedTime> RepositoryLink::sign_time(const TimeQuestion& question, Instant now) {
  const auto state = parts_.repository.published(now);
  if (!state) return state.error();
  const auto key = open_online_key(parts_.repository.keys_folder(), "timestamp",
                                   state->keys_of(Role::timestamp));
  if (!key) return key.error();
  return SignedTime{now, key->id(), key->sign(signed_time_text(question.nonce, now))};
}

}  // namespace conglang::server
