// `conglang-playlists check`: says of publications what is wrong with them.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace conglang {

// One line for each error, `POINTER: what and why`, the file before it when there are
// several. The exit code: 0 when all are well, else 1.
int run_check(const std::vector<std::string>& files, std::ostream& out, std::ostream& err);

}  // namespace conglang
