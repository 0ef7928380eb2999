#include "player/media/demuxer.h"

#include <utility>

namespace conglang::player {
namespace {

// No playlist formats: a file must not make us open another one.
constexpr const char* kContainers =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,gif,apng";
constexpr const char* kCodecs =
    "h264,hevc,vp8,vp9,libdav1d,av1,mpeg4,mpeg2video,mpeg1video,mjpeg,png,apng,gif,"
    "aac,mp3float,mp3,opus,libopus,vorbis,ac3,eac3,flac,alac,mp2float,mp2,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_f32le";

// A refused open of a second file (external data references and the like).
int refuse_open(AVFormatContext* /*format*/, AVIOContext** /*io*/, const char* /*url*/,
                int /*flags*/, AVDictionary** /*options*/) {
  return AVERROR(EACCES);
}

double seconds_between(const AVStream& stream, const AVPacket& first, const AVPacket& last) {
  if (first.dts == AV_NOPTS_VALUE || last.dts == AV_NOPTS_VALUE) return 0;
  return static_cast<double>(last.dts - first.dts) * av_q2d(stream.time_base);
}

}  // namespace

Result<std::unique_ptr<Demuxer>> Demuxer::open(const std::string& path, Patience patience,
                                               bool with_sound) {
  auto input = AvInput::open(path, std::move(patience));
  if (!input) return input.error();
  std::unique_ptr<Demuxer> demuxer(new Demuxer(path, std::move(*input)));
  if (const Status opened = demuxer->open_format(); !opened) return opened.error();
  if (const Status chosen = demuxer->choose_streams(with_sound); !chosen) {
    return chosen.error();
  }
  return demuxer;
}

Error Demuxer::failure(const char* what, int code) const {
  if (input_->fault()) return *input_->fault();
  return av_error(ErrorKind::malformed, path_, what, code);
}

Status Demuxer::open_format() {
  AVFormatContext* format = avformat_alloc_context();
  if (format == nullptr) return Error{ErrorKind::storage, path_ + ": out of memory"};
  format->pb = input_->io();
  format->flags |= AVFMT_FLAG_CUSTOM_IO;
  format->io_open = &refuse_open;
  format->format_whitelist = av_strdup(kContainers);
  format->codec_whitelist = av_strdup(kCodecs);
  format->protocol_whitelist = av_strdup("");
  // The rate comes from the container; counting 20 pictures for it would cost their read.
  format->fps_probe_size = 2;
  // Frees the context itself when it fails.
  const int opened = avformat_open_input(&format, "", nullptr, nullptr);
  if (opened < 0) return failure("is no video we know", opened);
  format_.reset(format);
  const int found = avformat_find_stream_info(format, nullptr);
  if (found < 0) return failure("holds no readable stream", found);
  if (input_->fault()) return *input_->fault();
  return {};
}

Status Demuxer::choose_streams(bool with_sound) {
  AVFormatContext* format = format_.get();
  const int picture = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (picture < 0 ||
      (format->streams[picture]->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0) {
    return Error{ErrorKind::malformed, path_ + ": has no moving picture"};
  }
  const int sound =
      with_sound ? av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, picture, nullptr, 0)
                 : -1;
  for (unsigned i = 0; i < format->nb_streams; ++i) format->streams[i]->discard = AVDISCARD_ALL;
  pictures_.stream = format->streams[picture];
  pictures_.stream->discard = AVDISCARD_DEFAULT;
  if (sound >= 0) {
    sound_.stream = format->streams[sound];
    sound_.stream->discard = AVDISCARD_DEFAULT;
  }
  return check_complete(*pictures_.stream);
}

// An index that points behind the end of the file: it was cut off. Better known now than
// in the middle of the show.
Status Demuxer::check_complete(const AVStream& stream) const {
  auto* indexed = const_cast<AVStream*>(&stream);  // the getter takes no const stream
  const int count = avformat_index_get_entries_count(indexed);
  if (count == 0) return {};
  const AVIndexEntry* last = avformat_index_get_entry(indexed, count - 1);
  if (last->pos + last->size <= input_->size()) return {};
  return Error{ErrorKind::malformed, path_ + ": is cut off"};
}

void Demuxer::forget_sound() {
  if (sound_.stream != nullptr) sound_.stream->discard = AVDISCARD_ALL;
  sound_ = {};
}

bool Demuxer::is_full(const Track& track) {
  if (track.waiting.empty()) return false;
  return track.bytes > kMaxWaitingBytes ||
         seconds_between(*track.stream, *track.waiting.front(), *track.waiting.back()) >
             kMaxWaitingSeconds;
}

void Demuxer::enqueue(Track& track, AvPacket packet) {
  track.bytes += static_cast<std::size_t>(packet->size);
  track.waiting.push_back(std::move(packet));
}

AvPacket Demuxer::dequeue(Track& track) {
  AvPacket first = std::move(track.waiting.front());
  track.waiting.pop_front();
  track.bytes -= static_cast<std::size_t>(first->size);
  return first;
}

// False when the file is over.
Result<bool> Demuxer::read_packet() {
  AvPacket packet = make_av_packet();
  const int read = av_read_frame(format_.get(), packet.get());
  if (input_->fault()) return *input_->fault();
  if (read == AVERROR(EAGAIN)) return true;
  // libav has no words for "damaged here, but go on": whatever it is, this is the end.
  if (read < 0) return false;
  if (packet->stream_index == pictures_.stream->index) {
    enqueue(pictures_, std::move(packet));
  } else if (sound_.stream != nullptr && packet->stream_index == sound_.stream->index) {
    enqueue(sound_, std::move(packet));
    while (is_full(sound_)) dequeue(sound_);
  }
  return true;
}

Result<Demuxer::Next> Demuxer::next(TrackKind kind) {
  Track& track = kind == TrackKind::picture ? pictures_ : sound_;
  while (track.waiting.empty() && !over_) {
    if (kind == TrackKind::sound && is_full(pictures_)) return Next{nullptr, true};
    const auto more = read_packet();
    if (!more) return more.error();
    over_ = !*more;
  }
  if (track.waiting.empty()) return Next{};
  return Next{dequeue(track), false};
}

}  // namespace conglang::player
