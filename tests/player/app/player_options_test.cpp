#include "player/app/player_options.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "player/app/play_command.h"

namespace conglang::player {
namespace {

using namespace std::chrono_literals;

TEST(ParseSize, TakesWidthAndHeight) {
  EXPECT_EQ(*parse_size("1920x1080"), (Size{1920, 1080}));
}

TEST(ParseSize, RefusesWhatIsNoSize) {
  for (const char* text : {"", "x", "1920", "1920x", "x1080", "1920x1080x2", "-1920x1080",
                           "15x100", "100x8193", "1920 x 1080", "99999999999x1", "0x0"}) {
    EXPECT_FALSE(parse_size(text).ok()) << text;
  }
}

TEST(ParseTurn, TakesTheFourTurnsOnly) {
  EXPECT_EQ(*parse_turn("270"), Turn::three_quarters);
  EXPECT_FALSE(parse_turn("45").ok());
  EXPECT_FALSE(parse_turn("").ok());
}

TEST(ParseLanguageChoice, TakesTheThreeWordsOnly) {
  EXPECT_EQ(*parse_language_choice("both"), LanguageChoice::both);
  EXPECT_FALSE(parse_language_choice("VI").ok());
}

TEST(ParseSecondsList, TakesFractions) {
  EXPECT_EQ(*parse_seconds_list("1,2.5,10"),
            (std::vector<std::chrono::milliseconds>{1s, 2500ms, 10s}));
  EXPECT_TRUE(parse_seconds_list("")->empty());
}

TEST(ParseSecondsList, RefusesWhatIsNoMoment) {
  for (const char* text : {"a", "1,,2", "-1", "1s", "nan", "inf", "1e30"}) {
    EXPECT_FALSE(parse_seconds_list(text).ok()) << text;
  }
}

class LocalProgramme : public testing::Test {
 protected:
  LocalProgramme() {
    folder_ = std::filesystem::temp_directory_path() /
              ("conglang-play-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_ / "inner");
    for (const char* name : {"b.mp4", "a.png", ".hidden.png"})
      std::ofstream(folder_ / name) << "x";
  }
  ~LocalProgramme() override { std::filesystem::remove_all(folder_); }

  PlayOptions options(std::vector<std::string> files) const {
    PlayOptions made;
    made.files = std::move(files);
    return made;
  }

  std::filesystem::path folder_;
};

TEST_F(LocalProgramme, TakesTheFilesOfAFolderInTheOrderOfTheirNames) {
  const auto programme = local_programme(options({folder_.string()}));

  ASSERT_TRUE(programme.ok());
  ASSERT_EQ(programme->items.size(), 2u);
  EXPECT_EQ(programme->items[0].name, "a.png");
  EXPECT_EQ(programme->items[1].name, "b.mp4");
}

TEST_F(LocalProgramme, KeepsTheOrderOfTheCommandLineAndWhatIsNotThere) {
  const auto programme = local_programme(options({"gone.mp4", (folder_ / "a.png").string()}));

  ASSERT_TRUE(programme.ok());
  EXPECT_EQ(programme->items[0].name, "gone.mp4");  // its absence is told when its turn comes
}

TEST_F(LocalProgramme, RefusesAnEmptyFolder) {
  EXPECT_EQ(local_programme(options({(folder_ / "inner").string()})).error().kind,
            ErrorKind::missing);
}

TEST_F(LocalProgramme, GivesEachPictureItsFullTimeBesideTheFade) {
  PlayOptions asked = options({folder_.string()});
  asked.show.still_time = 5s;
  asked.show.crossfade = 1s;

  const auto programme = local_programme(asked);

  EXPECT_EQ(programme->items[0].duration, Milliseconds{6000});
  EXPECT_EQ(programme->items[0].transition.kind, TransitionKind::crossfade);
}

}  // namespace
}  // namespace conglang::player
