// What the stage plays: items with their files found and their words at hand.
//
// Made from a VerifiedPublication by build_programme.h, or from local files by
// `conglang-player play`. The stage knows no other source.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "playlists/base/ids.h"
#include "playlists/base/localized_text.h"
#include "playlists/base/sha256.h"
#include "playlists/base/time.h"
#include "playlists/publication/publication.h"

namespace conglang::player {

// A file on this disk. With a digest, it is hashed before its first use in this
// run and refused when it differs; without (local files of `play`) it is not.
struct HeldFile {
  std::string path;
  std::optional<Sha256Digest> sha256;
  std::int64_t length = 0;  // bytes; meaningful with a digest only
  bool operator==(const HeldFile&) const = default;
};

struct ShowVideo {
  HeldFile file;
  FitMode fit = FitMode::contain;
  SoundUse sound = SoundUse::full;
};

struct ShowImage {
  HeldFile file;
  FitMode fit = FitMode::contain;
};

struct ShowTextCard {
  LocalizedText title;
  std::optional<LocalizedText> text;
  std::optional<HeldFile> background;
};

struct ShowEntryCard {
  LocalizedText category;
  LocalizedText title;
  LocalizedText summary;
  std::vector<Fact> facts;
  std::optional<LocalizedText> place;
  std::optional<std::string> link;
  std::optional<HeldFile> picture;
};

// Words that stand for themselves, under the name of what they are: a correction.
struct ShowNotice {
  LocalizedText label;
  LocalizedText title;
  LocalizedText text;
};

// A local file whose kind is found out by opening it (`play FILE`).
struct ShowFile {
  HeldFile file;
};

using ShowContent =
    std::variant<ShowVideo, ShowImage, ShowTextCard, ShowEntryCard, ShowNotice, ShowFile>;

struct ShowItem {
  ItemId id;         // of a local file: its place in the list
  std::string name;  // for logs and events: the asset id or file name
  ShowContent content;
  std::optional<Milliseconds> duration;  // a video without one plays to its end
  Transition transition;                 // how it comes on
  std::optional<Instant> valid_from;
  std::optional<Instant> valid_until;  // exclusive
  bool evergreen = false;
};

// Everything of one verified publication that can be shown from this disk, in order.
struct Programme {
  std::string version;  // of the targets metadata, or empty for local files
  Theme theme;
  std::vector<Layout> layouts;  // the first one is used; empty: "main" is the whole canvas
  std::vector<ShowItem> items;  // playlists one after another, as the schedule orders them
  std::optional<Instant> offline_until;
};

}  // namespace conglang::player
