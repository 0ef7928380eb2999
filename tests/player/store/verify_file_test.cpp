#include "player/store/verify_file.h"

#include <sys/stat.h>

#include "tests/player/store/temporary_folder.h"

namespace conglang::player {
namespace {

class VerifyFile : public TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    bytes_ = std::string(600'000, 'a') + "the end";
    put("clip.mp4", bytes_);
    expected_ = {at("clip.mp4"), sha256(std::string_view(bytes_)),
                 static_cast<std::int64_t>(bytes_.size())};
  }

  Error failure(const std::function<bool()>& give_up = {}) const {
    const Status verified = verify_file(expected_, give_up);
    EXPECT_FALSE(verified);
    return verified ? Error{} : verified.error();
  }

  std::string bytes_;
  ExpectedFile expected_;
};

TEST_F(VerifyFile, AcceptsTheBytesThatWereSignedFor) {
  EXPECT_TRUE(verify_file(expected_, {}));
}

TEST_F(VerifyFile, AcceptsAnEmptyFileThatWasSignedForAsEmpty) {
  put("clip.mp4", "");

  EXPECT_TRUE(verify_file({at("clip.mp4"), sha256(std::string_view("")), 0}, {}));
}

TEST_F(VerifyFile, RefusesOneChangedByte) {
  bytes_[599'999] = 'b';
  put("clip.mp4", bytes_);

  EXPECT_EQ(failure().kind, ErrorKind::untrusted);
  EXPECT_NE(failure().message.find("clip.mp4: wrong-hash"), std::string::npos);
}

TEST_F(VerifyFile, RefusesAFileThatIsShorterOrLonger) {
  for (const std::string& wrong : {bytes_.substr(1), bytes_ + "x", std::string()}) {
    put("clip.mp4", wrong);
    EXPECT_NE(failure().message.find("clip.mp4: wrong-length"), std::string::npos);
  }
}

TEST_F(VerifyFile, SaysThatTheFileIsMissing) {
  std::filesystem::remove(at("clip.mp4"));

  EXPECT_EQ(failure().kind, ErrorKind::missing);
}

TEST_F(VerifyFile, StopsWhenItIsNotNeededAnyMore) {
  int asked = 0;

  EXPECT_EQ(failure([&asked] { return ++asked == 2; }).kind, ErrorKind::stopped);
  EXPECT_EQ(asked, 2);
}

TEST_F(VerifyFile, DoesNotWaitForAPipe) {
  std::filesystem::remove(at("clip.mp4"));
  ASSERT_EQ(mkfifo(at("clip.mp4").c_str(), 0600), 0);

  EXPECT_EQ(failure().kind, ErrorKind::unsupported);
}

}  // namespace
}  // namespace conglang::player
