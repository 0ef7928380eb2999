#include "content-server/ops/tar_header.h"

#include <gtest/gtest.h>

#include <string>

namespace conglang::server {
namespace {

std::string header_of(const TarEntry& entry) {
  return *write_tar_header(entry, Instant{Milliseconds{1'764'000'000'000}});
}

TEST(TarHeader, IsReadBackForEveryNameAndLength) {
  const std::string deep = "repository/" + std::string(140, 'a') + "/" + std::string(100, 'b');
  for (const std::string& name :
       {std::string("a"), std::string(100, 'x'), deep, std::string("assets/Nhà văn hóa.png")}) {
    for (const std::int64_t length :
         {std::int64_t{0}, std::int64_t{513}, std::int64_t{8'589'934'591},
          std::int64_t{8'589'934'592}, std::int64_t{1} << 50}) {
      const auto entry = read_tar_header(header_of({name, length}));

      ASSERT_TRUE(entry.ok()) << entry.error().message;
      EXPECT_EQ((*entry)->name, name);
      EXPECT_EQ((*entry)->length, length);
    }
  }
}

TEST(TarHeader, RefusesNamesThatHaveNoPlace) {
  EXPECT_EQ(write_tar_header({std::string(101, 'x'), 0}, {}).error().kind,
            ErrorKind::too_large);
  EXPECT_EQ(write_tar_header({std::string(156, 'x') + "/" + std::string(99, 'y'), 0}, {})
                .error()
                .kind,
            ErrorKind::too_large);
}

TEST(TarHeader, EndsWithABlockOfZeros) {
  EXPECT_FALSE(read_tar_header(std::string(kTarBlock, '\0'))->has_value());
}

TEST(TarHeader, NoticesEveryChangedByte) {
  const std::string header = header_of({"assets/a", 100});
  for (std::size_t place = 0; place < header.size(); ++place) {
    std::string changed = header;
    changed[place] = static_cast<char>(changed[place] ^ 0x11);

    const auto entry = read_tar_header(changed);

    // The checksum's own filling says nothing.
    EXPECT_TRUE(!entry.ok() || place == 154 || place == 155) << place;
  }
}

TEST(TarHeader, FillsUpToWholeBlocks) {
  EXPECT_EQ(tar_padding(0), 0u);
  EXPECT_EQ(tar_padding(1), 511u);
  EXPECT_EQ(tar_padding(512), 0u);
  EXPECT_EQ(tar_padding(513), 511u);
}

}  // namespace
}  // namespace conglang::server
