#include "player/programme/build_programme.h"

#include <optional>
#include <utility>
#include <variant>

#include "player/programme/item_resolver.h"

namespace conglang::player {

BuiltProgramme build_programme(const Publication& publication, const HeldAssets& held,
                               std::string version) {
  BuiltProgramme built = resolve_schedule(
      publication, [&held](const Asset& asset) { return find_held_file(asset, held); });
  built.programme.version = std::move(version);
  return built;
}

}  // namespace conglang::player
