#include "player/store/load_publication.h"

#include "player/store/kiosk_memory.h"

namespace conglang::player {

LoadOutcome load_publication(MetadataSource& repository, StateFolder* data,
                             const LoadRequest& request) {
  KioskMemory memory(data, request.pinned_root, request.group);
  return memory.load_at_once(repository, request.clock);
}

AssetPaths find_assets(const RepositoryFiles& repository, const LoadOutcome& outcome) {
  AssetPaths paths;
  for (const auto* loaded : {&outcome.current, &outcome.previous}) {
    if (!*loaded) continue;
    paths.merge(repository.find_assets((*loaded)->publication.publication()));
  }
  return paths;
}

}  // namespace conglang::player
