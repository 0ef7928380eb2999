// A publication whose every byte was signed for by an approver: what a kiosk may show.
#pragma once

#include <utility>

#include "playlists/publication/publication.h"
#include "playlists/trust/verified_target.h"

namespace conglang {

class VerifiedPublication {
 public:
  // The only way to make one.
  // Fails: malformed when the signed bytes are no publication in the published form.
  static Result<VerifiedPublication> open(const VerifiedTarget& target);

  const Publication& publication() const { return publication_; }

 private:
  explicit VerifiedPublication(Publication publication)
      : publication_(std::move(publication)) {}

  Publication publication_;
};

}  // namespace conglang
