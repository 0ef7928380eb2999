// Texts and bodies that have troubled somebody's program, from tests/vectors/hostile.
#pragma once

#include <string>
#include <vector>

namespace conglang::server {

enum class Verdict {
  taken,      // where a text belongs it is taken, and shown again
  refused,    // never taken
  too_long,   // may be too long for the place
  misplaced,  // right JSON, but nowhere asked for
};

struct HostileText {
  Verdict verdict = Verdict::refused;
  std::string name;
  std::string literal;  // the inside of a JSON text, as it goes over the wire
  std::string shown;    // what is shown again; only of those that are taken
};

struct HostileBody {
  Verdict verdict = Verdict::refused;
  std::string name;
  std::string bytes;
};

// Both throw when the file is not as its first lines say.
std::vector<HostileText> hostile_texts();
std::vector<HostileBody> hostile_bodies();

}  // namespace conglang::server
