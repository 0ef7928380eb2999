// The show: one item after another in the main region, without a gap and never black.
//
// NOW is on the glass, NEXT is opened, decoded and ready before its turn. When it is
// not, NOW's last frame stays; after 2 s the item after it is tried. When nothing is
// left, the built-in card is shown.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "player/canvas/draw_list.h"
#include "player/playback/item_timeline.h"
#include "player/scene/card.h"
#include "player/stage/running_order.h"
#include "player/stage/show_observer.h"

namespace conglang::player {

// Begins to prepare an item for a region of that size; null when no place is free.
using BeginPreparation =
    std::function<std::shared_ptr<PreparedItem>(const ShowItem&, Size, Priming)>;

// Begins to prepare a card for a picture of that size; null when no place is free.
using BeginCard = std::function<std::shared_ptr<PreparedItem>(const CardContent&, Size)>;

// A card that is shown at once in place of the show, for a while: an urgent message, a
// kiosk that says who it is, a kiosk that waits to be enrolled.
struct Interlude {
  std::string name;  // for logs; another name is another card
  CardContent card;
  MonotonicTime until;
};

enum class Adoption {
  at_boundary,  // with the next item
  at_once,      // what no programme has any more leaves the glass at the next picture
};

struct ShowSettings {
  Size size;                    // of the picture, before any turn of the screen
  std::vector<Layout> layouts;  // of items without a programme; the first is used
  Color background;             // where no item reaches; of items without a programme
  std::chrono::nanoseconds period{16'666'667};  // of the display
  bool preroll =
      true;  // off: NEXT is begun only when NOW is over (to show what preroll is for)
  bool keeps_fallback = false;  // the built-in card is made ready before it is needed
};

// What is to be seen, and what it is for the frame log.
struct ShowPicture {
  DrawList list;
  std::string item;  // empty before the first item, when only the background is seen
  std::int64_t frame = -1;
  std::chrono::nanoseconds pts{0};
  std::size_t queued = 0;  // decoded frames waiting
  bool fading = false;
};

// Threads: the render thread.
class Show {
 public:
  // All must outlive the show.
  Show(RunningOrder& order, ShowObserver& observer, BeginPreparation begin,
       ShowSettings settings);
  ~Show();

  // The picture for the moment `at`. Moments never go back.
  ShowPicture compose(MonotonicTime at);

  // The first moment after `after` at which the picture may differ or work is due.
  // A preparation that makes progress may make it earlier: ask again then.
  MonotonicTime next_change(MonotonicTime after);

  // Begins to prepare the built-in card, for the whole picture; called when it is needed
  // for the first time. Until it is drawn the background stands in for it.
  void set_fallback(std::function<std::shared_ptr<PreparedItem>(Size)> begin) {
    begin_fallback_ = std::move(begin);
  }

  // A picture prepared for another size is prepared again, unless it is on the glass:
  // then it is scaled until its time is over.
  void resize(Size size);

  // The running order answers from another programme now. Nothing turns black: NOW stays
  // until an item of the new one is ready, unless it may not be shown any longer.
  void programme_changed(MonotonicTime at, Adoption adoption);

  void set_cards(BeginCard begin) { begin_card_ = std::move(begin); }

  // Shows the card as soon as it is drawn; nothing: back to the show. What was on the glass
  // is ended as interrupted, and begins again afterwards.
  void show_interlude(std::optional<Interlude> interlude, MonotonicTime at);

  // While it is dark the picture is black, nothing plays and nothing counts as shown: a person
  // asked for that. Afterwards the show goes on with its next item, and a card that was wanted
  // meanwhile is shown if its time is not over.
  void set_dark(bool dark, MonotonicTime at);

  // What is on the glass; null while nothing of a programme is.
  const ShowItem* on_glass() const { return now_ ? &now_->item : nullptr; }

  // Ends what is on the glass and reports it as interrupted.
  void interrupt(MonotonicTime at);

  // The list is over and its last item has had its time.
  bool finished() const { return finished_; }

 private:
  struct Slot {
    ShowItem item;
    std::shared_ptr<const Programme> programme;  // may be null
    std::unique_ptr<ItemTimeline> timeline;
    Size prepared_for;  // of the region
    std::optional<MonotonicTime> ready_at;
  };
  enum class SlotState { waiting, ready, failed };

  void advance(MonotonicTime at);
  void prepare_next(MonotonicTime at);
  void look_at_next(MonotonicTime at);
  void look_at_now(MonotonicTime at);
  void switch_when_due(MonotonicTime at);
  void repeat_still(MonotonicTime at);
  void begin_next(MonotonicTime due, MonotonicTime at);
  void report_end(const Slot& slot, MonotonicTime at, ItemOutcome outcome,
                  const std::string& reason);
  void finish_now(MonotonicTime at, ItemOutcome outcome, const std::string& reason);
  void drop_next(MonotonicTime at, const Error& error, bool too_late);
  void give_up_when_late(MonotonicTime at);
  void cancel_next();
  void replace_next(MonotonicTime at);
  void end_early(Slot& slot, MonotonicTime at, const std::string& reason);
  void drop_leaving(MonotonicTime at, const std::string& reason);
  void drop_now(MonotonicTime at, const std::string& reason);
  void advance_interlude(MonotonicTime at);
  void pause_for_interlude(MonotonicTime at);
  std::optional<ShowItem> choose_next(MonotonicTime at);
  bool interlude_is_on() const { return interlude_ && interlude_picture_ && !now_; }

  bool follows_itself(const ShowItem& chosen) const;
  SlotState state_of(const Slot& slot) const;
  std::optional<MonotonicTime> turn_of_next() const;
  std::chrono::nanoseconds fade_into_next() const;
  std::optional<MonotonicTime> preparation_due() const;
  Rect region_of(const Programme* programme) const;
  Color background_of(const Programme* programme) const;
  void draw_slot(Slot& slot, MonotonicTime at, float opacity, ShowPicture& picture);
  void draw_fallback(MonotonicTime at, ShowPicture& picture);
  void prepare_fallback();
  bool draw_interlude(MonotonicTime at, ShowPicture& picture);

  RunningOrder& order_;
  ShowObserver& observer_;
  const BeginPreparation begin_;
  ShowSettings settings_;
  std::function<std::shared_ptr<PreparedItem>(Size)> begin_fallback_;
  std::shared_ptr<PreparedItem> fallback_item_;
  FramePtr fallback_;

  std::optional<Slot> now_, next_;
  std::optional<Slot> leaving_;  // fading out under now_
  std::optional<MonotonicTime> fade_from_, fade_until_;
  std::optional<ShowItem> last_chosen_, chosen_before_;
  std::optional<MonotonicTime> empty_since_;   // nothing is playing
  std::optional<MonotonicTime> now_over_at_;   // NOW's time is over, its last frame is held
  std::optional<MonotonicTime> ask_order_at_;  // nothing could be chosen: ask again then
  bool finished_ = false;
  bool was_cut_ = false;  // NOW was taken off the glass, and nothing came after it yet

  BeginCard begin_card_;
  std::optional<Interlude> interlude_;  // wanted now
  std::string interlude_name_;          // of the one in the picture
  std::shared_ptr<PreparedItem> interlude_item_;
  FramePtr interlude_picture_;       // also while the show comes back
  std::optional<ShowItem> resumed_;  // what the interlude interrupted

  bool dark_ = false;
  bool black_is_drawn_ = false;
};

// The rectangle of region "main" in a picture of `size`, by the first layout.
Rect main_region(const std::vector<Layout>& layouts, Size size);

}  // namespace conglang::player
