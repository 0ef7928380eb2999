#include "playlists/tool/schema_command.h"

#include <ostream>

namespace conglang {

int run_schema(std::ostream& out) {
  out << publication_schema();
  return 0;
}

}  // namespace conglang
