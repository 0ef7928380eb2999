#include "playlists/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace conglang {

void check(bool holds, const char* expected, std::source_location where) {
  if (holds) return;
  std::fprintf(stderr, "%s:%u: broken invariant: %s\n", where.file_name(), where.line(),
               expected);
  std::abort();
}

}  // namespace conglang
