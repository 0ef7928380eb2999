// Finds the sticks that carry a repository, among the folders where sticks are mounted.
#pragma once

#include <string>
#include <vector>

namespace conglang::player {

struct Stick {
  std::string folder;  // where it is mounted
  std::string mark;    // another one when its repository was replaced

  bool operator==(const Stick&) const = default;
};

// Each subfolder of `folders` that holds repository/metadata/timestamp.json, by name.
// Subfolders that are symbolic links are left out; at most 16 are found. What is there is
// proven nowhere here.
//
// Threads: any; reads the disk, and waits for it.
std::vector<Stick> find_sticks(const std::vector<std::string>& folders);

}  // namespace conglang::player
