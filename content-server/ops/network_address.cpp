#include "content-server/ops/network_address.h"

#include <arpa/inet.h>

#include <array>
#include <cstdint>

namespace conglang::server {
namespace {

struct Block {
  std::uint32_t first;
  int bits;
  Reach reach;
};

// Source: IANA IPv4 Special-Purpose Address Registry.
constexpr Block kBlocks[] = {
    {0x7F000000, 8, Reach::loopback}, {0x0A000000, 8, Reach::network},
    {0xAC100000, 12, Reach::network}, {0xC0A80000, 16, Reach::network},
    {0xA9FE0000, 16, Reach::network}, {0x64400000, 10, Reach::network},
};

Reach reach_of_four(std::uint32_t address) {
  for (const Block& block : kBlocks) {
    if (((address ^ block.first) >> (32 - block.bits)) == 0) return block.reach;
  }
  return Reach::everybody;
}

Reach reach_of_six(const std::array<std::uint8_t, 16>& bytes) {
  bool is_zero = true, is_mapped = bytes[10] == 0xFF && bytes[11] == 0xFF;
  for (std::size_t nth = 0; nth < 15; ++nth) is_zero = is_zero && bytes[nth] == 0;
  for (std::size_t nth = 0; nth < 10; ++nth) is_mapped = is_mapped && bytes[nth] == 0;
  if (is_zero && bytes[15] == 1) return Reach::loopback;
  if (is_mapped) {
    return reach_of_four(static_cast<std::uint32_t>(bytes[12]) << 24 |
                         static_cast<std::uint32_t>(bytes[13]) << 16 |
                         static_cast<std::uint32_t>(bytes[14]) << 8 | bytes[15]);
  }
  const bool is_unique_local = (bytes[0] & 0xFE) == 0xFC;
  const bool is_link_local = bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80;
  return is_unique_local || is_link_local ? Reach::network : Reach::everybody;
}

}  // namespace

Reach reach_of(const std::string& address) {
  if (address == "localhost") return Reach::loopback;
  in_addr four{};
  if (::inet_pton(AF_INET, address.c_str(), &four) == 1) {
    return reach_of_four(ntohl(four.s_addr));
  }
  std::array<std::uint8_t, 16> six{};
  const std::string bare = address.substr(0, address.find('%'));
  if (::inet_pton(AF_INET6, bare.c_str(), six.data()) == 1) return reach_of_six(six);
  return Reach::everybody;
}

}  // namespace conglang::server
