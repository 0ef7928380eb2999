#include "player/media/probe.h"

#include <array>
#include <optional>
#include <vector>

#include "player/media/av_handles.h"
#include "player/media/file_form.h"
#include "player/media/open_file.h"

extern "C" {
#include <libavutil/avstring.h>
}

namespace conglang::player {
namespace {

constexpr std::size_t kHeadBytes = 64 << 10;
// Enough of a GIF or PNG to walk over; a second picture behind it is not looked for.
constexpr std::int64_t kMaxBlocks = 100'000;

// Walks a file block by block.
class Walker {
 public:
  explicit Walker(const OpenFile& file) : file_(file) { file_.seek(0, SEEK_SET); }

  bool skip(std::int64_t count) { return file_.seek(count, SEEK_CUR) >= 0; }

  template <std::size_t kCount>
  std::optional<std::array<std::uint8_t, kCount>> take() {
    std::array<std::uint8_t, kCount> bytes{};
    if (file_.read_fully(bytes) != static_cast<std::ptrdiff_t>(kCount)) return std::nullopt;
    return bytes;
  }

 private:
  const OpenFile& file_;
};

std::int64_t palette_bytes(std::uint8_t flags) {
  return (flags & 0x80) != 0 ? std::int64_t{3} << ((flags & 7) + 1) : 0;
}

bool skip_gif_sub_blocks(Walker& walker) {
  for (std::int64_t i = 0; i < kMaxBlocks; ++i) {
    const auto length = walker.take<1>();
    if (!length) return false;
    if ((*length)[0] == 0) return true;
    if (!walker.skip((*length)[0])) return false;
  }
  return false;
}

// Source: GIF89a specification, sections 18 to 24.
bool gif_moves(Walker walker) {
  const auto head = walker.take<13>();
  if (!head || !walker.skip(palette_bytes((*head)[10]))) return false;
  int pictures = 0;
  for (std::int64_t i = 0; i < kMaxBlocks; ++i) {
    const auto kind = walker.take<1>();
    if (!kind) return false;
    if ((*kind)[0] == 0x2C) {
      if (++pictures == 2) return true;
      const auto descriptor = walker.take<9>();
      if (!descriptor || !walker.skip(palette_bytes((*descriptor)[8]) + 1)) return false;
    } else if ((*kind)[0] != 0x21 || !walker.skip(1)) {
      return false;
    }
    if (!skip_gif_sub_blocks(walker)) return false;
  }
  return false;
}

std::uint32_t big_endian(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

// An animated PNG says so, and of how many pictures, before its first one.
bool png_moves(Walker walker) {
  if (!walker.skip(8)) return false;
  for (std::int64_t i = 0; i < kMaxBlocks; ++i) {
    const auto head = walker.take<8>();
    if (!head) return false;
    const std::uint32_t length = big_endian(head->data()), kind = big_endian(head->data() + 4);
    if (kind == 0x6163544C) {  // acTL
      const auto count = walker.take<4>();
      return count && big_endian(count->data()) > 1;
    }
    if (kind == 0x49444154) return false;  // IDAT
    if (!walker.skip(std::int64_t{length} + 4)) return false;
  }
  return false;
}

bool is_container(std::vector<std::uint8_t> head, const std::string& path) {
  const std::size_t length = head.size();
  head.resize(length + AVPROBE_PADDING_SIZE);
  AVProbeData probe{};
  probe.filename = path.c_str();
  probe.buf = head.data();
  probe.buf_size = static_cast<int>(length);
  int score = 0;
  const AVInputFormat* format = av_probe_input_format3(&probe, 1, &score);
  if (format == nullptr || score < AVPROBE_SCORE_EXTENSION) return false;
  return av_match_name("mov", format->name) != 0 ||
         av_match_name("matroska", format->name) != 0 ||
         av_match_name("mpegts", format->name) != 0 ||
         av_match_name("mpeg", format->name) != 0 || av_match_name("avi", format->name) != 0;
}

}  // namespace

Result<MediaKind> probe_kind(const std::string& path) {
  silence_av_log();
  const auto file = OpenFile::open(path);
  if (!file) return file.error();
  std::vector<std::uint8_t> head(kHeadBytes);
  const std::ptrdiff_t length = file->read_fully(head);
  if (length < 0) return Error{ErrorKind::storage, path + ": cannot be read"};
  head.resize(static_cast<std::size_t>(length));
  switch (form_of(head)) {
    case FileForm::jpeg:
    case FileForm::webp:
      return MediaKind::still;
    case FileForm::gif:
      return gif_moves(Walker(*file)) ? MediaKind::video : MediaKind::still;
    case FileForm::png:
      return png_moves(Walker(*file)) ? MediaKind::video : MediaKind::still;
    case FileForm::other:
      break;
  }
  if (is_container(std::move(head), path)) return MediaKind::video;
  return Error{ErrorKind::unsupported, path + ": is neither a picture nor a video we know"};
}

}  // namespace conglang::player
