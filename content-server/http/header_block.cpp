#include "content-server/http/header_block.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace conglang::server {
namespace {

constexpr std::string_view kEnd = "\r\n\r\n";

// Fields of which only one may come. Source: RFC 9110 5.3; X-Forwarded-Proto is ours.
constexpr std::array<std::string_view, 12> kSingle = {
    "host",           "content-length", "transfer-encoding",
    "authorization",  "content-type",   "origin",
    "sec-fetch-site", "range",          "if-range",
    "expect",         "cookie",         "x-forwarded-proto"};

Error malformed(std::string message, std::string code = {}) {
  return {ErrorKind::malformed, std::move(message), std::move(code)};
}

bool is_name_character(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// Takes one line with its CRLF off `rest`.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 2, rest.size()));
  return line;
}

Status check_field_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) {
    return malformed("a header line has no name");
  }
  const std::string_view name = line.substr(0, colon);
  if (!std::all_of(name.begin(), name.end(), is_name_character)) {
    return malformed("the name of a header line is not well formed");
  }
  return {};
}

Result<Framing> framing_of(const TextMap& headers) {
  Framing framing;
  const auto coding = headers.find("transfer-encoding");
  const auto length = headers.find("content-length");
  if (coding != headers.end()) {
    if (length != headers.end()) return malformed("Content-Length beside Transfer-Encoding");
    if (lower(coding->second) != "chunked") {
      return malformed("Transfer-Encoding is not \"chunked\"", "unknown-coding");
    }
    framing.is_chunked = true;
    return framing;
  }
  if (length == headers.end()) return framing;
  const std::string& text = length->second;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, framing.content_length);
  if (fault != std::errc{} || stop != end || text[0] == '-') {
    return malformed("Content-Length is not a number");
  }
  return framing;
}

}  // namespace

std::optional<std::size_t> header_end(std::string_view received) {
  const std::size_t end = received.find(kEnd);
  if (end == std::string_view::npos) return std::nullopt;
  return end + kEnd.size();
}

Status check_header_bytes(std::string_view header) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto c = static_cast<unsigned char>(header[i]);
    if (c == '\r') {
      if (i + 1 >= header.size() || header[i + 1] != '\n') {
        return malformed("a carriage return alone in the header");
      }
    } else if (c == '\n') {
      if (i == 0 || header[i - 1] != '\r') return malformed("a line feed alone in the header");
    } else if ((c < 0x20 && c != '\t') || c == 0x7F) {
      return malformed("a control character in the header");
    }
  }
  std::string_view rest = header;
  take_line(rest);
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line.empty()) return {};
    Status good = check_field_line(line);
    if (!good) return good;
  }
  return malformed("the header does not end");
}

Result<HeaderFields> read_header_fields(std::string_view header, bool is_http_1_1) {
  HeaderFields fields;
  std::string_view rest = header;
  take_line(rest);
  for (std::string_view line = take_line(rest); !line.empty(); line = take_line(rest)) {
    const std::size_t colon = std::min(line.find(':'), line.size() - 1);
    const std::string name = lower(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    const auto [place, is_new] = fields.headers.emplace(name, value);
    if (is_new) continue;
    if (std::find(kSingle.begin(), kSingle.end(), name) != kSingle.end()) {
      return malformed("the header " + name + " comes twice");
    }
    place->second.append(", ").append(value);
  }
  if (is_http_1_1 && !fields.headers.contains("host")) return malformed("no Host header");
  if (!is_http_1_1 && fields.headers.contains("transfer-encoding")) {
    return malformed("Transfer-Encoding in HTTP/1.0");
  }
  Result<Framing> framing = framing_of(fields.headers);
  if (!framing) return framing.error();
  fields.framing = *framing;
  return fields;
}

}  // namespace conglang::server
