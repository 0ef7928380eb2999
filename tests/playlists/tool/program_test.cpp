// The program conglang-playlists as it is called by people and scripts.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>

#include "tests/support/office_folder.h"

namespace conglang {
namespace {

const std::string kProgram = CONGLANG_BIN_DIR "/conglang-playlists";
const std::string kCorpus = CONGLANG_SOURCE_DIR "/tests/playlists/schema/corpus/";
const std::string kGood = kCorpus + "valid/least.json";
const std::string kBad = kCorpus + "invalid/form--unknown-transition.json";
const std::string kFault =
    "/playlists/0/transition/kind: must be one of: cut, crossfade [form]\n";

class Program : public testing::Test {
 protected:
  // The exit code; what it printed is in out_ and err_.
  int run(const std::string& arguments) {
    const auto out = folder_ / "out", err = folder_ / "err";
    const int status = std::system(
        (kProgram + " " + arguments + " >" + out.string() + " 2>" + err.string()).c_str());
    out_ = bytes_of(out);
    err_ = bytes_of(err);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  OfficeFolder folder_;
  std::string out_, err_;
};

TEST_F(Program, HasNothingToSayOfAGoodPublication) {
  EXPECT_EQ(run("check " + kGood), 0);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(Program, FindsTheSampleCommuneGood) {
  EXPECT_EQ(run("check " CONGLANG_SOURCE_DIR "/playlists/samples/hoa-phong/publication.json"),
            0);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(Program, SaysOnOneLineWhatIsWrongAndWhere) {
  EXPECT_EQ(run("check " + kBad), 1);
  EXPECT_EQ(out_, kFault);
}

TEST_F(Program, PutsTheFileInFrontWhenThereAreSeveral) {
  EXPECT_EQ(run("check " + kGood + " " + kBad), 1);
  EXPECT_EQ(out_, kBad + ": " + kFault);
}

TEST_F(Program, KeepsOneErrorOnOneLine) {
  const auto file = folder_.write("hostile.json", "{\"a\\nb\\u001b[31m\": 1}");

  EXPECT_EQ(run("check " + file.string()), 1);
  EXPECT_EQ(out_.find('\x1b'), std::string::npos);
  EXPECT_EQ(out_.find("\nb"), std::string::npos);
}

TEST_F(Program, NamesAFileThatIsNotThere) {
  EXPECT_EQ(run("check " + (folder_ / "none.json").string()), 1);
  EXPECT_EQ(out_, "");
  EXPECT_NE(err_.find("none.json: "), std::string::npos) << err_;
}

TEST_F(Program, SaysOfAFolderThatItCannotBeRead) {
  EXPECT_EQ(run("check " + folder_.path().string()), 1);
  EXPECT_NE((out_ + err_).find("cannot be read"), std::string::npos) << out_ << err_;
}

TEST_F(Program, PrintsTheSchemaFromAnywhere) {
  EXPECT_EQ(run("schema"), 0);
  EXPECT_EQ(out_, bytes_of(CONGLANG_SOURCE_DIR "/playlists/schema/publication.schema.json"));
}

TEST_F(Program, VerifiesWithTheNameOfTheFault) {
  const auto root = folder_.write("root.json", "{}");

  EXPECT_EQ(run("verify " + folder_.path().string() + " --root " + root.string() + " --state " +
                (folder_ / "state").string() + " --now 2026-11-23T10:00:00Z"),
            1);
  EXPECT_EQ(err_.substr(0, 10), "malformed:");
}

TEST_F(Program, EndsWithTwoOnWrongUse) {
  EXPECT_EQ(run(""), 2);
  EXPECT_EQ(run("check"), 2);
  EXPECT_EQ(run("paint"), 2);
  EXPECT_EQ(run("verify somewhere"), 2);
  EXPECT_EQ(run("verify a --root b --state c --now yesterday"), 2);
  EXPECT_NE(err_.find("yesterday"), std::string::npos);
}

TEST_F(Program, ExplainsItselfWhenAsked) {
  EXPECT_EQ(run("--help"), 0);
  for (const char* word : {"check", "schema", "verify"}) {
    EXPECT_NE(out_.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace conglang
