// A publication whose every byte was signed for by an approver: what a kiosk may show.
#pragma once

#include <utility>

#include "playlists/publication/hidden_targets.h"
#include "playlists/publication/publication.h"
#include "playlists/trust/verified_target.h"

namespace conglang {

class VerifiedPublication {
 public:
  // The only way to make one.
  // Fails: untrusted when it is signed for by a delegated role, which may say other things
  // but not what is shown; malformed when the bytes are no publication in the published form.
  static Result<VerifiedPublication> open(const VerifiedTarget& target);

  // What is left of it when something is hidden.
  VerifiedPublication without(const HiddenTargets& hidden) const {
    return VerifiedPublication(without_hidden(publication_, hidden));
  }

  const Publication& publication() const { return publication_; }

 private:
  explicit VerifiedPublication(Publication publication)
      : publication_(std::move(publication)) {}

  Publication publication_;
};

}  // namespace conglang
