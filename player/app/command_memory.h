// Which commands of the office were done, so that each is done once, over every restart.
#pragma once

#include <string>
#include <vector>

#include "player/store/state_folder.h"
#include "playlists/wire/heartbeat.h"

namespace conglang::player {

// A command is written down before it is done: after a power cut in the middle it is not done
// again, but reported as failed; a restart that was asked for is reported as done.
//
// Threads: the sync thread.
class CommandMemory {
 public:
  // What cannot be read is forgotten. Requires: the folder outlives it.
  explicit CommandMemory(StateFolder& folder);

  // True when it was never seen before, and is on the disk now.
  bool begin(const Command& command);
  void finish(const CommandResult& result);

  // What the office has not answered for, the oldest first.
  std::vector<CommandResult> results() const;
  // The office keeps these.
  void forget(const std::vector<std::string>& ids);

 private:
  enum class State { begun, finished, told };
  struct Entry {
    CommandResult result;
    CommandKind kind = CommandKind::identify;
    State state = State::begun;
  };

  void read();
  void end_what_was_begun();
  Status keep();
  Entry* find(const std::string& id);

  StateFolder& folder_;
  std::vector<Entry> entries_;  // the oldest first, at most kMost
};

}  // namespace conglang::player
