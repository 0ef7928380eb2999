#include "playlists/publication/publication_document.h"

#include <algorithm>

#include "playlists/publication/bounds.h"
#include "playlists/publication/check_publication.h"
#include "playlists/publication/read_parts.h"

namespace conglang {
namespace {

void read_lists(ObjectReader& reader, Publication& publication) {
  DocumentErrors& errors = reader.errors();
  reader.list("layouts", {1, bounds::kFew}, [&](const JsonValue& value, const std::string& at) {
    publication.layouts.push_back(read_layout(value, at, errors));
  });
  reader.list("assets", {0, bounds::kAssets},
              [&](const JsonValue& value, const std::string& at) {
                publication.assets.push_back(read_asset(value, at, errors));
              });
  reader.list("places", {0, bounds::kPlaces, true},
              [&](const JsonValue& value, const std::string& at) {
                publication.places.push_back(read_place(value, at, errors));
              });
  reader.list("categories", {0, bounds::kFew},
              [&](const JsonValue& value, const std::string& at) {
                publication.categories.push_back(read_category(value, at, errors));
              });
  reader.list("entries", {0, bounds::kEntries},
              [&](const JsonValue& value, const std::string& at) {
                publication.entries.push_back(read_entry(value, at, errors));
              });
  reader.list("playlists", {1, bounds::kPlaylists},
              [&](const JsonValue& value, const std::string& at) {
                publication.playlists.push_back(read_playlist(value, at, errors));
              });
  reader.list("schedule", {1, bounds::kPlaylists},
              [&](const JsonValue& value, const std::string& at) {
                publication.schedule.push_back(read_rule(value, at, errors));
              });
}

bool is_domain(std::string_view text) {
  const bool characters = std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  return characters && text.size() <= 253 && text.find('.') != std::string_view::npos &&
         text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
}

void read_link_domains(ObjectReader& reader, Publication& publication) {
  reader.list("link_domains", {0, bounds::kFew, true},
              [&](const JsonValue& value, const std::string& at) {
                if (value.string() != nullptr && is_domain(*value.string())) {
                  publication.link_domains.push_back(*value.string());
                } else {
                  add_error(reader.errors(),
                            {at, "must be a domain in lower case like \"hungyen.gov.vn\""});
                }
              });
}

Publication read_publication(const JsonValue& value, DocumentErrors& errors) {
  ObjectReader reader(value, "", errors);
  Publication publication;
  publication.format = static_cast<int>(reader.integer("format", {1, 1}));
  publication.id = reader.id<PublicationId>("id");
  publication.group = reader.id<GroupId>("group");
  publication.title = reader.localized("title", bounds::kTitleCharacters);
  publication.approved_at = reader.optional_instant("approved_at");
  publication.offline_until = reader.optional_instant("offline_until");
  reader.list("reinstated", {0, bounds::kTakedowns, true},
              [&](const JsonValue& id, const std::string& at) {
                publication.reinstated.emplace_back(read_id(id, at, errors));
              });
  publication.theme = read_theme(reader);
  read_link_domains(reader, publication);
  read_lists(reader, publication);
  reader.finish();
  return publication;
}

PublicationForm form_of(const Publication& publication) {
  const bool published =
      publication.assets.empty()
          ? publication.approved_at.has_value()
          : std::holds_alternative<PublishedFile>(publication.assets.front().file);
  return published ? PublicationForm::published : PublicationForm::source;
}

}  // namespace

std::variant<PublicationDocument, DocumentErrors> PublicationDocument::read(
    std::string_view bytes) {
  JsonLimits limits;
  limits.max_bytes = bounds::kDocumentBytes;
  const auto value = parse_json(bytes, limits);
  DocumentErrors errors;
  if (!value) {
    add_error(errors, {"", value.error().message});
    return errors;
  }
  Publication publication = read_publication(*value, errors);
  // References of a document without form would only repeat what was said.
  const PublicationForm form = form_of(publication);
  if (errors.empty()) check_publication(publication, form, errors);
  if (!errors.empty()) return errors;
  return PublicationDocument(std::move(publication), form);
}

}  // namespace conglang
