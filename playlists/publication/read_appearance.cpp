#include <algorithm>

#include "playlists/publication/bounds.h"
#include "playlists/publication/read_parts.h"

namespace conglang {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

ThemeColor read_color(ObjectReader& theme, std::string_view name) {
  const std::string text = theme.word(name);
  const bool shaped =
      text.size() == 7 && text.front() == '#' &&
      std::all_of(text.begin() + 1, text.end(), [](char c) { return hex_digit(c) >= 0; });
  if (!shaped) {
    if (!text.empty()) theme.fault(name, "must be a colour like \"#7a1f1b\"");
    return {};
  }
  const auto channel = [&](std::size_t at) {
    return static_cast<std::uint8_t>(hex_digit(text[at]) * 16 + hex_digit(text[at + 1]));
  };
  return {channel(1), channel(3), channel(5)};
}

// A path below a root: no way out, no way round.
bool is_safe_path(std::string_view path) {
  if (path.starts_with('/') || path.find('\\') != std::string_view::npos) return false;
  while (true) {
    const auto end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    if (part.empty() || part == "." || part == "..") return false;
    if (end == path.size()) return true;
    path.remove_prefix(end + 1);
  }
}

SourceFile read_source_file(ObjectReader& asset) {
  SourceFile file{asset.text("path", bounds::kPathCharacters)};
  if (!file.path.empty() && !is_safe_path(file.path)) {
    asset.fault("path", "must be a path below the folder, without \"..\"");
  }
  return file;
}

PublishedFile read_published_file(ObjectReader& asset) {
  constexpr std::string_view kExtensions[] = {"mp4", "webm", "mkv", "jpg",
                                              "png", "webp", "gif"};
  PublishedFile file;
  const std::string digest = asset.word("sha256");
  if (const auto parsed = parse_sha256(digest)) {
    file.sha256 = *parsed;
  } else if (!digest.empty()) {
    asset.fault("sha256", parsed.error().message);
  }
  file.length = asset.integer("length", {1, bounds::kMostFileBytes});
  file.extension = kExtensions[asset.choice(
      "extension", {"mp4", "webm", "mkv", "jpg", "png", "webp", "gif"})];
  return file;
}

std::optional<LayoutVariant> read_variant(ObjectReader& layout, std::string_view name) {
  auto reader = layout.optional_object(name);
  if (!reader) return std::nullopt;
  LayoutVariant variant;
  variant.width = static_cast<int>(reader->integer("width", {1, bounds::kMostPixels}));
  variant.height = static_cast<int>(reader->integer("height", {1, bounds::kMostPixels}));
  reader->list("regions", {1, bounds::kFew},
               [&](const JsonValue& value, const std::string& place) {
                 ObjectReader region(value, place, reader->errors());
                 variant.regions.push_back(
                     {region.id<RegionId>("id"),
                      static_cast<int>(region.integer("x", {0, bounds::kMostPixels})),
                      static_cast<int>(region.integer("y", {0, bounds::kMostPixels})),
                      static_cast<int>(region.integer("width", {1, bounds::kMostPixels})),
                      static_cast<int>(region.integer("height", {1, bounds::kMostPixels}))});
                 region.finish();
               });
  reader->finish();
  return variant;
}

}  // namespace

Asset read_asset(const JsonValue& value, const std::string& pointer, DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  Asset asset;
  asset.id = reader.id<AssetId>("id");
  asset.kind =
      reader.choice("kind", {"image", "video"}) == 0 ? AssetKind::image : AssetKind::video;
  if (reader.has("sha256") || reader.has("length") || reader.has("extension")) {
    asset.file = read_published_file(reader);
  } else {
    asset.file = read_source_file(reader);
  }
  asset.description = reader.optional_localized("description", bounds::kTextCharacters);
  asset.credit = reader.text("credit", bounds::kTitleCharacters);
  asset.licence = reader.text("licence", bounds::kTitleCharacters);
  reader.finish();
  return asset;
}

Theme read_theme(ObjectReader& parent) {
  Theme theme;
  auto reader = parent.object("theme");
  if (!reader) return theme;
  theme.background = read_color(*reader, "background");
  theme.surface = read_color(*reader, "surface");
  theme.text = read_color(*reader, "text");
  theme.text_muted = read_color(*reader, "text_muted");
  theme.accent = read_color(*reader, "accent");
  theme.accent_text = read_color(*reader, "accent_text");
  reader->finish();
  return theme;
}

Layout read_layout(const JsonValue& value, const std::string& pointer, DocumentErrors& errors) {
  ObjectReader reader(value, pointer, errors);
  Layout layout;
  layout.id = reader.id<LayoutId>("id");
  layout.landscape = read_variant(reader, "landscape");
  layout.portrait = read_variant(reader, "portrait");
  if (!layout.landscape && !layout.portrait && value.object() != nullptr) {
    reader.fault("", "needs \"landscape\" or \"portrait\"");
  }
  reader.finish();
  return layout;
}

}  // namespace conglang
