#include <algorithm>

#include "playlists/publication/bounds.h"
#include "playlists/publication/read_parts.h"

namespace conglang {
namespace {

PlaceName read_place_name(const JsonValue& value, const std::string& pointer,
                          DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  PlaceName name;
  name.name = reader.localized("name", bounds::kTitleCharacters);
  name.valid_from = reader.optional_date("valid_from");
  name.valid_until = reader.optional_date("valid_until");
  if (name.valid_from && name.valid_until && *name.valid_from >= *name.valid_until) {
    reader.fault("valid_until", "must be after valid_from", DocumentRule::validity);
  }
  reader.finish();
  return name;
}

Fact read_fact(const JsonValue& value, const std::string& pointer, DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  Fact fact;
  fact.label = reader.localized("label", bounds::kTitleCharacters);
  fact.value = reader.localized("value", bounds::kTitleCharacters);
  fact.as_of = reader.optional_date("as_of");
  reader.finish();
  return fact;
}

// ASCII without spaces (the rest is percent-encoded), as a QR code carries it.
std::string read_link(ObjectReader& entry) {
  std::string link = entry.word("link");
  const bool printable = std::ranges::all_of(link, [](char c) { return c > ' ' && c <= '~'; });
  if (!link.empty() && !(link.starts_with("https://") && printable)) {
    entry.fault("link", "must begin with https:// and hold no space");
  } else if (std::ssize(link) > bounds::kPathCharacters) {
    entry.fault("link", "is too long for a QR code", DocumentRule::text_length);
  }
  return link;
}

}  // namespace

Place read_place(const JsonValue& value, const std::string& pointer, DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  Place place;
  place.id = reader.id<PlaceId>("id");
  reader.list("names", {1, bounds::kFew}, [&](const JsonValue& name, const std::string& at) {
    place.names.push_back(read_place_name(name, at, errors));
  });
  reader.finish();
  return place;
}

Category read_category(const JsonValue& value, const std::string& pointer,
                       DocumentErrors& errors) {
  constexpr std::string_view kSlugs[] = {"heritage",   "festival", "cuisine",  "craft",
                                         "investment", "news",     "services", "press"};
  ObjectReader reader(value, pointer, errors);
  Category category;
  category.id = CategoryId{
      std::string(kSlugs[reader.choice("id", {"heritage", "festival", "cuisine", "craft",
                                              "investment", "news", "services", "press"})])};
  category.title = reader.localized("title", bounds::kTitleCharacters);
  reader.finish();
  return category;
}

Entry read_entry(const JsonValue& value, const std::string& pointer, DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  Entry entry;
  entry.id = reader.id<EntryId>("id");
  entry.category = reader.id<CategoryId>("category");
  entry.title = reader.localized("title", bounds::kTitleCharacters);
  entry.summary = reader.localized("summary", bounds::kTextCharacters);
  entry.body = reader.optional_localized("body", bounds::kTextCharacters);
  entry.picture = reader.optional_id<AssetId>("picture");
  reader.list("gallery", {0, bounds::kFew, true},
              [&](const JsonValue& id, const std::string& at) {
                entry.gallery.emplace_back(read_id(id, at, errors));
              });
  entry.video = reader.optional_id<AssetId>("video");
  reader.list("facts", {0, bounds::kFew, true},
              [&](const JsonValue& fact, const std::string& at) {
                entry.facts.push_back(read_fact(fact, at, errors));
              });
  entry.place = reader.optional_id<PlaceId>("place");
  if (reader.has("link")) entry.link = read_link(reader);
  entry.provenance = reader.text("provenance", bounds::kTextCharacters);
  reader.finish();
  return entry;
}

}  // namespace conglang
