// Where the files of a publication on this disk are, for `render`.
#pragma once

#include <string>
#include <vector>

#include "player/programme/build_programme.h"
#include "playlists/base/result.h"

namespace conglang::player {

// The folder of `publication` first, then the asset_roots of its pack.toml, then `assets`
// when it is not empty.
// Fails: malformed, naming the file and the line, also for a setting that is not known.
Result<std::vector<std::string>> source_roots(const std::string& publication,
                                              const std::string& assets);

// Of the published form: the assets that lie in `assets`, under the names that they have in
// a repository, with or without the digest in front.
HeldAssets held_assets(const Publication& publication, const std::string& assets);

}  // namespace conglang::player
