#include "player/programme/place_name.h"

#include <gtest/gtest.h>

namespace conglang::player {
namespace {

using std::chrono::July;
using std::chrono::June;

constexpr LocalDate kMerger = std::chrono::year{2025} / July / 1;
constexpr LocalDate kDayBefore = std::chrono::year{2025} / June / 30;

LocalizedText words(const char* vi, const char* en) { return {vi, {{"en", en}}}; }

Place hoa_phong() {
  return {PlaceId{"hoa-phong"},
          {{words("xã Hòa Phong", "Hòa Phong Commune"), std::nullopt, kMerger},
           {words("phường Thượng Hồng", "Thượng Hồng Ward"), kMerger, std::nullopt}}};
}

TEST(PlaceName, TellsToWhichUnitTheOldOneBelongsNow) {
  const LocalizedText name = place_name(hoa_phong(), kMerger);

  EXPECT_EQ(name.vi, "xã Hòa Phong (nay thuộc phường Thượng Hồng)");
  EXPECT_EQ(name.in("en"), "Hòa Phong Commune (now part of Thượng Hồng Ward)");
}

TEST(PlaceName, IsTheOldOneAloneOnTheDayBeforeTheMerger) {
  EXPECT_EQ(place_name(hoa_phong(), kDayBefore).vi, "xã Hòa Phong");
}

TEST(PlaceName, TakesTheLastNameAsPresentWithoutADay) {
  EXPECT_EQ(place_name(hoa_phong(), std::nullopt).vi,
            "xã Hòa Phong (nay thuộc phường Thượng Hồng)");
}

TEST(PlaceName, StaysPlainForAPlaceThatWasNeverRenamed) {
  const Place place{PlaceId{"p"}, {{words("phố Nối", "Phố Nối"), std::nullopt, std::nullopt}}};

  EXPECT_EQ(place_name(place, kMerger).vi, "phố Nối");
}

TEST(PlaceName, NamesThePresentUnitInLanguagesThatHaveNoRule) {
  Place place = hoa_phong();
  place.names[0].name.others["ja"] = "ホアフォン";
  place.names[1].name.others["ja"] = "トゥオンホン";

  EXPECT_EQ(place_name(place, kMerger).in("ja"), "トゥオンホン");
}

TEST(PlaceName, MixesNoLanguagesWhenTheEnglishNameIsMissing) {
  Place place = hoa_phong();
  place.names[0].name.others.clear();

  EXPECT_EQ(place_name(place, kMerger).in("en"), "Thượng Hồng Ward");
}

}  // namespace
}  // namespace conglang::player
