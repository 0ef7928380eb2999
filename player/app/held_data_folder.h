// Tells other programs that this player uses its data folder.
#pragma once

#include <optional>
#include <string>

#include "player/app/event_printer.h"
#include "player/store/data_lock.h"

namespace conglang::player {

// Nothing when another one does already: an event says so, and the show goes on. A player that
// hangs must not keep the one after it from showing something.
inline std::optional<FileHandle> hold_data_folder(const std::string& path,
                                                  EventPrinter& events) {
  auto lock = lock_data_folder(path);
  if (lock) return std::move(*lock);
  events.print(to_string(lock.error().kind), "data folder", lock.error().message);
  return std::nullopt;
}

}  // namespace conglang::player
