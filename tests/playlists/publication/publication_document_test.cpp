#include "playlists/publication/publication_document.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "playlists/publication/bounds.h"
#include "playlists/publication/write_publication.h"

namespace conglang {
namespace {

std::string corpus(const std::string& name) {
  std::ostringstream bytes;
  bytes << std::ifstream(CONGLANG_SOURCE_DIR "/tests/playlists/schema/corpus/" + name + ".json",
                         std::ios::binary)
               .rdbuf();
  return bytes.str();
}

// `document` with the first `from` replaced.
std::string with(std::string document, const std::string& from, const std::string& to) {
  const auto at = document.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) document.replace(at, from.size(), to);
  return document;
}

std::string least_with(const std::string& from, const std::string& to) {
  return with(corpus("valid/least"), from, to);
}

std::string source_with(const std::string& from, const std::string& to) {
  return with(corpus("valid/source"), from, to);
}

// "POINTER: message [rule]" of each error; none when it can be read.
std::vector<std::string> errors_of(const std::string& document) {
  const auto read = PublicationDocument::read(document);
  std::vector<std::string> lines;
  if (const auto* errors = std::get_if<DocumentErrors>(&read)) {
    for (const DocumentError& error : *errors) {
      lines.push_back(error.pointer + ": " + error.message + " [" + to_string(error.rule) +
                      "]");
    }
  }
  return lines;
}

using Lines = std::vector<std::string>;

PublicationDocument read_good(const std::string& document) {
  EXPECT_EQ(errors_of(document), Lines{});
  return std::get<PublicationDocument>(PublicationDocument::read(document));
}

TEST(ReadPublication, GivesTheValues) {
  const PublicationDocument document = read_good(corpus("valid/source"));
  const Publication& publication = document.publication();

  EXPECT_EQ(document.form(), PublicationForm::source);
  EXPECT_EQ(publication.group, GroupId{"2f1c5b52-6d5e-4a43-9a3e-0b3e2c3d4e5f"});
  EXPECT_EQ(publication.title.in("zh-hant"), "和豐社");
  EXPECT_EQ(*publication.offline_until, *parse_instant("2027-11-23T10:00:00.5Z"));
  EXPECT_EQ(publication.theme.accent, (ThemeColor{0xe5, 0xae, 0x45}));
  EXPECT_EQ(std::get<SourceFile>(publication.assets[0].file).path, "pictures/cổng làng.png");
  EXPECT_EQ(publication.places[0].names[1].valid_from, *parse_local_date("2025-07-01"));
  EXPECT_EQ(publication.entries[0].facts[0].value.vi, "1736");
  EXPECT_EQ(publication.playlists[0].transition,
            (Transition{TransitionKind::crossfade, Milliseconds{800}}));
}

TEST(ReadPublication, GivesEachKindOfItem) {
  const PublicationDocument document = read_good(corpus("valid/source"));
  const std::vector<Item>& items = document.publication().playlists[0].items;

  EXPECT_EQ(items[0].content,
            ItemContent(VideoContent{AssetId{"river"}, FitMode::cover, SoundUse::ambient}));
  EXPECT_EQ(items[0].duration, std::nullopt);
  EXPECT_TRUE(items[0].evergreen);
  EXPECT_EQ(items[2].content, ItemContent(ImageContent{AssetId{"gate"}, FitMode::contain}));
  EXPECT_EQ(items[2].duration, Milliseconds{7000});
  EXPECT_EQ(std::get<TextCardContent>(items[3].content).background, AssetId{"gate"});
  EXPECT_EQ(items[4].content, ItemContent(EntryCardContent{EntryId{"pagoda"}}));
}

TEST(ReadPublication, GivesFilesByDigestInThePublishedForm) {
  const PublicationDocument document = read_good(corpus("valid/published"));
  const auto& file = std::get<PublishedFile>(document.publication().assets[1].file);

  EXPECT_EQ(document.form(), PublicationForm::published);
  EXPECT_EQ(file.length, 8589934592);
  EXPECT_EQ(file.extension, "mp4");
  EXPECT_EQ(file.sha256.hex().substr(0, 16), "0123456789abcdef");
}

TEST(ReadPublication, KeepsAnItemOfAKindThatItDoesNotKnow) {
  const PublicationDocument document = read_good(corpus("valid/unknown-item-kind"));

  EXPECT_EQ(document.publication().playlists[0].items[1].content,
            ItemContent(UnknownContent{"weather_card"}));
}

TEST(ReadPublication, ComposesTexts) {
  const auto document = read_good(least_with("\"Xã\"", "\"Xa\u0303 Ho\u0300a\""));

  EXPECT_EQ(document.publication().title.vi, "X\u00e3 H\u00f2a");
}

TEST(ReadPublication, NamesAnUnknownMemberAndItsPlace) {
  EXPECT_EQ(errors_of(least_with("\"evergreen\"", "\"ever~gr/een\"")),
            Lines{"/playlists/0/items/0/ever~0gr~1een: is no member that belongs here [form]"});
}

TEST(ReadPublication, NamesAHostileMemberOnOneLineThatIsSafeToPrint) {
  EXPECT_EQ(errors_of(least_with("\"evergreen\"", "\"a\\nb\\u001b[31m\u202e\"")),
            Lines{"/playlists/0/items/0/a\\x0ab\\x1b[31m\\xe2\\x80\\xae: is no member that "
                  "belongs here [form]"});
}

TEST(ReadPublication, CutsAnEndlessName) {
  const Lines errors =
      errors_of(least_with("\"evergreen\"", "\"" + std::string(1 << 20, 'a') + "\""));

  ASSERT_EQ(errors.size(), 1u);
  EXPECT_LT(errors[0].size(), 500u);
}

TEST(ReadPublication, NamesAMissingMember) {
  EXPECT_EQ(errors_of(least_with("\"group\": \"xa\",", "")),
            Lines{"/group: is missing [form]"});
  EXPECT_EQ(errors_of(least_with("\"vi\": \"Xã\"", "\"en\": \"Commune\"")),
            Lines{"/title/vi: is missing: every text is there in Vietnamese [form]"});
}

TEST(ReadPublication, TellsAllFaultsAtOnce) {
  const Lines errors = errors_of(with(with(corpus("valid/least"), "\"#fbf2dc\"", "\"white\""),
                                      "\"duration_ms\": 100", "\"duration_ms\": 99"));

  EXPECT_EQ(errors, (Lines{"/theme/text: must be a colour like \"#7a1f1b\" [form]",
                           "/playlists/0/items/0/duration_ms: must be from 100 to 86400000, "
                           "is 99 [form]"}));
}

TEST(ReadPublication, TellsAtMostAHundredFaults) {
  std::string entries;
  for (int i = 0; i < 1000; ++i) entries += i == 0 ? "1" : ",1";

  EXPECT_EQ(errors_of(least_with("\"entries\": []", "\"entries\": [" + entries + "]")).size(),
            kMostErrors);
}

TEST(ReadPublication, SaysWhereBytesAreNoJson) {
  EXPECT_EQ(errors_of("{\"format\": 1,}"), Lines{": not JSON near byte 14 [form]"});
  EXPECT_EQ(errors_of(least_with("\"format\": 1", "\"format\": 1, \"format\": 1")),
            Lines{": the member \"format\" comes twice [form]"});
}

TEST(ReadPublication, RefusesMoreBytesThanAKioskReads) {
  const std::string document = corpus("valid/least");
  const std::string room(bounds::kDocumentBytes - document.size(), ' ');

  EXPECT_EQ(errors_of(document + room), Lines{});
  EXPECT_EQ(errors_of(document + room + " ").size(), 1u);
}

TEST(ReadPublication, CountsCharactersNotBytes) {
  std::string title;
  for (int i = 0; i < 200; ++i) title += "\u1ed9";

  EXPECT_EQ(errors_of(least_with("\"Xã\"", "\"" + title + "\"")), Lines{});
  EXPECT_EQ(errors_of(least_with("\"Xã\"", "\"" + title + "a\"")),
            Lines{"/title/vi: is longer than 200 characters [text-length]"});
}

TEST(ReadPublication, RefusesTextThatTurnsTheDirectionOfWriting) {
  EXPECT_EQ(errors_of(least_with("\"Xã\"", "\"Xã\u202e\"")),
            Lines{"/title/vi: the text holds U+202E, which is not allowed [text-form]"});
}

TEST(ReadPublication, RefusesPathsThatLeaveTheFolder) {
  for (const char* path : {"..", "../a.mp4", "a/../../b.mp4", "/a.mp4", "a//b.mp4", "./a.mp4",
                           "a/", "a\\\\b.mp4"}) {
    const Lines errors =
        errors_of(source_with("\"river.mp4\"", "\"" + std::string(path) + "\""));
    ASSERT_EQ(errors.size(), 1u) << path;
    EXPECT_EQ(errors[0],
              "/assets/1/path: must be a path below the folder, without \"..\" [form]");
  }
}

TEST(ReadPublication, SaysThatADayDoesNotExist) {
  EXPECT_EQ(errors_of(source_with("\"2024-02-29\"", "\"2023-02-29\"")),
            Lines{"/entries/0/facts/0/as_of: \"2023-02-29\" is no date like \"2026-11-23\" "
                  "[real-date]"});
}

TEST(CheckPublication, NamesADanglingReference) {
  EXPECT_EQ(errors_of(least_with("\"playlist\": \"loop\"", "\"playlist\": \"lost\"")),
            (Lines{"/schedule/0/playlist: no playlist \"lost\" [dangling-reference]",
                   "/schedule: leads to no item: there is nothing to play [nothing-to-play]"}));
  EXPECT_EQ(errors_of(source_with("\"picture\": \"gate\"", "\"picture\": \"lost\"")),
            Lines{"/entries/0/picture: no asset \"lost\" [dangling-reference]"});
}

TEST(CheckPublication, NamesTheSecondOfTwoEqualIds) {
  EXPECT_EQ(errors_of(source_with("\"film-short\"", "\"film\"")),
            Lines{"/playlists/0/items/1/id: \"film\" is there already: plays are counted by it "
                  "[unique-id]"});
}

TEST(CheckPublication, WantsARegionMainInsideItsCanvas) {
  EXPECT_EQ(errors_of(least_with("\"main\"", "\"side\"")),
            Lines{"/layouts/0/landscape/regions: no region \"main\", which a playlist fills "
                  "[main-region]"});
  EXPECT_EQ(errors_of(least_with("\"y\": 0", "\"y\": 1")),
            Lines{"/layouts/0/landscape/regions/0: reaches over the edge of the layout "
                  "[main-region]"});
}

TEST(CheckPublication, WantsSomethingThatNeverExpires) {
  EXPECT_EQ(errors_of(least_with("\"evergreen\": true", "\"evergreen\": false")),
            Lines{"/schedule: leads to no evergreen item: nothing is left when the others have "
                  "expired [evergreen-item]"});
}

TEST(CheckPublication, CountsNoItemOfAnUnknownKindAsSomethingToPlay) {
  EXPECT_EQ(errors_of(least_with("\"text_card\"", "\"hologram\"")),
            Lines{"/schedule: leads to no item: there is nothing to play [nothing-to-play]"});
}

TEST(CheckPublication, WantsAssetsOfTheKindThatTheirUseNeeds) {
  EXPECT_EQ(
      errors_of(source_with("\"background\": \"gate\"", "\"background\": \"river\"")),
      Lines{"/playlists/0/items/3/background: \"river\" is a video, no image [asset-use]"});
}

TEST(CheckPublication, LinksOnlyToDomainsThatAreListed) {
  const std::string link = "https://hungyen.gov.vn/chua?x=1#top";
  for (const char* other :
       {"https://evil.example/", "https://hungyen.gov.vn.evil.example/",
        "https://hungyen.gov.vn@evil.example/", "https://hungyen.gov.vn:8443/", "https://",
        "https://HUNGYEN.gov.vn/", "https://evil.example\\\\hungyen.gov.vn/"}) {
    EXPECT_EQ(errors_of(source_with(link, other)),
              Lines{"/entries/0/link: its domain is not in link_domains [link-domain]"})
        << other;
  }
}

TEST(CheckPublication, WantsApprovalAndAnEndInThePublishedForm) {
  const std::string approved = "\"approved_at\": \"2026-11-23T10:00:00Z\",";
  EXPECT_EQ(errors_of(with(corpus("valid/published"), approved, "")),
            Lines{"/approved_at: is missing in the published form [one-form]"});
  EXPECT_EQ(errors_of(source_with(approved, "")), Lines{});
}

TEST(CheckPublication, EndsAnItemAfterItsStart) {
  const std::string end = "\"valid_until\": \"2026-12-31T17:00:00Z\"";
  EXPECT_EQ(errors_of(source_with(end, "\"valid_until\": \"2026-01-01T00:00:00Z\"")),
            Lines{"/playlists/0/items/2/valid_until: must be after valid_from [validity]"});
  EXPECT_EQ(errors_of(source_with(end, "\"valid_until\": \"2026-01-01T00:00:00.001Z\"")),
            Lines{});
}

class WritePublication : public testing::TestWithParam<const char*> {};

TEST_P(WritePublication, IsReadBackEqual) {
  const PublicationDocument document = read_good(corpus(GetParam()));

  const std::string written = write_json(write_publication(document.publication()), 1);

  const PublicationDocument again = read_good(written);
  EXPECT_EQ(again.publication(), document.publication());
  EXPECT_EQ(again.form(), document.form());
  EXPECT_EQ(write_json(write_publication(again.publication()), 1), written);
}

INSTANTIATE_TEST_SUITE_P(Samples, WritePublication,
                         testing::Values("valid/least", "valid/source", "valid/published",
                                         "valid/unknown-item-kind", "valid/edges"));

TEST(WritePublication, GivesTheSampleCommuneBack) {
  const PublicationDocument document =
      read_good(corpus("../../../../playlists/samples/hoa-phong/publication"));

  EXPECT_EQ(read_good(write_json(write_publication(document.publication()))).publication(),
            document.publication());
}

}  // namespace
}  // namespace conglang
