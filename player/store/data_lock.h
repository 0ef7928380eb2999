// One program at a time in a data folder.
#pragma once

#include <string>

#include "player/store/file_handles.h"

namespace conglang::player {

// Held until it goes, or the program ends in whatever way.
//
// Fails: conflict when another program holds it, missing, storage.
Result<FileHandle> lock_data_folder(const std::string& path);

}  // namespace conglang::player
