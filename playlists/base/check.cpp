#include "playlists/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace conglang {

void check(bool holds, const char* expected, const char* file, int line) {
  if (holds) return;
  std::fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, expected);
  std::abort();
}

}  // namespace conglang
