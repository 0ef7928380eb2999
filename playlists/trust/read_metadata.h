// Turns the signed part of a metadata file into plain values.
#pragma once

#include "playlists/base/json.h"
#include "playlists/base/result.h"
#include "playlists/trust/metadata.h"

namespace conglang {

// All of them fail: malformed, naming the member. Unknown members are tolerated.
Result<RootMetadata> read_root(const JsonValue& body);
Result<TimestampMetadata> read_timestamp(const JsonValue& body);
Result<SnapshotMetadata> read_snapshot(const JsonValue& body);

// Of the targets role or a delegated one, with its delegations.
Result<TargetsMetadata> read_targets(const JsonValue& body);

}  // namespace conglang
