// Turns the folder that a person wrote into the next version of a signed repository.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "content-server/access/secret.h"
#include "content-server/publishing/asset_files.h"
#include "content-server/publishing/repository_writer.h"
#include "playlists/base/result.h"
#include "playlists/base/time.h"
#include "playlists/publication/publication.h"

namespace conglang::server {

struct PackOptions {
  std::filesystem::path source;      // holds publication.json
  std::filesystem::path keys;        // made by create_keys()
  std::filesystem::path repository;  // made when it is not there
  std::chrono::days offline{30};     // how long it plays without any server
  Instant now{};
};

// A source whose document holds and whose files were all found and hashed.
struct CheckedSource {
  Publication publication;  // in the published form
  std::string document;     // the same as JSON
  std::vector<FoundAsset> assets;
};

struct PackSummary {
  GroupId group;
  std::size_t entries = 0;
  std::size_t items = 0;
  std::size_t assets = 0;
  std::int64_t asset_bytes = 0;
  Instant offline_until{};
  WrittenRelease written;
  std::filesystem::path repository;
};

// Fails: one line per error in the message, each with the file and the place in it.
Result<CheckedSource> check_source(const PackOptions& options);

// Fails: as open_keys(), inspect_repository() and RepositoryWriter::publish().
Result<PackSummary> pack(const PackOptions& options, const CheckedSource& source,
                         const Secret& passphrase, const Progress& progress);

// For the person who packed, a few lines.
std::string describe(const PackSummary& summary);

}  // namespace conglang::server
