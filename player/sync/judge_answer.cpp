#include "player/sync/judge_answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace conglang::player {
namespace {

constexpr std::array<std::string_view, 15> kFaultNames = {
    "dns",           "refused",   "unreachable", "timeout",       "stalled",
    "tls-untrusted", "tls-name",  "tls-dates",   "tls-failed",    "captive-portal",
    "status",        "too-large", "cut",         "refused-by-us", "stopped"};

// RFC 6585: the network wants a person to log in first.
constexpr int kNetworkLogin = 511;

bool is_web_page(std::string_view content_type) {
  return content_type == "text/html" || content_type == "application/xhtml+xml";
}

HttpFailure failure(HttpFault kind, const HttpRequest& request, const HttpHead& head,
                    const std::string& words) {
  return {kind, request.path + ": " + words, head.status, head.retry_after};
}

std::optional<std::int64_t> take_number(std::string_view& rest) {
  std::int64_t number = 0;
  const char* end = rest.data() + rest.size();
  const auto [stop, fault] = std::from_chars(rest.data(), end, number);
  if (fault != std::errc{} || number < 0) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()));
  return number;
}

bool take_sign(std::string_view& rest, char sign) {
  if (rest.empty() || rest.front() != sign) return false;
  rest.remove_prefix(1);
  return true;
}

}  // namespace

std::string_view to_string(HttpFault fault) {
  return kFaultNames.at(static_cast<std::size_t>(fault));
}

std::optional<HttpFailure> judge_head(const HttpRequest& request, const HttpHead& head) {
  if (head.status == kNetworkLogin) {
    return failure(HttpFault::captive_portal, request, head, "the network wants a log-in");
  }
  const bool is_page =
      is_web_page(head.content_type) && request.expects != HttpContent::anything;
  if (head.status >= 200 && head.status < 300 && is_page) {
    return failure(HttpFault::captive_portal, request, head,
                   "a web page came where something else was asked for");
  }
  if (head.status >= 300 && head.status < 400 && head.status != 304) {
    return failure(HttpFault::captive_portal, request, head,
                   "sent elsewhere: " + head.location);
  }
  const bool is_good = (head.status >= 200 && head.status < 300) || head.status == 304;
  if (!is_good) {
    return failure(HttpFault::status, request, head,
                   "the server answered " + std::to_string(head.status));
  }
  if (head.content_length.value_or(0) > request.max_bytes) {
    return failure(HttpFault::too_large, request, head,
                   std::to_string(*head.content_length) + " bytes, allowed are " +
                       std::to_string(request.max_bytes));
  }
  return std::nullopt;
}

std::optional<HttpFailure> judge_body(const HttpRequest& request, const HttpAnswer& answer) {
  if (request.expects != HttpContent::json) return std::nullopt;
  const std::size_t first = answer.body.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || answer.body[first] != '<') return std::nullopt;
  return failure(HttpFault::captive_portal, request, answer.head,
                 "a web page came where JSON was asked for");
}

std::string origin_of(std::string_view address) {
  std::string lower(address);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  const bool is_plain = lower.rfind("http://", 0) == 0;
  if (!is_plain && lower.rfind("https://", 0) != 0) return {};
  const std::size_t host = lower.find("//") + 2;
  std::string origin = lower.substr(0, lower.find_first_of("/?#\\", host));
  const std::string_view usual_port = is_plain ? ":80" : ":443";
  const bool has_usual_port =
      origin.size() > usual_port.size() &&
      std::string_view(origin).substr(origin.size() - usual_port.size()) == usual_port;
  if (has_usual_port) origin.resize(origin.size() - usual_port.size());
  return origin;
}

std::optional<std::int64_t> first_byte_of(std::string_view content_range, std::int64_t whole) {
  constexpr std::string_view kUnit = "bytes ";
  if (content_range.substr(0, kUnit.size()) != kUnit) return std::nullopt;
  content_range.remove_prefix(kUnit.size());
  const auto first = take_number(content_range);
  if (!first || !take_sign(content_range, '-')) return std::nullopt;
  const auto last = take_number(content_range);
  if (!last || !take_sign(content_range, '/')) return std::nullopt;
  const auto length = take_number(content_range);
  if (!length || !content_range.empty()) return std::nullopt;
  const bool is_to_the_end = *length == whole && *last == whole - 1 && *first <= *last;
  if (!is_to_the_end) return std::nullopt;
  return first;
}

}  // namespace conglang::player
