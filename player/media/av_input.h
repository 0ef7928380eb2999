// Lets libav read one file, and nothing else, with an end to its patience.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "player/media/av_handles.h"
#include "player/media/open_file.h"
#include "playlists/base/clock.h"
#include "playlists/base/result.h"

namespace conglang::player {

// How long somebody waits for a disk.
struct Patience {
  std::function<bool()> give_up;  // may be empty
  const Clock* clock = nullptr;   // without it `limit` does not count
  std::chrono::milliseconds limit{};
};

// Threads: one at a time.
class AvInput {
 public:
  static Result<std::unique_ptr<AvInput>> open(const std::string& path, Patience patience);

  AVIOContext* io() const { return io_.get(); }
  std::int64_t size() const { return file_.size(); }

  // A new wait begins: its time is counted from now.
  void renew_patience();

  // Why the last read failed, when the file itself is not to blame.
  const std::optional<Error>& fault() const { return fault_; }

 private:
  AvInput(OpenFile file, std::string path, Patience patience);
  bool out_of_patience();
  int read(std::span<std::uint8_t> into);
  static int on_read(void* self, std::uint8_t* bytes, int length);
  static std::int64_t on_seek(void* self, std::int64_t offset, int whence);

  const OpenFile file_;
  const std::string path_;
  const Patience patience_;
  MonotonicTime deadline_;
  std::optional<Error> fault_;
  AvIo io_;
};

}  // namespace conglang::player
