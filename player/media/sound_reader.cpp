#include "player/media/sound_reader.h"

#include <algorithm>
#include <utility>

namespace conglang::player {
namespace {

// Time stamps of containers are rounded; only a larger step is a real hole or overlap.
constexpr std::int64_t kStepFrames = kSoundRate / 50;
// Longer holes are broken time stamps, not silence meant by somebody.
constexpr std::int64_t kMaxHoleFrames = 10 * kSoundRate;
constexpr int kSilentBlockFrames = kSoundRate / 10;

std::chrono::nanoseconds time_of(std::int64_t frames) {
  return std::chrono::nanoseconds(frames * 1'000'000'000 / kSoundRate);
}

}  // namespace

Result<SoundReader> SoundReader::open(Demuxer& demuxer, std::chrono::nanoseconds zero) {
  auto decoder = PacketDecoder::open(demuxer, TrackKind::sound, 1);
  if (!decoder) return decoder.error();
  return SoundReader(demuxer, std::move(*decoder), zero);
}

SoundReader::SoundReader(Demuxer& demuxer, PacketDecoder decoder, std::chrono::nanoseconds zero)
    : path_(demuxer.path()),
      decoder_(std::move(decoder)),
      time_base_(demuxer.sound()->time_base),
      zero_(zero) {}

Status SoundReader::prepare_for(const AVFrame& frame) {
  if (resampler_ != nullptr && frame.sample_rate == rate_ && frame.format == format_ &&
      frame.ch_layout.nb_channels == channels_) {
    return {};
  }
  AVChannelLayout from{};
  if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
    av_channel_layout_default(&from, frame.ch_layout.nb_channels);
  } else if (av_channel_layout_copy(&from, &frame.ch_layout) < 0) {
    return Error{ErrorKind::unsupported, path_ + ": has an odd number of channels"};
  }
  AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
  SwrContext* made = nullptr;
  int code = swr_alloc_set_opts2(&made, &stereo, AV_SAMPLE_FMT_FLT, kSoundRate, &from,
                                 static_cast<AVSampleFormat>(frame.format), frame.sample_rate,
                                 0, nullptr);
  av_channel_layout_uninit(&from);
  resampler_.reset(made);
  if (code >= 0) code = swr_init(made);
  if (code < 0) {
    resampler_.reset();
    return av_error(ErrorKind::unsupported, path_, "its sound cannot be converted", code);
  }
  rate_ = frame.sample_rate;
  format_ = frame.format;
  channels_ = frame.ch_layout.nb_channels;
  return {};
}

// A null frame takes what the resampler still holds.
Status SoundReader::resample(const AVFrame* frame, std::vector<float>& into) {
  if (resampler_ == nullptr) return {};
  const int given = frame != nullptr ? frame->nb_samples : 0;
  const int room = swr_get_out_samples(resampler_.get(), given);
  if (room <= 0) return {};
  into.resize(static_cast<std::size_t>(room) * 2);
  auto* out = reinterpret_cast<std::uint8_t*>(into.data());
  // libav 5 takes planes to read from as pointers that C++ does not convert to.
  auto** in = frame != nullptr ? const_cast<const std::uint8_t**>(
                                     static_cast<std::uint8_t* const*>(frame->extended_data))
                               : nullptr;
  const int count = swr_convert(resampler_.get(), &out, room, in, given);
  into.resize(static_cast<std::size_t>(std::max(count, 0)) * 2);
  if (count < 0) return av_error(ErrorKind::malformed, path_, "its sound is damaged", count);
  return {};
}

// Where the file says that the frame's first sample belongs; next in line when it
// says nothing.
std::int64_t SoundReader::wanted_position(const AVFrame& frame) const {
  if (frame.best_effort_timestamp == AV_NOPTS_VALUE) return position_;
  const std::int64_t ns =
      av_rescale_q(frame.best_effort_timestamp, time_base_, {1, 1'000'000'000}) - zero_.count();
  const std::int64_t buffered = swr_get_delay(resampler_.get(), kSoundRate);
  return av_rescale(ns, kSoundRate, 1'000'000'000) - buffered;
}

// Brings `samples` to the place where they belong: silence before, or a part cut off.
void SoundReader::place(std::int64_t wanted, std::vector<float>& samples) {
  const std::int64_t hole = wanted - position_;
  const bool exact = std::exchange(first_, false);
  if (!exact && std::abs(hole) < kStepFrames) return;
  if (std::abs(hole) > kMaxHoleFrames) return;
  if (hole > 0) {
    samples.insert(samples.begin(), static_cast<std::size_t>(hole) * 2, 0.0F);
  } else {
    const auto cut = std::min(samples.size(), static_cast<std::size_t>(-hole) * 2);
    samples.erase(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(cut));
    // More to cut than this frame holds: the next one is placed exactly again.
    first_ = exact && samples.empty();
  }
}

SoundBlock SoundReader::take(std::vector<float> samples) {
  SoundBlock block{std::move(samples), time_of(position_)};
  position_ += static_cast<std::int64_t>(block.samples.size() / 2);
  return block;
}

Result<std::optional<SoundBlock>> SoundReader::next() {
  while (!over_) {
    auto decoded = decoder_.next();
    if (!decoded && decoded.error().kind == ErrorKind::malformed) break;
    if (!decoded) return decoded.error();
    if (decoded->blocked) {
      return std::optional(take(std::vector<float>(kSilentBlockFrames * 2, 0.0F)));
    }
    std::vector<float> samples;
    if (decoded->frame == nullptr) {
      over_ = true;
      if (const Status rest = resample(nullptr, samples); !rest) return rest.error();
    } else {
      const AVFrame& frame = *decoded->frame;
      if (const Status ready = prepare_for(frame); !ready) return ready.error();
      // Before resampling: what the resampler holds now comes before this frame.
      const std::int64_t wanted = wanted_position(frame);
      if (const Status done = resample(&frame, samples); !done) return done.error();
      place(wanted, samples);
    }
    if (!samples.empty()) return std::optional(take(std::move(samples)));
  }
  over_ = true;
  return std::optional<SoundBlock>{};
}

}  // namespace conglang::player
