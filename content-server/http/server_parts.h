// What all connections of one server share.
// For this room only.
#pragma once

#include <atomic>
#include <cstdint>

#include "content-server/http/address_counts.h"
#include "content-server/http/http_server.h"
#include "content-server/http/stream_topics.h"
#include "content-server/http/work_queue.h"

namespace conglang::server {

// Threads: any.
struct ServerParts {
  ServerParts(HttpSettings with, const Routes& known, HttpSurroundings around)
      : settings(std::move(with)),
        routes(known),
        world(std::move(around)),
        connections(settings.limits.connections, settings.limits.connections_per_address),
        streams(settings.limits.streams, settings.limits.streams_per_address) {}

  const HttpSettings settings;
  const Routes& routes;
  const HttpSurroundings world;
  AddressCounts connections;
  AddressCounts streams;
  StreamTopics topics;
  std::atomic<bool> is_draining = false;
  std::atomic<std::int64_t> answered = 0;
};

}  // namespace conglang::server
