// Which item comes next: asked by the show, answered by whoever owns the programme.
#pragma once

#include <memory>
#include <optional>

#include "player/programme/show_item.h"
#include "playlists/base/time.h"

namespace conglang::player {

// Threads: the render thread.
class RunningOrder {
 public:
  virtual ~RunningOrder() = default;

  // The item that follows `last` (nullptr: the beginning). Empty when nothing may be
  // shown now, or when the list is over.
  virtual std::optional<ShowItem> next(const ShowItem* last, MonotonicTime now) = 0;

  // The item could not be shown; it is for the order to leave it out for a while.
  virtual void failed(const ShowItem& item, MonotonicTime now) = 0;

  // It was shown; earlier failures are forgotten.
  virtual void succeeded(const ShowItem& item) = 0;

  // True when the list has been played once and shall not begin again.
  virtual bool over() const = 0;

  // The programme that has the item, as it is shown; null when none has it.
  virtual std::shared_ptr<const Programme> programme_of(const ShowItem& /*item*/) const {
    return nullptr;
  }

  // Whether the item may stay on the glass although the programme changed.
  virtual bool may_show(const ShowItem& /*item*/) const { return true; }
};

}  // namespace conglang::player
