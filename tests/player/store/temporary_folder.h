// A folder on the real disk that goes with the test.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace conglang::player {

class TemporaryFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "store-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = std::filesystem::canonical(name);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string at(const std::string& path) const { return (folder_ / path).string(); }

  void put(const std::string& path, const std::string& bytes) const {
    std::filesystem::create_directories((folder_ / path).parent_path());
    std::ofstream(at(path), std::ios::binary) << bytes;
  }

  std::filesystem::path folder_;
};

}  // namespace conglang::player
