// Who can call an address: this machine, its network, or everybody. Pure.
#pragma once

#include <string>

namespace conglang::server {

enum class Reach {
  loopback,
  network,    // RFC 1918, 4193, 6598 (carrier's), link-local
  everybody,  // also what is no address: a name may mean anything
};

Reach reach_of(const std::string& address);

}  // namespace conglang::server
