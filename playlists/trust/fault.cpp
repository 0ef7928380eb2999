#include "playlists/trust/fault.h"

namespace conglang {

std::string_view name_of(TrustFault fault) {
  switch (fault) {
    case TrustFault::rollback:
      return "rollback";
    case TrustFault::freeze:
      return "freeze";
    case TrustFault::bad_signature:
      return "bad-signature";
    case TrustFault::wrong_hash:
      return "wrong-hash";
    case TrustFault::wrong_length:
      return "wrong-length";
    case TrustFault::mix_and_match:
      return "mix-and-match";
    case TrustFault::endless_data:
      return "endless-data";
    case TrustFault::missing:
      return "missing";
    case TrustFault::malformed:
      return "malformed";
  }
  return "unknown";
}

std::string to_string(const Fault& fault) {
  return std::string(name_of(fault.kind)) + ": " + fault.where + ": " + fault.message;
}

Error to_error(const Fault& fault) {
  switch (fault.kind) {
    case TrustFault::missing:
      return {ErrorKind::missing, to_string(fault)};
    case TrustFault::malformed:
      return {ErrorKind::malformed, to_string(fault)};
    case TrustFault::endless_data:
      return {ErrorKind::too_large, to_string(fault)};
    default:
      return {ErrorKind::untrusted, to_string(fault)};
  }
}

}  // namespace conglang
