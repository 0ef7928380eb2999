#include "playlists/trust/verified_target.h"

#include <gtest/gtest.h>

#include "tests/playlists/trust/refresh_world.h"

namespace conglang {
namespace {

constexpr const char* kPath = RefreshWorld::kPublication;

std::string read_name(RefreshWorld& world, const std::string& path = kPath) {
  const TrustOutcome outcome = world.step();
  const auto target = outcome.targets->read(path, world.repository);
  if (const Fault* fault = std::get_if<Fault>(&target))
    return std::string(name_of(fault->kind));
  return std::get<VerifiedTarget>(target).bytes();
}

std::string& target_file(RefreshWorld& world) {
  const TrustOutcome outcome = world.step();
  return world.file(repository_path(*outcome.targets->find(kPath)));
}

TEST(VerifiedTarget, HoldsTheBytesThatWereSignedFor) {
  RefreshWorld world;
  EXPECT_EQ(read_name(world), "{\"v\":1}");
}

TEST(VerifiedTarget, LiesUnderItsDigest) {
  const TargetFile file{"publications/hoa-phong.json", 3, sha256(std::string_view("abc"))};
  EXPECT_EQ(repository_path(file),
            "targets/publications/"
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.hoa-phong.json");
}

TEST(VerifiedTarget, IsNotMadeOfOtherBytes) {
  RefreshWorld world;
  target_file(world)[0] ^= 1;
  EXPECT_EQ(read_name(world), "wrong-hash");
}

TEST(VerifiedTarget, IsNotMadeOfMoreOrFewerBytes) {
  RefreshWorld world;
  target_file(world) += "x";
  EXPECT_EQ(read_name(world), "wrong-length");
  target_file(world).resize(3);
  EXPECT_EQ(read_name(world), "wrong-length");
}

TEST(VerifiedTarget, IsNotReadWithoutEnd) {
  RefreshWorld world;
  target_file(world).append(1 << 20, 'x');
  EXPECT_EQ(read_name(world), "endless-data");
}

TEST(VerifiedTarget, IsMissingWhenNobodySignedForIt) {
  RefreshWorld world;
  EXPECT_EQ(read_name(world, "publications/other.json"), "missing");
}

TEST(VerifiedTarget, IsMissingWhenItsFileIs) {
  RefreshWorld world;
  const TrustOutcome outcome = world.step();
  world.repository.files.erase(repository_path(*outcome.targets->find(kPath)));
  EXPECT_EQ(read_name(world), "missing");
}

TEST(TargetCheck, AcceptsTheSameBytesInAnyPieces) {
  const std::string bytes(5000, 'v');
  TargetCheck check({"a", 5000, sha256(std::string_view(bytes))});
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());

  EXPECT_FALSE(check.add({data, 1}));
  EXPECT_FALSE(check.add({data + 1, 0}));
  EXPECT_FALSE(check.add({data + 1, 4999}));

  EXPECT_FALSE(check.finish());
}

TEST(TargetCheck, StopsAStreamThatGoesOn) {
  const std::string bytes(1000, 'v');
  TargetCheck check({"a", 10, sha256(std::string_view("v"))});
  std::optional<Fault> fault;
  int pieces = 0;
  while (!fault && pieces < 1000) {
    fault = check.add({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    ++pieces;
  }

  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, TrustFault::endless_data);
  EXPECT_EQ(pieces, 66);  // 10 bytes and 64 KiB more
}

}  // namespace
}  // namespace conglang
