#include "content-server/http/file_range.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace conglang::server {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (text.empty() || fault != std::errc{} || stop != end || value < 0) return std::nullopt;
  return value;
}

// "bytes=2-5", "bytes=2-" or "bytes=-3". Empty: to be ignored.
std::optional<FilePart> read_range(std::string_view header, std::int64_t file_length) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return std::nullopt;
  const std::string_view range = trimmed(header.substr(kUnit.size()));
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = number(range.substr(0, dash));
  const auto last = number(range.substr(dash + 1));
  const bool has_last = dash + 1 < range.size();
  if (has_last && !last) return std::nullopt;
  if (dash == 0) {
    if (!last) return std::nullopt;
    const std::int64_t length = std::min(*last, file_length);
    if (length == 0) return FilePart{416, 0, 0};
    return FilePart{206, file_length - length, length};
  }
  if (!first || (last && *last < *first)) return std::nullopt;
  if (*first >= file_length) return FilePart{416, 0, 0};
  const std::int64_t end = last ? std::min(*last, file_length - 1) : file_length - 1;
  return FilePart{206, *first, end - *first + 1};
}

}  // namespace

bool is_listed_etag(std::string_view if_none_match, std::string_view etag) {
  std::string_view rest = if_none_match;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    std::string_view one = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (!one.empty() && one == etag) return true;
  }
  return false;
}

FilePart choose_part(const Request& request, std::string_view etag, std::int64_t file_length) {
  const FilePart whole{200, 0, file_length};
  if (is_listed_etag(request.header("if-none-match"), etag)) return {304, 0, 0};
  const std::string_view range = request.header("range");
  if (range.empty() || request.method != Method::get) return whole;
  const std::string_view if_range = request.header("if-range");
  // A date, or a weak tag, never equals a strong tag: then the whole file is right.
  if (!if_range.empty() && trimmed(if_range) != etag) return whole;
  return read_range(range, file_length).value_or(whole);
}

}  // namespace conglang::server
