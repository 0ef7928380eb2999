// Judges what was seen on the glass against what had to be seen.
//
// Pure: takes the pictures read back at each beat and the items in their order.
#pragma once

#include <string>
#include <vector>

#include "tests/support/barcode/barcode.h"

namespace conglang::player {

struct ExpectedItem {
  std::string name;
  int clip = 0;    // as its barcode says; 0: a card without one
  int frames = 1;  // of a still or a card: 1
  int rate = 0;    // frames a second; 0: a still, held for `held_beats`
  int held_beats = 0;
};

struct GapReport {
  int switches = 0;
  int black = 0;                    // beats with a black picture
  int foreign = 0;                  // beats with a picture that had no business there
  int missing = 0;                  // frames never seen
  int repeated = 0;                 // beats for which a frame stayed longer than its pacing
  int hurried = 0;                  // frames that stayed shorter
  std::vector<std::string> faults;  // in words, the first twenty

  bool clean() const { return black + foreign + missing + repeated + hurried == 0; }
};

// `seen` begins with the first picture of the first item; the list is repeated for as
// long as pictures last. The last item seen is not judged: it is cut off.
GapReport check_gaps(const std::vector<ExpectedItem>& items,
                     const std::vector<SeenPicture>& seen);

}  // namespace conglang::player
