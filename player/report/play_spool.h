// Keeps play records on disk until they have been handed on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "player/report/event_log.h"
#include "player/report/play_log.h"

namespace conglang::player {

struct PlaySpoolLimits {
  // About 50 MB and two months of ten-second items.
  std::int64_t records = 200'000;
  std::int64_t events = 20'000;
};

// The file of the play log in a data folder.
std::string plays_path(const std::string& data_folder);

// A SQLite file in WAL mode with full synchronisation, opened at the first write. Beyond
// the limit the oldest records are dropped and counted in the file.
//
// A damaged file, and one written by a newer version of this program, is renamed to
// FILE.damaged-N or FILE.newer-N (N up to 3, the last is overwritten) and replaced by an
// empty one: the plays to come are worth more than a start that waits for somebody.
//
// Requires: the folder of the file is there.
// Threads: one at a time, never the render thread.
class PlaySpool : public PlayLogWriter, public EventLogWriter {
 public:
  // With an empty path the records stay in memory and end with the program.
  explicit PlaySpool(std::string path, PlaySpoolLimits limits = {});
  ~PlaySpool() override;

  Status write(std::span<const PlayRecord> records) override;
  Status write_events(std::span<const LoggedEvent> events) override;
  std::vector<Event> take_events() override;

 private:
  struct OpenFile;

  Status ensure_open();
  Status set_aside(const std::string& why, const std::string& suffix);
  Status in_transaction(const std::function<Status()>& work);
  Status insert(const std::function<Status()>& work);
  Status insert_rows(std::span<const PlayRecord> records);
  Status insert_events(std::span<const LoggedEvent> events);
  Status drop_oldest();
  std::string fresh_id(Instant instant);

  const std::string path_;
  const PlaySpoolLimits limits_;
  std::unique_ptr<OpenFile> file_;
  std::vector<Event> events_;
  std::random_device random_;
};

}  // namespace conglang::player
