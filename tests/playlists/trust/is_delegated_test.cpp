#include <gtest/gtest.h>

#include "playlists/base/sha256.h"
#include "playlists/trust/metadata.h"

namespace conglang {
namespace {

bool matches(const std::string& pattern, std::string_view path) {
  DelegatedRole role;
  role.paths = {pattern};
  return is_delegated(role, path);
}

TEST(IsDelegated, KnowsStarsAndQuestionMarks) {
  EXPECT_TRUE(matches("takedown/*", "takedown/list.json"));
  EXPECT_TRUE(matches("takedown/*", "takedown/"));
  EXPECT_TRUE(matches("*", "a"));
  EXPECT_TRUE(matches("a?c", "abc"));
  EXPECT_TRUE(matches("*.tgz", "a.tgz.tgz"));
  EXPECT_TRUE(matches("a*b*c", "axxbyybzzc"));
  EXPECT_TRUE(matches("**", "abc"));
  EXPECT_FALSE(matches("a?c", "ac"));
  EXPECT_FALSE(matches("a*b*c", "axxbyyb"));
  EXPECT_FALSE(matches("", "a"));
  EXPECT_FALSE(matches("a", ""));
  EXPECT_TRUE(matches("", ""));
}

// The specification's own examples.
TEST(IsDelegated, NeverCrossesASlashByAStarOrAQuestionMark) {
  EXPECT_TRUE(matches("targets/*.tgz", "targets/foo.tgz"));
  EXPECT_FALSE(matches("targets/*.tgz", "targets/foo.txt"));
  EXPECT_FALSE(matches("targets/*.tgz", "targets/sub/foo.tgz"));
  EXPECT_FALSE(matches("*", "targets/foo"));
  EXPECT_FALSE(matches("targets?foo", "targets/foo"));
  EXPECT_TRUE(matches("foo-version-?.tgz", "foo-version-2.tgz"));
  EXPECT_FALSE(matches("foo-version-?.tgz", "foo-version-alpha.tgz"));
  EXPECT_FALSE(matches("urgent/*", "takedown/list.json"));
  EXPECT_FALSE(matches("*/list.json", "a/b/list.json"));
}

TEST(IsDelegated, TakesOtherSignsAsTheyAre) {
  EXPECT_TRUE(matches("[ab]", "[ab]"));
  EXPECT_FALSE(matches("[ab]", "a"));
  EXPECT_TRUE(matches("a\\*", "a\\b"));
}

TEST(IsDelegated, EndsSoonWhateverThePattern) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_FALSE(matches(pattern + "b", std::string(500, 'a')));
}

TEST(IsDelegated, KnowsPrefixesOfTheDigestOfThePath) {
  DelegatedRole role;
  const std::string digest = sha256(std::string_view("a/b")).hex();
  role.path_hash_prefixes = {"zz", digest.substr(0, 3)};
  EXPECT_TRUE(is_delegated(role, "a/b"));
  EXPECT_FALSE(is_delegated(role, "a/c"));
}

}  // namespace
}  // namespace conglang
