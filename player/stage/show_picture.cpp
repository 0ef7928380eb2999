#include <algorithm>
#include <cstdlib>
#include <utility>

#include "player/stage/card_preparation.h"
#include "player/stage/show.h"
#include "player/stage/show_times.h"

namespace conglang::player {
namespace {

FitMode fit_of(const ShowItem& item) {
  if (const auto* video = std::get_if<ShowVideo>(&item.content)) return video->fit;
  if (const auto* image = std::get_if<ShowImage>(&item.content)) return image->fit;
  return FitMode::contain;
}

// Prepared stills have their final size; rounding must not scale them by a pixel.
Rect place(const Frame& frame, FitMode fit, const Rect& region) {
  const Size shown = display_size(frame);
  const Rect where =
      fit == FitMode::cover ? fit_over(shown, region) : fit_inside(shown, region);
  if (std::abs(where.width - shown.width) > 1 || std::abs(where.height - shown.height) > 1) {
    return where;
  }
  return {region.x + (region.width - shown.width) / 2,
          region.y + (region.height - shown.height) / 2, shown.width, shown.height};
}

}  // namespace

Color Show::background_of(const Programme* programme) const {
  return programme != nullptr ? card_style(programme->theme).background : settings_.background;
}

void Show::draw_slot(Slot& slot, MonotonicTime at, float opacity, ShowPicture& picture) {
  const TimedFrame* frame = slot.timeline->frame_at(at, settings_.period / 2);
  if (frame == nullptr) return;
  const Rect clip = region_of(slot.programme.get());
  picture.list.commands.emplace_back(
      DrawPicture{frame->frame, place(*frame->frame, fit_of(slot.item), clip), clip, opacity});
  picture.item = slot.item.name;
  picture.frame = frame->number;
  picture.pts = frame->pts;
  picture.queued = slot.timeline->item().queued_frames();
}

// Nothing is playing. The background alone is enough while the first item is on its way.
void Show::draw_fallback(MonotonicTime at, ShowPicture& picture) {
  const Rect all = whole(settings_.size);
  picture.list.commands.emplace_back(DrawFill{all, settings_.background});
  const bool on_its_way =
      !was_cut_ && !ask_order_at_ && (!empty_since_ || at - *empty_since_ < kFirstPicture);
  if (on_its_way) return;
  picture.item = "built-in card";
  prepare_fallback();
  if (fallback_) {
    picture.list.commands.emplace_back(
        DrawPicture{fallback_, fit_inside(display_size(*fallback_), all), all, 1});
  }
}

void Show::prepare_fallback() {
  if (!fallback_item_ && begin_fallback_) fallback_item_ = begin_fallback_(settings_.size);
  if (fallback_ || !fallback_item_) return;
  if (auto card = fallback_item_->take_frame()) fallback_ = std::move(card->frame);
}

// True while the interlude has the glass, also for as long as the show needs to come back.
bool Show::draw_interlude(MonotonicTime at, ShowPicture& picture) {
  if (now_ || !interlude_picture_) return false;
  if (!interlude_ && empty_since_ && at - *empty_since_ > kPatience) return false;
  const Rect all = whole(settings_.size);
  picture.item = interlude_name_;
  picture.list.commands.emplace_back(DrawFill{all, settings_.background});
  picture.list.commands.emplace_back(DrawPicture{
      interlude_picture_, fit_inside(display_size(*interlude_picture_), all), all, 1});
  return true;
}

ShowPicture Show::compose(MonotonicTime at) {
  ShowPicture picture;
  picture.list.size = settings_.size;
  if (dark_) {
    black_is_drawn_ = true;
    picture.item = "display off";
    picture.list.commands.emplace_back(DrawFill{whole(settings_.size), Color{0, 0, 0}});
    return picture;
  }
  advance(at);
  if (draw_interlude(at, picture)) return picture;
  if (!now_) {
    draw_fallback(at, picture);
    return picture;
  }
  if (settings_.keeps_fallback) prepare_fallback();
  picture.list.commands.emplace_back(
      DrawFill{whole(settings_.size), background_of(now_->programme.get())});
  float opacity = 1;
  if (leaving_) {
    draw_slot(*leaving_, at, 1, picture);
    const double part = std::chrono::duration<double>(at - *fade_from_) /
                        std::chrono::duration<double>(*fade_until_ - *fade_from_);
    opacity = static_cast<float>(std::clamp(part, 0.0, 1.0));
    picture.fading = true;
  }
  draw_slot(*now_, at, opacity, picture);
  return picture;
}

}  // namespace conglang::player
