#include "content-server/http/response_head.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "playlists/base/json.h"

namespace conglang::server {
namespace {

struct DefaultHeader {
  std::string_view name, value;
};
constexpr std::array<DefaultHeader, 4> kDefaults = {{
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Cache-Control", "no-store"},
}};
constexpr std::array<std::string_view, 4> kOurs = {"content-length", "connection",
                                                   "transfer-encoding", "date"};

bool is_same_name(std::string_view left, std::string_view right) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

bool is_field_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-';
  });
}

bool is_field_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

struct Reason {
  int status = 0;
  std::string_view words;
};
// Source: RFC 9110 15, RFC 6585, RFC 4918.
constexpr std::array<Reason, 33> kReasons = {{{200, "OK"},
                                              {201, "Created"},
                                              {202, "Accepted"},
                                              {204, "No Content"},
                                              {206, "Partial Content"},
                                              {301, "Moved Permanently"},
                                              {302, "Found"},
                                              {303, "See Other"},
                                              {304, "Not Modified"},
                                              {307, "Temporary Redirect"},
                                              {308, "Permanent Redirect"},
                                              {400, "Bad Request"},
                                              {401, "Unauthorized"},
                                              {403, "Forbidden"},
                                              {404, "Not Found"},
                                              {405, "Method Not Allowed"},
                                              {408, "Request Timeout"},
                                              {409, "Conflict"},
                                              {410, "Gone"},
                                              {411, "Length Required"},
                                              {412, "Precondition Failed"},
                                              {413, "Content Too Large"},
                                              {415, "Unsupported Media Type"},
                                              {416, "Range Not Satisfiable"},
                                              {417, "Expectation Failed"},
                                              {422, "Unprocessable Content"},
                                              {429, "Too Many Requests"},
                                              {431, "Request Header Fields Too Large"},
                                              {500, "Internal Server Error"},
                                              {501, "Not Implemented"},
                                              {503, "Service Unavailable"},
                                              {505, "HTTP Version Not Supported"},
                                              {507, "Insufficient Storage"}}};

std::string_view reason(int status) {
  const auto found = std::find_if(kReasons.begin(), kReasons.end(),
                                  [&](const Reason& one) { return one.status == status; });
  return found == kReasons.end() ? std::string_view("Status") : found->words;
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

Result<std::string> response_head(
    int status, const std::vector<std::pair<std::string, std::string>>& headers,
    const HeadFacts& facts) {
  if (status < 200 || status > 599) {
    return Error{ErrorKind::malformed, "an answer with the status " + std::to_string(status)};
  }
  std::string head;
  head.reserve(512);
  head.append("HTTP/1.1 ").append(std::to_string(status)).append(" ");
  head.append(reason(status)).append("\r\n");
  for (const auto& [name, value] : headers) {
    const std::string& written = name;
    const bool is_ours = std::any_of(kOurs.begin(), kOurs.end(), [&](std::string_view ours) {
      return is_same_name(ours, written);
    });
    if (is_ours || !is_field_name(name) || !is_field_value(value)) {
      return Error{ErrorKind::malformed, "an answer may not have this header: " + name};
    }
    append_field(head, name, value);
  }
  for (const DefaultHeader& field : kDefaults) {
    const bool is_set = std::any_of(headers.begin(), headers.end(), [&](const auto& set) {
      return is_same_name(set.first, field.name);
    });
    if (!is_set) append_field(head, field.name, field.value);
  }
  append_field(head, "Date", http_date(facts.now));
  if (facts.content_length) {
    append_field(head, "Content-Length", std::to_string(*facts.content_length));
  }
  append_field(head, "Connection", facts.keeps_alive ? "keep-alive" : "close");
  head.append("\r\n");
  return head;
}

std::string http_date(Instant instant) {
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  const auto days = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date{days};
  const std::chrono::hh_mm_ss time{seconds - days};
  std::array<char, 64> text{};
  std::snprintf(
      text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
      kDays[std::chrono::weekday{days}.c_encoding()], static_cast<unsigned>(date.day()),
      kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
      static_cast<int>(time.seconds().count()));
  return text.data();
}

Response plain_refusal(int status, std::string_view code, std::string_view message) {
  const JsonValue error = JsonObject{
      {"error", JsonObject{{"code", std::string(code)}, {"message", std::string(message)}}}};
  return {status, {{"Content-Type", "application/json"}}, write_json(error)};
}

Response busy_refusal() {
  Response refusal = plain_refusal(503, "busy", "the server has too much to do just now");
  refusal.headers.emplace_back("Retry-After", "2");
  return refusal;
}

}  // namespace conglang::server
