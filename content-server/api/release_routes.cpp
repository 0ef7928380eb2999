#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "content-server/api/answers.h"
#include "content-server/api/publishing_bodies.h"
#include "content-server/api/publishing_routes.h"
#include "playlists/publication/bounds.h"
#include "playlists/publication/publication_document.h"

namespace conglang::server {
namespace {

constexpr int kMostListed = 200;
constexpr int kEveryRelease = 1000;

Result<std::int64_t> version_in(const Request& request) {
  const std::string& text = request.path_values.at("version");
  std::int64_t version = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, version);
  if (read.ec == std::errc() && read.ptr == end && version > 0) return version;
  return Error{ErrorKind::malformed, "release: its version must be a number"};
}

Result<Publication> publication_of(const Release& release) {
  const auto read = PublicationDocument::read(release.publication);
  if (const auto* document = std::get_if<PublicationDocument>(&read)) {
    return document->publication();
  }
  return Error{ErrorKind::storage, "release " + std::to_string(release.version) +
                                       ": its publication cannot be read"};
}

// What its group showed before it; nothing for the first.
const Release* before(const std::vector<Release>& releases, const Release& release) {
  const Release* found = nullptr;
  for (const Release& other : releases) {
    if (other.group == release.group && other.state == ReleaseState::released &&
        other.version < release.version &&
        (found == nullptr || other.version > found->version)) {
      found = &other;
    }
  }
  return found;
}

Result<std::vector<Release>> all_releases(const ApiParts& parts) {
  std::vector<Release> all;
  const Status read = parts.transactions.read([&](const Stores& stores) -> Status {
    auto releases = stores.releases.releases(kEveryRelease);
    if (!releases) return releases.error();
    all = std::move(*releases);
    return {};
  });
  if (!read) return read.error();
  return all;
}

Response list_releases(const ApiParts& parts, const Request& request) {
  const auto releases = all_releases(parts);
  if (!releases) return refuse(releases.error());
  const auto group = request.query.find("group");
  JsonArray list;
  for (const Release& release : *releases) {
    if (group != request.query.end() && release.group.text() != group->second) continue;
    if (list.size() < kMostListed) list.push_back(write_release(release));
  }
  return answer(JsonObject{{"releases", std::move(list)}});
}

Response show_release(const ApiParts& parts, const Request& request) {
  const auto version = version_in(request);
  if (!version) return refuse(version.error());
  const auto releases = all_releases(parts);
  if (!releases) return refuse(releases.error());
  for (const Release& release : *releases) {
    if (release.version != *version) continue;
    const auto after = publication_of(release);
    if (!after) return refuse(after.error());
    std::optional<Publication> shown_before;
    if (const Release* earlier = before(*releases, release)) {
      auto read = publication_of(*earlier);
      if (!read) return refuse(read.error());
      shown_before = std::move(*read);
    }
    auto document = parse_json(release.publication, {bounds::kDocumentBytes, 64});
    if (!document) return refuse(document.error());
    return answer(JsonObject{
        {"release", write_release(release)},
        {"differences",
         write_differences(compare(shown_before ? &*shown_before : nullptr, *after))},
        {"publication", std::move(*document)}});
  }
  return refuse(404, "missing", "release " + std::to_string(*version) + ": there is none");
}

Response again(const ApiParts& parts, const Request& request, const Caller& caller) {
  const auto version = version_in(request);
  if (!version) return refuse(version.error());
  const auto made = publish_as<Submission>(parts, caller, [&](const PublishingDesk& desk) {
    return resubmit_release(desk, *version);
  });
  return made ? answer(write_submission(*made), 201) : refuse(made.error());
}

// What the group's screens are to show now, without what is hidden at once.
Response show_group(const ApiParts& parts, const GroupId& group) {
  const auto state = parts.repository.published(parts.clock.now());
  if (!state) return refuse(state.error());
  const auto bytes = read_publication(parts.repository.folder(), *state, group);
  if (!bytes) return refuse(bytes.error());
  if (!*bytes) return refuse(404, "missing", "group " + group.text() + ": shows nothing yet");
  auto document = parse_json(**bytes, {bounds::kDocumentBytes, 64});
  if (!document) return refuse(document.error());
  return answer(
      JsonObject{{"version", state->version()}, {"publication", std::move(*document)}});
}

}  // namespace

void add_release_routes(Routes& routes, const ApiParts& parts) {
  const BodyRule none = BodyRule::none();
  add_caller_route(routes, parts, {Method::get, "/api/releases", none, {}, {}}, Deed::view,
                   [&parts](const Request& request, const Caller&) {
                     return list_releases(parts, request);
                   });
  add_caller_route(
      routes, parts, {Method::get, "/api/releases/{version}", none, {}, {}}, Deed::view,
      [&parts](const Request& request, const Caller&) { return show_release(parts, request); });
  add_caller_route(routes, parts, {Method::post, "/api/releases/{version}/again", none, {}, {}},
                   Deed::submit, [&parts](const Request& request, const Caller& caller) {
                     return again(parts, request, caller);
                   });
  add_caller_route(routes, parts,
                   {Method::get, "/api/groups/{group}/publication", none, {}, {}}, Deed::view,
                   [&parts](const Request& request, const Caller&) {
                     return show_group(parts, GroupId(request.path_values.at("group")));
                   });
}

}  // namespace conglang::server
