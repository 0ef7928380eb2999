// Makes what a preparation pulls on out of an item of the programme.
#pragma once

#include <functional>
#include <memory>

#include "player/playback/playable.h"
#include "player/programme/show_item.h"
#include "playlists/base/clock.h"

namespace conglang::player {

// Says whether the bytes of a file are those that were signed. Called on a worker.
using CheckFile = std::function<Status(const HeldFile&)>;

struct PlayableNeeds {
  CheckFile check_file;
  const Clock* clock = nullptr;  // for the deadlines of slow disks
  Size target;                   // of the region, in pixels of the display
  bool sound = false;
};

// For videos, images and local files whose kind is found out by opening them.
// Requires: the content is one of these; cards are card_playable.h.
std::unique_ptr<Playable> make_file_playable(const ShowItem& item, const PlayableNeeds& needs);

}  // namespace conglang::player
