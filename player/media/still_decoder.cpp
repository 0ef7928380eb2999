#include "player/media/still_decoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include "player/media/demuxer.h"
#include "player/media/file_form.h"
#include "player/media/packet_decoder.h"
#include "player/media/picture_form.h"

namespace conglang::player {
namespace {

constexpr std::int64_t kMaxFileBytes = 40'000'000;
// All but JPEG are decoded whole: 4 to 8 bytes a pixel.
constexpr std::int64_t kMaxWholePixels = 50'000'000;
constexpr int kMaxHalvings = 3;

Result<AvPacket> read_whole(const OpenFile& file, const std::string& path) {
  if (file.size() > kMaxFileBytes) {
    return Error{ErrorKind::too_large, path + ": is a picture file of over 40 MB"};
  }
  AvPacket packet = make_av_packet();
  if (av_new_packet(packet.get(), static_cast<int>(file.size())) < 0) {
    return Error{ErrorKind::too_large, path + ": no memory to read it"};
  }
  const std::span<std::uint8_t> bytes(packet->data, static_cast<std::size_t>(file.size()));
  file.seek(0, SEEK_SET);
  if (file.read_fully(bytes) != static_cast<std::ptrdiff_t>(bytes.size())) {
    return Error{ErrorKind::storage, path + ": cannot be read"};
  }
  return packet;
}

std::span<const std::uint8_t> bytes_of(const AVPacket& packet) {
  return {packet.data, static_cast<std::size_t>(packet.size)};
}

AVCodecID codec_for(FileForm form) {
  switch (form) {
    case FileForm::jpeg:
      return AV_CODEC_ID_MJPEG;
    case FileForm::png:
      return AV_CODEC_ID_PNG;
    case FileForm::webp:
      return AV_CODEC_ID_WEBP;
    case FileForm::gif:
    case FileForm::other:
      break;
  }
  return AV_CODEC_ID_NONE;
}

Result<AvFrame> decode_one(const AVPacket& packet, AVCodecContext& codec,
                           const std::string& path) {
  AvFrame frame = make_av_frame();
  int code = avcodec_send_packet(&codec, &packet);
  if (code >= 0) avcodec_send_packet(&codec, nullptr);
  if (code >= 0) code = avcodec_receive_frame(&codec, frame.get());
  if (code >= 0) return frame;
  return av_error(ErrorKind::malformed, path, "is damaged", code);
}

int orientation_of(const AVFrame& picture) {
  const AVDictionaryEntry* entry = av_dict_get(picture.metadata, "Orientation", nullptr, 0);
  return entry != nullptr ? std::atoi(entry->value) : 1;
}

std::int64_t max_pixels(FileForm form) {
  return form == FileForm::jpeg ? kMaxPixels : kMaxWholePixels;
}

// The turn is known only after decoding, so either way round must be large enough.
Size needed_size(Size stored, Size target, bool cover) {
  const Size lying = shown_size(stored, target, cover);
  const Size standing =
      turned(shown_size(turned(stored, Turn::quarter), target, cover), Turn::quarter);
  return {std::max(lying.width, standing.width), std::max(lying.height, standing.height)};
}

Result<DecodedStill> decode_first_of_gif(const std::string& path) {
  auto demuxer = Demuxer::open(path, {}, false);
  if (!demuxer) return demuxer.error();
  auto decoder = PacketDecoder::open(**demuxer, TrackKind::picture, 1);
  if (!decoder) return decoder.error();
  auto first = decoder->next();
  if (!first) return first.error();
  if (first->frame == nullptr) return Error{ErrorKind::malformed, path + ": is damaged"};
  const Size size{first->frame->width, first->frame->height};
  return DecodedStill{std::move(first->frame), size, {}};
}

}  // namespace

Uprighting uprighting_of(int exif_orientation) {
  switch (exif_orientation) {
    case 2:
      return {true, Turn::none};
    case 3:
      return {false, Turn::half};
    case 4:
      return {true, Turn::half};
    case 5:
      return {true, Turn::three_quarters};
    case 6:
      return {false, Turn::quarter};
    case 7:
      return {true, Turn::quarter};
    case 8:
      return {false, Turn::three_quarters};
    default:
      return {};
  }
}

int halvings_for(Size stored, Size needed) {
  int halvings = 0;
  while (halvings < kMaxHalvings && stored.width >> (halvings + 1) >= needed.width &&
         stored.height >> (halvings + 1) >= needed.height) {
    ++halvings;
  }
  return halvings;
}

Size shown_size(Size upright, Size target, bool cover) {
  const double by_width = static_cast<double>(target.width) / upright.width;
  const double by_height = static_cast<double>(target.height) / upright.height;
  const double scale = cover ? std::max(by_width, by_height) : std::min(by_width, by_height);
  const auto scaled = [scale](int side) {
    return std::max(1, static_cast<int>(std::lround(side * scale)));
  };
  return {scaled(upright.width), scaled(upright.height)};
}

Result<DecodedStill> decode_still(const std::string& path, Size target, bool cover) {
  silence_av_log();
  const auto file = OpenFile::open(path);
  if (!file) return file.error();
  std::array<std::uint8_t, 12> head{};
  if (file->read_fully(head) < 0) return Error{ErrorKind::storage, path + ": cannot be read"};
  const FileForm form = form_of(head);
  if (form == FileForm::gif) return decode_first_of_gif(path);
  const AVCodec* decoder = avcodec_find_decoder(codec_for(form));
  if (decoder == nullptr) {
    return Error{ErrorKind::unsupported, path + ": is no picture we know"};
  }
  const auto packet = read_whole(*file, path);
  if (!packet) return packet.error();

  const AvCodec codec = make_av_codec(decoder);
  codec->thread_count = 1;
  codec->max_pixels = kMaxWholePixels;
  std::optional<Size> stored;
  if (form != FileForm::webp) {
    const auto size = size_in_header(form, bytes_of(**packet));
    if (!size) return Error{ErrorKind::malformed, path + ": is damaged in its header"};
    if (std::int64_t{size->width} * size->height > max_pixels(form)) {
      return Error{ErrorKind::too_large, path + ": has too many pixels"};
    }
    stored = *size;
    if (form == FileForm::jpeg) {
      codec->max_pixels = kMaxPixels;
      codec->lowres = halvings_for(*size, needed_size(*size, target, cover));
    }
  }
  if (const int code = avcodec_open2(codec.get(), decoder, nullptr); code < 0) {
    return av_error(ErrorKind::unsupported, path, "cannot be decoded", code);
  }
  auto picture = decode_one(**packet, *codec, path);
  if (!picture) return picture.error();
  const Uprighting uprighting = uprighting_of(orientation_of(**picture));
  if (!stored) stored = Size{(*picture)->width, (*picture)->height};
  return DecodedStill{std::move(*picture), *stored, uprighting};
}

}  // namespace conglang::player
