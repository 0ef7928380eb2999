#include "playlists/publication/verified_publication.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <type_traits>

#include "playlists/publication/publication_document.h"
#include "tests/playlists/trust/refresh_world.h"

namespace conglang {
namespace {

// There is no other way to one than through signed bytes.
static_assert(!std::is_default_constructible_v<VerifiedPublication>);
static_assert(!std::is_constructible_v<VerifiedPublication, Publication>);
static_assert(!std::is_constructible_v<VerifiedPublication, PublicationDocument>);
static_assert(!std::is_constructible_v<VerifiedTarget, std::string, std::string>);

std::string corpus(const std::string& name) {
  std::ostringstream bytes;
  bytes << std::ifstream(
               CONGLANG_SOURCE_DIR "/tests/playlists/schema/corpus/valid/" + name + ".json",
               std::ios::binary)
               .rdbuf();
  return bytes.str();
}

// `bytes` signed and read as a kiosk would.
Result<VerifiedPublication> open_signed(const std::string& bytes) {
  RefreshWorld world;
  world.change_publication(bytes);
  world.repository.publish(2);
  const TrustOutcome outcome = world.step();
  const auto target = outcome.targets->read(RefreshWorld::kPublication, world.repository);
  return VerifiedPublication::open(std::get<VerifiedTarget>(target));
}

TEST(VerifiedPublication, HoldsWhatWasSigned) {
  const auto publication = open_signed(corpus("published"));

  ASSERT_TRUE(publication.ok()) << publication.error().message;
  EXPECT_EQ(publication->publication().id, PublicationId{"hoa-phong"});
}

TEST(VerifiedPublication, IsNeverInTheSourceForm) {
  const auto publication = open_signed(corpus("source"));

  ASSERT_FALSE(publication.ok());
  EXPECT_EQ(publication.error().message, "publications/hoa-phong.json: is in the source form");
}

TEST(VerifiedPublication, IsRefusedWhenSignedBytesAreNoPublication) {
  const auto publication = open_signed("{\"format\": 2}");

  ASSERT_FALSE(publication.ok());
  EXPECT_EQ(publication.error().kind, ErrorKind::malformed);
  EXPECT_EQ(publication.error().message.substr(0, 36), "publications/hoa-phong.json: /format");
}

}  // namespace
}  // namespace conglang
