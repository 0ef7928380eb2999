// A repository that another implementation of TUF has made and signed.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "playlists/trust/refresh.h"

namespace conglang {
namespace {

class VectorSource : public MetadataSource {
 public:
  Result<std::string> read(std::string_view path, std::int64_t /*max_bytes*/) override {
    const std::string name =
        std::string(CONGLANG_SOURCE_DIR) + "/tests/vectors/trust/tuf-js/" + std::string(path);
    std::ifstream file(name, std::ios::binary);
    if (!file) return Error{ErrorKind::missing, name + ": no such file"};
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }
};

TEST(OtherImplementation, MakesRepositoriesThatWeTrust) {
  VectorSource source;
  const TrustedState pinned{source.read("metadata/1.root.json", 0).value(), {}, {}, {}};

  const TrustOutcome outcome =
      refresh(pinned, source, parse_instant("2026-11-23T10:00:00Z").value());

  ASSERT_FALSE(outcome.fault) << to_string(*outcome.fault);
  const auto target = outcome.targets->read("publications/a.json", source);
  ASSERT_TRUE(std::holds_alternative<VerifiedTarget>(target));
  EXPECT_EQ(std::get<VerifiedTarget>(target).bytes(), "xin chào");
}

// Its root has a member of its own, in Vietnamese and with both escaped characters.
TEST(OtherImplementation, SignsOverMembersThatWeDoNotKnow) {
  VectorSource source;
  std::string root = source.read("metadata/1.root.json", 0).value();
  EXPECT_FALSE(check_root(root));

  root.replace(root.find("Hòa"), std::string("Hòa").size(), "Hoà");
  const auto fault = check_root(root);

  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, TrustFault::bad_signature);
}

}  // namespace
}  // namespace conglang
