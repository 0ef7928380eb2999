#include "player/app/reset_floor_command.h"

#include <gtest/gtest.h>

#include <sstream>

#include "player/store/data_lock.h"
#include "player/store/load_publication.h"
#include "player/store/posix_state_folder.h"
#include "player/store/trust_files.h"
#include "tests/support/office_folder.h"

namespace conglang::player {
namespace {

const Instant kFuture = parse_instant("2099-01-01T00:00:00Z").value();

class ResetFloor : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("root.json", kRoot);
    folder_.write("other.json", "{\"another\":\"root\"}");
    auto files = data();
    KeptTrust trust;
    trust.state.root = kRoot;
    trust.floor = kFuture;
    trust.state.timestamp = "kept as it is";
    ASSERT_TRUE(TrustFiles(files, pin()).save_trust(trust));
  }

  PosixStateFolder data() const {
    return std::move(PosixStateFolder::open((folder_ / "data").string())).value();
  }
  static Sha256Digest pin() { return sha256(std::string_view(kRoot)); }

  KeptTrust trust() const {
    auto files = data();
    return TrustFiles(files, pin()).load_trust().value();
  }

  int reset(const std::string& root) {
    return run_reset_floor({(folder_ / root).string(), (folder_ / "data").string()}, out_,
                           errors_);
  }

  static constexpr const char* kRoot = "{\"the\":\"root\"}";
  OfficeFolder folder_;
  std::ostringstream out_, errors_;
};

TEST_F(ResetFloor, ForgetsTheFloorAndNothingElse) {
  EXPECT_EQ(reset("root.json"), 0);

  EXPECT_EQ(trust().floor, Instant{});
  EXPECT_EQ(trust().state.timestamp, "kept as it is");
}

TEST_F(ResetFloor, IsRefusedWithARootThatWasNotPinnedHere) {
  EXPECT_EQ(reset("other.json"), 1);
  EXPECT_EQ(reset("nowhere.json"), 1);

  EXPECT_EQ(trust().floor, kFuture);
}

TEST_F(ResetFloor, IsRefusedWhileAPlayerWouldWriteTheFloorAgain) {
  const auto lock = lock_data_folder((folder_ / "data").string());
  ASSERT_TRUE(lock);

  EXPECT_EQ(reset("root.json"), 1);

  EXPECT_NE(errors_.str().find("another conglang-player"), std::string::npos);
  EXPECT_EQ(trust().floor, kFuture);
}

}  // namespace
}  // namespace conglang::player
