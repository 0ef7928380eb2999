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
  entry.link = reader.optional_text("link", bounds::kPathCharacters);
  if (entry.link && !entry.link->empty() && !entry.link->starts_with("https://")) {
    reader.fault("link", "must begin with https://");
  }
  entry.provenance = reader.text("provenance", bounds::kTextCharacters);
  reader.finish();
  return entry;
}

}  // namespace conglang
