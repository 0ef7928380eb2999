#include "player/programme/build_programme.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace conglang::player {
namespace {

const Sha256Digest kClip{{1}};
const Sha256Digest kPicture{{2}};

LocalizedText words(const char* vi) { return {vi, {}}; }

Item item(const char* id, ItemContent content) {
  Item made;
  made.id = ItemId{id};
  made.content = std::move(content);
  made.duration = Milliseconds{8000};
  return made;
}

// One playlist with one item of each kind, all of them showable.
Publication commune() {
  Publication made;
  made.theme.accent = {200, 30, 30};
  made.offline_until = Instant{Milliseconds{5}};
  made.assets = {
      {AssetId{"clip"}, AssetKind::video, PublishedFile{kClip, 100, "mp4"}, {}, "", ""},
      {AssetId{"picture"}, AssetKind::image, PublishedFile{kPicture, 50, "jpg"}, {}, "", ""}};
  made.categories = {{CategoryId{"heritage"}, words("Di sản")}};
  made.places = {{PlaceId{"hoa-phong"}, {{words("xã Hòa Phong"), {}, {}}}}};
  Entry entry;
  entry.id = EntryId{"temple"};
  entry.category = CategoryId{"heritage"};
  entry.title = words("Đền");
  entry.summary = words("Một ngôi đền.");
  entry.picture = AssetId{"picture"};
  entry.facts = {{words("Năm"), words("1900"), {}}};
  entry.place = PlaceId{"hoa-phong"};
  entry.link = "https://example.vn/den";
  made.entries = {entry};
  Playlist playlist;
  playlist.id = PlaylistId{"main"};
  playlist.transition = {TransitionKind::crossfade, Milliseconds{800}};
  playlist.items = {
      item("film", VideoContent{AssetId{"clip"}, FitMode::cover, SoundUse::ambient}),
      item("photo", ImageContent{AssetId{"picture"}, FitMode::cover}),
      item("words", TextCardContent{words("Chào"), words("mừng"), AssetId{"picture"}}),
      item("card", EntryCardContent{EntryId{"temple"}})};
  made.playlists = {playlist};
  made.schedule = {{PlaylistId{"main"}, ScheduleWhen::always}};
  return made;
}

HeldAssets all_held() { return {{kClip, "/held/clip.mp4"}, {kPicture, "/held/picture.jpg"}}; }

std::vector<std::string> names(const std::vector<ShowItem>& items) {
  std::vector<std::string> ids;
  for (const ShowItem& shown : items) ids.push_back(shown.id.text());
  return ids;
}

TEST(BuildProgramme, ShowsEveryKindInOrder) {
  const BuiltProgramme built = build_programme(commune(), all_held(), "17");

  EXPECT_TRUE(built.left_out.empty());
  EXPECT_EQ(names(built.programme.items),
            (std::vector<std::string>{"film", "photo", "words", "card"}));
  EXPECT_EQ(built.programme.version, "17");
  EXPECT_EQ(built.programme.theme, commune().theme);
  EXPECT_EQ(built.programme.offline_until, commune().offline_until);
}

TEST(BuildProgramme, TakesFileFitSoundAndTransitionOfAVideo) {
  const BuiltProgramme built = build_programme(commune(), all_held(), "1");

  const ShowItem& film = built.programme.items.at(0);
  const auto& video = std::get<ShowVideo>(film.content);
  EXPECT_EQ(video.file, (HeldFile{"/held/clip.mp4", kClip, 100}));
  EXPECT_EQ(video.fit, FitMode::cover);
  EXPECT_EQ(video.sound, SoundUse::ambient);
  EXPECT_EQ(film.transition.duration, Milliseconds{800});
  EXPECT_EQ(film.name, "clip");
}

TEST(BuildProgramme, PutsEntryCategoryPlaceAndPictureOnACard) {
  const BuiltProgramme built = build_programme(commune(), all_held(), "1");

  const auto& card = std::get<ShowEntryCard>(built.programme.items.at(3).content);
  EXPECT_EQ(card.category.vi, "Di sản");
  EXPECT_EQ(card.title.vi, "Đền");
  EXPECT_EQ(card.summary.vi, "Một ngôi đền.");
  EXPECT_EQ(card.facts.size(), 1u);
  ASSERT_TRUE(card.place);
  EXPECT_EQ(card.place->vi, "xã Hòa Phong");
  EXPECT_EQ(card.link, "https://example.vn/den");
  ASSERT_TRUE(card.picture);
  EXPECT_EQ(card.picture->path, "/held/picture.jpg");
}

TEST(BuildProgramme, ShowsACorrectionAsANoticeUnderItsName) {
  Publication publication = commune();
  publication.playlists[0].items = {
      item("amended", CorrectionContent{words("Diện tích nhãn"), words("Là 120 ha"), {}, {}})};

  const BuiltProgramme built = build_programme(publication, all_held(), "17");

  ASSERT_EQ(built.programme.items.size(), 1u);
  const auto& notice = std::get<ShowNotice>(built.programme.items[0].content);
  EXPECT_EQ(notice.label.vi, "Đính chính");
  EXPECT_EQ(notice.title.vi, "Diện tích nhãn");
  EXPECT_EQ(notice.text.vi, "Là 120 ha");
}

TEST(BuildProgramme, CarriesValidityAndEvergreen) {
  Publication publication = commune();
  Item& first = publication.playlists[0].items[0];
  first.valid_from = Instant{Milliseconds{1}};
  first.valid_until = Instant{Milliseconds{2}};
  first.evergreen = true;

  const ShowItem shown = build_programme(publication, all_held(), "1").programme.items.at(0);

  EXPECT_EQ(shown.valid_from, first.valid_from);
  EXPECT_EQ(shown.valid_until, first.valid_until);
  EXPECT_TRUE(shown.evergreen);
}

TEST(BuildProgramme, FollowsTheScheduleNotTheListOfPlaylists) {
  Publication publication = commune();
  Playlist second;
  second.id = PlaylistId{"second"};
  second.items = {item("extra", TextCardContent{words("Thêm"), {}, {}})};
  Playlist unscheduled = second;
  unscheduled.id = PlaylistId{"never"};
  publication.playlists = {unscheduled, publication.playlists[0], second};
  publication.schedule = {{PlaylistId{"second"}}, {PlaylistId{"main"}}};

  EXPECT_EQ(names(build_programme(publication, all_held(), "1").programme.items),
            (std::vector<std::string>{"extra", "film", "photo", "words", "card"}));
}

TEST(BuildProgramme, LeavesOutAnUnknownKindAndSaysSo) {
  Publication publication = commune();
  publication.playlists[0].items[1].content = UnknownContent{"hologram"};

  const BuiltProgramme built = build_programme(publication, all_held(), "1");

  EXPECT_EQ(names(built.programme.items), (std::vector<std::string>{"film", "words", "card"}));
  EXPECT_EQ(
      built.left_out,
      (std::vector<LeftOut>{{LeftOutKind::unknown_kind, ItemId{"photo"}, "kind hologram"}}));
}

TEST(BuildProgramme, LeavesOutAnItemWhoseFileIsNotHeld) {
  const BuiltProgramme built =
      build_programme(commune(), {{kPicture, "/held/picture.jpg"}}, "1");

  EXPECT_EQ(names(built.programme.items), (std::vector<std::string>{"photo", "words", "card"}));
  const std::string path = "assets/" + kClip.hex() + ".mp4";
  EXPECT_EQ(built.left_out, (std::vector<LeftOut>{{LeftOutKind::missing_file, ItemId{"film"},
                                                   "asset clip: " + path}}));
}

TEST(BuildProgramme, KeepsTheWordsOfACardWhosePictureIsNotHeld) {
  const BuiltProgramme built = build_programme(commune(), {{kClip, "/held/clip.mp4"}}, "1");

  ASSERT_EQ(names(built.programme.items), (std::vector<std::string>{"film", "words", "card"}));
  EXPECT_FALSE(std::get<ShowEntryCard>(built.programme.items[2].content).picture);
  EXPECT_EQ(built.left_out.size(), 3u);  // the photo and two pictures
}

TEST(BuildProgramme, SurvivesReferencesToNothing) {
  Publication publication = commune();
  publication.assets.clear();
  publication.entries.clear();
  publication.schedule.push_back({PlaylistId{"absent"}});

  const BuiltProgramme built = build_programme(publication, all_held(), "1");

  EXPECT_EQ(names(built.programme.items), std::vector<std::string>{"words"});
  EXPECT_TRUE(std::all_of(built.left_out.begin(), built.left_out.end(), [](const LeftOut& out) {
    return out.kind == LeftOutKind::missing_reference;
  }));
}

TEST(BuildProgramme, NamesPlacesAsOfTheDayOfApprovalInVietNam) {
  Publication publication = commune();
  const auto merger = std::chrono::year{2025} / std::chrono::July / 1;
  publication.places[0].names = {{words("xã Hòa Phong"), {}, merger},
                                 {words("phường Thượng Hồng"), merger, {}}};
  const auto place_when = [&](const char* approved_at) {
    publication.approved_at = *parse_instant(approved_at);
    const auto built = build_programme(publication, all_held(), "1");
    return std::get<ShowEntryCard>(built.programme.items.at(3).content).place->vi;
  };

  EXPECT_EQ(place_when("2025-06-30T16:59:59Z"), "xã Hòa Phong");
  EXPECT_EQ(place_when("2025-06-30T17:00:00Z"), "xã Hòa Phong (nay thuộc phường Thượng Hồng)");
}

}  // namespace
}  // namespace conglang::player
