#include "player/media/av_input.h"

#include <cstdio>
#include <system_error>
#include <utility>

#include "playlists/base/check.h"

namespace conglang::player {
namespace {

// As libav's own file protocol reads; small enough that giving up comes through quickly.
constexpr int kReadBytes = 32 << 10;

}  // namespace

Result<std::unique_ptr<AvInput>> AvInput::open(const std::string& path, Patience patience) {
  silence_av_log();
  auto file = OpenFile::open(path);
  if (!file) return file.error();
  std::unique_ptr<AvInput> input(new AvInput(std::move(*file), path, std::move(patience)));
  input->renew_patience();
  return input;
}

AvInput::AvInput(OpenFile file, std::string path, Patience patience)
    : file_(std::move(file)), path_(std::move(path)), patience_(std::move(patience)) {
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kReadBytes));
  check(buffer != nullptr, "memory for a read buffer");
  io_.reset(avio_alloc_context(buffer, kReadBytes, 0, this, &on_read, nullptr, &on_seek));
  check(io_ != nullptr, "memory for an input");
}

void AvInput::renew_patience() {
  if (patience_.clock != nullptr) deadline_ = patience_.clock->monotonic() + patience_.limit;
}

bool AvInput::out_of_patience() {
  if (patience_.give_up && patience_.give_up()) {
    fault_ = Error{ErrorKind::stopped, path_ + ": given up"};
  } else if (patience_.clock != nullptr && patience_.clock->monotonic() > deadline_) {
    fault_ = Error{ErrorKind::stopped, path_ + ": could not be read in time"};
  }
  return fault_.has_value();
}

int AvInput::read(std::span<std::uint8_t> into) {
  if (out_of_patience()) return AVERROR_EXIT;
  const std::ptrdiff_t count = file_.read(into);
  if (count > 0) return static_cast<int>(count);
  if (count == 0) return AVERROR_EOF;
  const int number = static_cast<int>(-count);
  fault_ = Error{ErrorKind::storage, path_ + ": " + std::generic_category().message(number)};
  return AVERROR(number);
}

int AvInput::on_read(void* self, std::uint8_t* bytes, int length) {
  return static_cast<AvInput*>(self)->read({bytes, static_cast<std::size_t>(length)});
}

std::int64_t AvInput::on_seek(void* self, std::int64_t offset, int whence) {
  const auto* input = static_cast<AvInput*>(self);
  if ((whence & AVSEEK_SIZE) != 0) return input->file_.size();
  return input->file_.seek(offset, whence & ~AVSEEK_FORCE);
}

}  // namespace conglang::player
