#include "playlists/trust/metadata.h"

namespace conglang {

std::string_view name_of(Role role) {
  switch (role) {
    case Role::root:
      return "root";
    case Role::timestamp:
      return "timestamp";
    case Role::snapshot:
      return "snapshot";
    case Role::targets:
      return "targets";
  }
  return "unknown";
}

std::int64_t max_bytes(Role role) {
  switch (role) {
    case Role::root:
      return 512 << 10;
    case Role::timestamp:
      return 64 << 10;
    case Role::snapshot:
      return 2 << 20;
    case Role::targets:
      return 16 << 20;
  }
  return 0;
}

}  // namespace conglang
