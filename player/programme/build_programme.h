// Turns a publication into what this disk can show of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "player/programme/show_item.h"
#include "playlists/base/sha256.h"
#include "playlists/publication/publication.h"

namespace conglang::player {

// Where the bytes of assets should lie on this disk. A path says that a file of the right
// length is there; whether the bytes are right is found out before their first use.
using HeldAssets = std::map<Sha256Digest, std::string>;

enum class LeftOutKind {
  unknown_kind,       // an item kind of a later version
  missing_file,       // the item's file is not on this disk
  missing_reference,  // it names something the publication does not hold
};

// Something of the publication that will not be seen; for a card without its picture, the
// picture only.
struct LeftOut {
  LeftOutKind kind = LeftOutKind::missing_file;
  ItemId item;
  std::string detail;  // names the asset and its path, the entry or the kind

  bool operator==(const LeftOut&) const = default;
};

struct BuiltProgramme {
  Programme programme;
  std::vector<LeftOut> left_out;
};

// The items of all scheduled playlists in the order of the schedule. `run` calls it with
// the document of a VerifiedPublication only.
BuiltProgramme build_programme(const Publication& publication, const HeldAssets& held,
                               std::string version);

}  // namespace conglang::player
