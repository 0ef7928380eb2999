// Screenshots on their way to the office, in files, so that they outlive a power cut.
#pragma once

#include <string>

#include "player/canvas/frame.h"
#include "player/sync/office_words.h"

namespace conglang::player {

// "DATA/pictures/<command>.png". Of more than a few the oldest names go first.
//
// Threads: the sync thread.
class PictureFolder final : public PictureOutbox {
 public:
  explicit PictureFolder(std::string folder) : folder_(std::move(folder)) {}

  // Fails: malformed (no file name can be made of the command), storage.
  Status add(const std::string& command, const Frame& picture);

  std::optional<WaitingPicture> next() override;
  void forget(const std::string& command) override;

 private:
  std::string path_of(const std::string& command) const;

  std::string folder_;
};

}  // namespace conglang::player
