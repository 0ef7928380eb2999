// A folder for one test, gone when it ends, and small files to put into it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace conglang {

class OfficeFolder {
 public:
  OfficeFolder() {
    std::string pattern = testing::TempDir() + "conglang-office-XXXXXX";
    path_ = ::mkdtemp(pattern.data());
  }
  ~OfficeFolder() {
    std::error_code ignored;  // left for the machine to tidy
    std::filesystem::remove_all(path_, ignored);
  }
  OfficeFolder(const OfficeFolder&) = delete;
  OfficeFolder& operator=(const OfficeFolder&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

// The beginnings that tell the formats apart; the rest is for the decoder to judge.
inline std::string png_bytes(const std::string& rest) { return "\x89PNG\r\n\x1a\n" + rest; }
inline std::string jpg_bytes(const std::string& rest) { return "\xff\xd8\xff" + rest; }
inline std::string mp4_bytes(const std::string& rest) {
  return std::string("\0\0\0\x18", 4) + "ftypisom" + rest;
}

}  // namespace conglang
