#include "content-server/app/own_addresses.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>

namespace conglang::server {
namespace {

struct FreeAddresses {
  void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

std::string numeric(const sockaddr* address) {
  std::array<char, NI_MAXHOST> text{};
  const socklen_t size =
      address->sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
  if (getnameinfo(address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
    return {};
  }
  return text.data();
}

bool is_wanted(const ifaddrs& link) {
  if (link.ifa_addr == nullptr || (link.ifa_flags & IFF_UP) == 0) return false;
  if ((link.ifa_flags & IFF_LOOPBACK) != 0) return false;
  return link.ifa_addr->sa_family == AF_INET || link.ifa_addr->sa_family == AF_INET6;
}

}  // namespace

OwnAddresses own_addresses() {
  OwnAddresses own;
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) == 0) own.host_name = name.data();

  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return own;
  const std::unique_ptr<ifaddrs, FreeAddresses> owner(list);
  for (const ifaddrs* link = list; link != nullptr; link = link->ifa_next) {
    if (!is_wanted(*link)) continue;
    const std::string address = numeric(link->ifa_addr);
    // A link-local address needs the name of the caller's own interface beside it.
    if (!address.empty() && address.find('%') == std::string::npos) {
      own.addresses.push_back(address);
    }
  }
  std::stable_partition(own.addresses.begin(), own.addresses.end(),
                        [](const std::string& a) { return a.find(':') == std::string::npos; });
  return own;
}

std::string url_host(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace conglang::server
