// The rules of a publication that look at more than one place of it.
#pragma once

#include "playlists/base/document_error.h"
#include "playlists/publication/publication_document.h"

namespace conglang {

// Adds an error for each rule that does not hold.
void check_publication(const Publication& publication, PublicationForm form,
                       DocumentErrors& errors);

}  // namespace conglang
