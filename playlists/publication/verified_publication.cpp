#include "playlists/publication/verified_publication.h"

#include "playlists/publication/publication_document.h"

namespace conglang {

Result<VerifiedPublication> VerifiedPublication::open(const VerifiedTarget& target) {
  if (target.role() != name_of(Role::targets)) {
    return Error{ErrorKind::untrusted,
                 target.path() + ": is signed for by the role " + target.role()};
  }
  auto read = PublicationDocument::read(target.bytes());
  if (const auto* errors = std::get_if<DocumentErrors>(&read)) {
    const DocumentError& first = errors->front();
    return Error{ErrorKind::malformed,
                 target.path() + ": " + first.pointer + ": " + first.message};
  }
  const auto& document = std::get<PublicationDocument>(read);
  if (document.form() != PublicationForm::published) {
    return Error{ErrorKind::malformed, target.path() + ": is in the source form"};
  }
  return VerifiedPublication(document.publication());
}

}  // namespace conglang
