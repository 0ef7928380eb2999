// The envelope that every metadata file comes in: what is signed, and by whom.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/trust/metadata.h"

namespace conglang {

struct SignedDocument {
  JsonValue body;         // the member "signed"
  std::string canonical;  // its canonical form, which the signatures are over

  // By key id. An id that is repeated counts once, and its first signature only, so
  // nobody can make us check thousands.
  std::map<std::string, std::string> signatures;
};

// Fails: malformed, also when it is of another role or another major version.
Result<SignedDocument> read_signed_document(std::string_view bytes, Role role);

// How many different keys of those that `needed` names have signed it.
std::int64_t count_signatures(const SignedDocument& document,
                              const std::map<std::string, PublicKey>& keys,
                              const RoleKeys& needed);

// The same for a role of the root.
std::int64_t count_signatures(const SignedDocument& document, const RootMetadata& root,
                              Role role);

}  // namespace conglang
