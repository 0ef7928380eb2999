// How this machine may be called on its network.
#pragma once

#include <string>
#include <vector>

namespace conglang::server {

struct OwnAddresses {
  std::string host_name;               // "gate"; empty when it has none
  std::vector<std::string> addresses;  // numeric, without loopback and link-local; IPv4 first
};

OwnAddresses own_addresses();

// "192.168.1.20", "[2001:db8::1]": as it stands in a URL.
std::string url_host(const std::string& host);

}  // namespace conglang::server
