#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace conglang::server {
namespace {

// The files of the room that include headers of this folder of Boost.
std::set<std::string> files_with(const std::string& folder) {
  std::set<std::string> found;
  const std::filesystem::path room =
      std::filesystem::path(CONGLANG_SOURCE_DIR) / "content-server/http";
  for (const auto& entry : std::filesystem::directory_iterator(room)) {
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    if (text.str().find("#include <" + folder) != std::string::npos) {
      found.insert(entry.path().filename());
    }
  }
  return found;
}

// Trap 7: half a minute for each file that sees Beast.
TEST(CompileTime, Trap7BeastIsSeenByTwoFilesOnly) {
  EXPECT_EQ(files_with("boost/beast"),
            (std::set<std::string>{"connection_stream.cpp", "request_parser.cpp"}));
}

TEST(CompileTime, NoHeaderThatOthersIncludeShowsBoost) {
  for (const std::string& file : files_with("boost/")) {
    const bool is_for_the_room_only =
        file.ends_with(".cpp") || file == "connection_stream.h" || file == "on_worker.h";
    EXPECT_TRUE(is_for_the_room_only) << file;
  }
}

}  // namespace
}  // namespace conglang::server
