// A publication as JSON, in the form in which it is read.
#pragma once

#include "playlists/base/json.h"
#include "playlists/publication/publication.h"

namespace conglang {

// What PublicationDocument::read() of the written bytes gives back is equal, except for
// the members of an unknown item kind, of which only the common ones are kept.
JsonValue write_publication(const Publication& publication);

}  // namespace conglang
