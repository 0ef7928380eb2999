#include "player/stage/item_playables.h"

#include <utility>

#include "player/media/probe.h"
#include "player/media/still.h"
#include "player/playback/still_playable.h"
#include "playlists/base/check.h"

namespace conglang::player {
namespace {

StillFit still_fit(FitMode fit) {
  return fit == FitMode::cover ? StillFit::cover : StillFit::contain;
}

class VideoPlayable final : public Playable {
 public:
  VideoPlayable(HeldFile file, PlayableNeeds needs)
      : file_(std::move(file)), needs_(std::move(needs)) {}

  Result<PlayableFacts> open() override {
    if (auto checked = needs_.check_file(file_); !checked) return checked.error();
    VideoReaderOptions options;
    options.sound = needs_.sound;
    options.clock = needs_.clock;
    auto reader = VideoReader::open(file_.path, options);
    if (!reader) return reader.error();
    reader_ = std::move(*reader);
    const MediaFacts& facts = reader_->facts();
    return PlayableFacts{false, facts.has_sound, facts.duration};
  }

  Result<std::optional<TimedFrame>> next_frame() override { return reader_->next_frame(); }
  Result<std::optional<SoundBlock>> next_sound() override { return reader_->next_sound(); }

 private:
  const HeldFile file_;
  const PlayableNeeds needs_;
  std::unique_ptr<VideoReader> reader_;
};

std::unique_ptr<Playable> make_image(HeldFile file, FitMode fit, const PlayableNeeds& needs) {
  return std::make_unique<StillPlayable>(
      [file = std::move(file), fit, needs]() -> Result<FramePtr> {
        if (auto checked = needs.check_file(file); !checked) return checked.error();
        auto still = read_still(file.path, {needs.target, still_fit(fit)});
        if (!still) return still.error();
        return still->frame;
      });
}

// Finds out on the worker what the file is, then is that.
class LocalFilePlayable final : public Playable {
 public:
  LocalFilePlayable(HeldFile file, PlayableNeeds needs)
      : file_(std::move(file)), needs_(std::move(needs)) {}

  Result<PlayableFacts> open() override {
    const auto kind = probe_kind(file_.path);
    if (!kind) return kind.error();
    if (*kind == MediaKind::video) {
      inner_ = std::make_unique<VideoPlayable>(file_, needs_);
    } else {
      inner_ = make_image(file_, FitMode::contain, needs_);
    }
    return inner_->open();
  }

  Result<std::optional<TimedFrame>> next_frame() override { return inner_->next_frame(); }
  Result<std::optional<SoundBlock>> next_sound() override { return inner_->next_sound(); }

 private:
  const HeldFile file_;
  const PlayableNeeds needs_;
  std::unique_ptr<Playable> inner_;
};

}  // namespace

std::unique_ptr<Playable> make_file_playable(const ShowItem& item, const PlayableNeeds& needs) {
  if (const auto* video = std::get_if<ShowVideo>(&item.content)) {
    return std::make_unique<VideoPlayable>(video->file, needs);
  }
  if (const auto* image = std::get_if<ShowImage>(&item.content)) {
    return make_image(image->file, image->fit, needs);
  }
  const auto* local = std::get_if<ShowFile>(&item.content);
  check(local != nullptr, "a card is no file");
  return std::make_unique<LocalFilePlayable>(local->file, needs);
}

}  // namespace conglang::player
