// Shows the folder of a publication in its source form, for `render` and for people who
// write one; never used by `run`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "player/programme/build_programme.h"

namespace conglang::player {

// The file at `path` below the first root that has it, or nothing. A path that leaves its
// root, also through a symbolic link, is not found.
std::optional<std::string> find_source_file(const std::string& path,
                                            const std::vector<std::string>& roots);

// `roots`: the folder of publication.json first, then its asset roots. Files carry no
// digest and are not hashed.
BuiltProgramme build_from_source(const Publication& publication,
                                 const std::vector<std::string>& roots);

// One item of any playlist, scheduled or not; of a published form the held assets are used.
// Fails: missing when there is no such item or its file is absent, unsupported for an
// unknown kind.
Result<ShowItem> build_item(const Publication& publication, const ItemId& item,
                            const std::vector<std::string>& roots, const HeldAssets& held);

}  // namespace conglang::player
