// What `verify` trusted in earlier runs, in one file that is replaced as a whole.
#pragma once

#include <filesystem>
#include <string>

#include "playlists/base/result.h"
#include "playlists/trust/refresh.h"

namespace conglang {

class StateFolder {
 public:
  // `pinned` are the bytes of the root that everything kept here must hang on.
  StateFolder(std::filesystem::path folder, std::string pinned);

  // The state of a new kiosk: the pinned root alone.
  TrustedState fresh() const;

  // What is kept; fresh() when nothing is.
  // Fails: conflict when the folder was kept for another pinned root; malformed when
  // the file is damaged (a caller may go on with fresh()); storage.
  Result<TrustedState> load() const;

  // By temporary file, flush, rename and flush of the folder.
  Status save(const TrustedState& state) const;

 private:
  std::filesystem::path folder_;
  std::string pinned_;
};

}  // namespace conglang
