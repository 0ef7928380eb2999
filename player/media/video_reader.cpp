#include "player/media/video_reader.h"

#include <algorithm>
#include <utility>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "player/media/packet_decoder.h"
#include "player/media/picture_form.h"
#include "player/media/sound_reader.h"

namespace conglang::player {
namespace {

using std::chrono::nanoseconds;

// Where a file names no rate at all.
constexpr nanoseconds kUsualPeriod{40'000'000};
// A larger step forward is a broken time stamp, not a picture shown that long.
constexpr nanoseconds kMaxStep{10'000'000'000};

constexpr AVRational kNanoseconds{1, 1'000'000'000};

nanoseconds period_of(AVFormatContext& format, AVStream& stream) {
  const AVRational rate = av_guess_frame_rate(&format, &stream, nullptr);
  if (rate.num <= 0 || rate.den <= 0) return kUsualPeriod;
  const nanoseconds period(av_rescale(1'000'000'000, rate.den, rate.num));
  // Slower than 1 or faster than 1000 pictures a second is a damaged header.
  if (period > nanoseconds{1'000'000'000} || period < nanoseconds{1'000'000})
    return kUsualPeriod;
  return period;
}

// One thread keeps up with 1080p30 and costs the least (decoding plus handing over).
int threads_for(const AVCodecParameters& codec, nanoseconds period, int wanted) {
  if (wanted > 0) return std::min(wanted, 16);
  const bool large = static_cast<std::int64_t>(codec.width) * codec.height > 1920 * 1088;
  const bool fast = period < nanoseconds{1'000'000'000 / 31};
  return large || fast ? 2 : 1;
}

PictureHints hints_of(AVFormatContext& format, AVStream& stream) {
  PictureHints hints;
  const AVRational ratio = av_guess_sample_aspect_ratio(&format, &stream, nullptr);
  if (ratio.num > 0 && ratio.den > 0) hints.pixel_aspect = av_q2d(ratio);
  std::size_t length = 0;
  const std::uint8_t* matrix =
      av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &length);
  if (matrix != nullptr && length >= 9 * sizeof(std::int32_t)) {
    hints.turn = turn_of(reinterpret_cast<const std::int32_t*>(matrix));
  }
  return hints;
}

// Only what the container states of this very stream, nothing libav worked out of bit rates.
std::optional<nanoseconds> claimed_duration(const AVFormatContext& format,
                                            const AVStream& stream) {
  if (stream.duration != AV_NOPTS_VALUE && stream.duration > 0) {
    return nanoseconds(av_rescale_q(stream.duration, stream.time_base, kNanoseconds));
  }
  if (format.duration != AV_NOPTS_VALUE && format.duration > 0 &&
      format.duration_estimation_method != AVFMT_DURATION_FROM_BITRATE) {
    return nanoseconds(av_rescale_q(format.duration, {1, AV_TIME_BASE}, kNanoseconds));
  }
  return std::nullopt;
}

}  // namespace

struct VideoReader::Parts {
  std::unique_ptr<Demuxer> demuxer;
  PacketDecoder decoder;
  PictureForm form;
  std::optional<SoundReader> sound;
  MediaFacts facts;
  PictureHints hints;

  nanoseconds zero{};              // the first picture's time, as the file counts
  std::optional<TimedFrame> head;  // decoded by open(), not yet asked for
  std::optional<TimedFrame> last;  // without its frame: the one before
  bool over = false;

  Result<std::optional<TimedFrame>> decode();
  nanoseconds time_of(const AVFrame& picture);
  Status check_end() const;
  void open_sound();
};

// Time stamps as the file has them, kept rising: where they fall, repeat or leap, the
// picture follows the one before it and what comes later is counted from there.
nanoseconds VideoReader::Parts::time_of(const AVFrame& picture) {
  const nanoseconds expected = last ? last->pts + last->duration : nanoseconds{};
  if (picture.best_effort_timestamp == AV_NOPTS_VALUE) return expected;
  const nanoseconds stamp(
      av_rescale_q(picture.best_effort_timestamp, demuxer->pictures().time_base, kNanoseconds));
  if (!last) zero = stamp;
  const nanoseconds pts = stamp - zero;
  if (!last || (pts > last->pts && pts - last->pts < kMaxStep)) return pts;
  zero = stamp - expected;
  return expected;
}

Result<std::optional<TimedFrame>> VideoReader::Parts::decode() {
  if (over) return std::optional<TimedFrame>{};
  auto decoded = decoder.next();
  if (!decoded) return decoded.error();
  if (decoded->frame == nullptr) {
    over = true;
    if (const Status whole = check_end(); !whole) return whole.error();
    return std::optional<TimedFrame>{};
  }
  TimedFrame timed;
  timed.number = last ? last->number + 1 : 0;
  timed.pts = time_of(*decoded->frame);
  const nanoseconds stated(av_rescale_q(std::max<std::int64_t>(decoded->frame->pkt_duration, 0),
                                        demuxer->pictures().time_base, kNanoseconds));
  timed.duration = stated > nanoseconds{} && stated < kMaxStep ? stated : facts.frame_period;
  last = timed;
  if (facts.pixel_format.empty()) {
    facts.pixel_format =
        av_get_pix_fmt_name(static_cast<AVPixelFormat>(decoded->frame->format));
  }
  auto frame = form.frame(std::move(decoded->frame), hints);
  if (!frame) return frame.error();
  timed.frame = std::move(*frame);
  return std::optional(std::move(timed));
}

// A file that ends well before its own header says so was cut off.
Status VideoReader::Parts::check_end() const {
  const std::string& path = demuxer->path();
  if (!last) return Error{ErrorKind::malformed, path + ": shows no picture"};
  // The whole file's duration may be that of its sound.
  if (demuxer->pictures().duration <= 0 && demuxer->format().nb_streams > 1) return {};
  const nanoseconds end = last->pts + last->duration;
  if (!facts.duration || end + nanoseconds{500'000'000} > *facts.duration * 9 / 10) return {};
  return Error{ErrorKind::malformed, path + ": ends too early"};
}

// A file whose sound cannot be decoded is shown without it.
void VideoReader::Parts::open_sound() {
  if (demuxer->sound() == nullptr) return;
  auto opened = SoundReader::open(*demuxer, zero);
  if (opened) {
    sound.emplace(std::move(*opened));
  } else {
    demuxer->forget_sound();
  }
}

VideoReader::VideoReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
VideoReader::~VideoReader() = default;

Result<std::unique_ptr<VideoReader>> VideoReader::open(const std::string& path,
                                                       const VideoReaderOptions& options) {
  auto demuxer = Demuxer::open(path, {options.give_up, options.clock, options.open_deadline},
                               options.sound);
  if (!demuxer) return demuxer.error();
  AVStream& stream = (*demuxer)->pictures();
  MediaFacts facts;
  facts.frame_period = period_of((*demuxer)->format(), stream);
  facts.duration = claimed_duration((*demuxer)->format(), stream);
  facts.codec = avcodec_get_name(stream.codecpar->codec_id);
  facts.decoder_threads =
      threads_for(*stream.codecpar, facts.frame_period, options.decoder_threads);
  auto decoder = PacketDecoder::open(**demuxer, TrackKind::picture, facts.decoder_threads);
  if (!decoder) return decoder.error();

  std::unique_ptr<Parts> parts(new Parts{std::move(*demuxer),
                                         std::move(*decoder),
                                         PictureForm(path),
                                         std::nullopt,
                                         std::move(facts),
                                         PictureHints{},
                                         {},
                                         {},
                                         {},
                                         false});
  parts->hints = hints_of(parts->demuxer->format(), stream);
  auto first = parts->decode();
  if (!first) return first.error();
  parts->head = std::move(*first);
  parts->facts.stored = parts->head->frame->size;
  parts->facts.display = display_size(*parts->head->frame);
  parts->open_sound();
  parts->facts.has_sound = parts->sound.has_value();
  return std::unique_ptr<VideoReader>(new VideoReader(std::move(parts)));
}

const MediaFacts& VideoReader::facts() const { return parts_->facts; }

Result<std::optional<TimedFrame>> VideoReader::next_frame() {
  if (parts_->head) return std::exchange(parts_->head, std::nullopt);
  parts_->demuxer->renew_patience();
  return parts_->decode();
}

Result<std::optional<SoundBlock>> VideoReader::next_sound() {
  if (!parts_->sound) return std::optional<SoundBlock>{};
  parts_->demuxer->renew_patience();
  return parts_->sound->next();
}

}  // namespace conglang::player
