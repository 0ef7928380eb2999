#include "player/app/frame_log.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include "player/report/printable.h"

namespace conglang::player {
namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;

long long nanoseconds_of(MonotonicTime moment) { return moment.time_since_epoch().count(); }

}  // namespace

FrameLog::FrameLog(std::unique_ptr<std::FILE, CloseFile> file)
    : buffer_(kBufferBytes, '\0'), file_(std::move(file)) {
  std::setvbuf(file_.get(), buffer_.data(), _IOFBF, buffer_.size());
  std::fputs("presented_ns\tdue_ns\tlate_us\tdraw_us\titem\tframe\tpts_ms\tqueued\tfading\n",
             file_.get());
}

Result<std::unique_ptr<FrameLog>> FrameLog::create(const std::string& path) {
  std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "w"));
  if (!file) {
    return Error{ErrorKind::storage, path + ": cannot be written: " + std::strerror(errno)};
  }
  return std::unique_ptr<FrameLog>(new FrameLog(std::move(file)));
}

void FrameLog::add(const PresentedPicture& shown) {
  const auto late =
      std::chrono::duration_cast<std::chrono::microseconds>(shown.presented - shown.due);
  const auto draw = std::chrono::duration_cast<std::chrono::microseconds>(shown.drawing);
  const auto pts = std::chrono::duration<double, std::milli>(shown.picture.pts);
  std::fprintf(file_.get(), "%lld\t%lld\t%lld\t%lld\t%s\t%lld\t%.3f\t%zu\t%d\n",
               nanoseconds_of(shown.presented), nanoseconds_of(shown.due),
               static_cast<long long>(late.count()), static_cast<long long>(draw.count()),
               printable(shown.picture.item).c_str(),
               static_cast<long long>(shown.picture.frame), pts.count(), shown.picture.queued,
               shown.picture.fading ? 1 : 0);
}

}  // namespace conglang::player
