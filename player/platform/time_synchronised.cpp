#include "player/platform/time_synchronised.h"

#include <sys/timex.h>

namespace conglang::player {

bool is_time_synchronised() {
  timex question{};  // modes 0: asks, changes nothing
  const int state = adjtimex(&question);
  return state >= 0 && state != TIME_ERROR && (question.status & STA_UNSYNC) == 0;
}

}  // namespace conglang::player
