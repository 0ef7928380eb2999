#include "content-server/http/request_target.h"

#include <algorithm>
#include <optional>
#include <set>

namespace conglang::server {
namespace {

Error malformed(std::string message) { return {ErrorKind::malformed, std::move(message)}; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Length of the UTF-8 character that starts `text`; 0 when it is none (RFC 3629).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!follows(1) || !follows(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!follows(1) || !follows(2) || !follows(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

// UTF-8 without control characters, those of Unicode (C1) included.
bool is_clean_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    const auto first = static_cast<unsigned char>(text[0]);
    if (first < 0x20 || first == 0x7F) return false;
    if (first == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0) return false;
    text.remove_prefix(length);
  }
  return true;
}

enum class Place { path, query };

std::optional<std::string> decode(std::string_view text, Place place) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      if (place == Place::path && (c == '/' || c == '\\')) return std::nullopt;
      i += 2;
    } else if (c == '+' && place == Place::query) {
      c = ' ';
    } else if (c == '\\' || c == '#' || static_cast<unsigned char>(c) >= 0x80) {
      return std::nullopt;  // browsers encode these; who does not wants to confuse
    }
    decoded += c;
  }
  if (!is_clean_text(decoded)) return std::nullopt;
  return decoded;
}

Result<std::string> decode_path(std::string_view path) {
  const Error fault = malformed("the path of the request is not well formed");
  if (!path.starts_with('/')) return fault;
  if (path == "/") return std::string("/");
  std::string decoded;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::optional<std::string> part = decode(path.substr(0, end), Place::path);
    if (!part || part->empty() || *part == "." || *part == "..") return fault;
    decoded += '/';
    decoded += *part;
    path.remove_prefix(end);
  }
  return decoded;
}

Result<TextMap> decode_query(std::string_view query) {
  TextMap values;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = decode(pair.substr(0, equals), Place::query);
    const auto value = decode(
        equals < pair.size() ? pair.substr(equals + 1) : std::string_view{}, Place::query);
    if (!name || !value || name->empty()) {
      return malformed("the query of the request is not well formed");
    }
    if (!values.emplace(*name, *value).second) {
      return malformed("the query names \"" + *name + "\" twice");
    }
  }
  return values;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

Result<RequestTarget> parse_request_target(std::string_view target) {
  const std::size_t question = std::min(target.find('?'), target.size());
  Result<std::string> path = decode_path(target.substr(0, question));
  if (!path) return path.error();
  Result<TextMap> query = decode_query(target.substr(std::min(question + 1, target.size())));
  if (!query) return query.error();
  return RequestTarget{std::move(path).value(), std::move(query).value()};
}

TextMap parse_cookies(std::string_view header) {
  TextMap cookies;
  std::set<std::string, std::less<>> doubtful;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = trimmed(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    const std::string_view name = trimmed(pair.substr(0, equals));
    if (!cookies.emplace(name, trimmed(pair.substr(equals + 1))).second) doubtful.emplace(name);
  }
  for (const std::string& name : doubtful) cookies.erase(name);
  return cookies;
}

}  // namespace conglang::server
