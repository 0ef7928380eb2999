// Takes a publication from a stick: the same proofs as from a server, and nothing by halves.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "player/sync/publication_keeper.h"
#include "player/sync/stick_files.h"

namespace conglang::player {

struct ImportNews {
  bool is_over = false;
  std::optional<LoadOutcome> show;  // replaces what is shown
  bool at_once = false;             // something in it must leave the glass now
  std::vector<SyncEvent> events;
  std::int64_t copied = 0, whole = 0;  // bytes
  bool is_ours = false;  // its metadata is signed by our office, if perhaps not the newest
};

// One import, from its first look to its end. When files are lacking or the stick goes,
// what was copied stays, and the network or another stick brings the rest.
//
// Threads: the sync thread.
class StickImport {
 public:
  struct Parts {
    std::string stick;  // where it is mounted
    ContentStore& store;
    PublicationKeeper& keeper;
  };

  // Requires: what the parts refer to outlives it.
  explicit StickImport(Parts parts) : parts_(std::move(parts)), repository_(parts_.stick) {}

  // Copies at most `most_bytes`.
  ImportNews step(const ClockReading& clock, std::int64_t most_bytes);

 private:
  void look(const ClockReading& clock, ImportNews& news);
  void copy(std::int64_t most_bytes, ImportNews& news);
  KeeperLook look_at_metadata(const ClockReading& clock, ImportNews& news);
  void finish(const ClockReading& clock, ImportNews& news);
  void end(ImportNews& news, const std::string& name, const std::string& words);

  Parts parts_;
  StickMetadata repository_;
  std::optional<KeeperLook> found_;
  std::vector<TargetFile> waiting_;  // the last is next
  std::vector<TargetFile> lacking_;
  std::unique_ptr<StickCopy> copy_;
  std::int64_t copied_ = 0, whole_ = 0;
  bool lacked_files_ = false;  // this disk, before the stick
  bool is_over_ = false;
  bool is_ours_ = false;
};

}  // namespace conglang::player
