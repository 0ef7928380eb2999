#include "playlists/base/result.h"

namespace conglang {

std::string to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::malformed:
      return "malformed";
    case ErrorKind::missing:
      return "missing";
    case ErrorKind::unsupported:
      return "unsupported";
    case ErrorKind::too_large:
      return "too-large";
    case ErrorKind::untrusted:
      return "untrusted";
    case ErrorKind::storage:
      return "storage";
    case ErrorKind::conflict:
      return "conflict";
    case ErrorKind::stopped:
      return "stopped";
  }
  return "unknown";
}

}  // namespace conglang
