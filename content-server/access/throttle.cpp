#include "content-server/access/throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "content-server/access/hex.h"

namespace conglang::server {
namespace {

constexpr int kFreeOfAccount = 5;
constexpr int kFreeOfAddress = 20;  // an office shares one
constexpr int kMostFailures = 1000;

int free_tries(ThrottleKind kind) {
  return kind == ThrottleKind::account ? kFreeOfAccount : kFreeOfAddress;
}

// Empty when it is no IPv6 address; those that carry an IPv4 address count as that.
std::string ipv6_network(const std::string& address) {
  std::array<std::uint8_t, 16> bytes{};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return {};
  constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const bool is_mapped = std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
  return is_mapped ? to_hex(bytes) : to_hex(std::span(bytes).first(8));
}

}  // namespace

Instant next_try(ThrottleKind kind, const Attempts& attempts) {
  const int over = attempts.failures - free_tries(kind);
  if (over < 0) return attempts.last;
  constexpr int kDoublings = 10;  // 2^10 s is more than kLongestWait
  const std::chrono::seconds wait{std::int64_t{1} << std::min(over, kDoublings)};
  return attempts.last + std::min<std::chrono::seconds>(wait, kLongestWait);
}

Attempts after_failure(const Attempts& before, Instant now) {
  const bool is_forgotten = now - before.last >= kAttemptsForgotten;
  return {is_forgotten ? 1 : std::min(before.failures + 1, kMostFailures), now};
}

Attempts after_success(const Attempts& before, ThrottleKind kind) {
  // Whoever guesses must not clear an address by signing in with an account of their own.
  const int left = kind == ThrottleKind::account ? 0 : std::max(before.failures - 1, 0);
  return {left, before.last};
}

std::string throttle_name(ThrottleKind kind, std::string_view account_or_address) {
  if (kind == ThrottleKind::account) return "account:" + std::string(account_or_address);
  const std::string address(account_or_address);
  const std::string network = ipv6_network(address);
  return "address:" + (network.empty() ? address : network);
}

}  // namespace conglang::server
