#include "player/store/parts_file.h"

#include <charconv>
#include <cstddef>
#include <optional>

#include "playlists/base/sha256.h"

namespace conglang::player {
namespace {

constexpr std::string_view kFirstLine = "conglang parts 1\n";
constexpr std::string_view kSealWord = "sha256 ";
constexpr std::size_t kSealBytes = kSealWord.size() + 64 + 1;

std::string seal_of(std::string_view body) {
  return std::string(kSealWord) + sha256(body).hex() + "\n";
}

// Takes "<name> <length>\n<bytes>\n" from the front of `rest`.
std::optional<Parts::value_type> take_part(std::string_view& rest) {
  const std::size_t line_end = rest.find('\n');
  const std::size_t space = rest.find(' ');
  if (line_end == rest.npos || space == rest.npos || space > line_end) return std::nullopt;
  std::size_t length = 0;
  const char* digits_end = rest.data() + line_end;
  const auto [end, fault] = std::from_chars(rest.data() + space + 1, digits_end, length);
  if (fault != std::errc{} || end != digits_end) return std::nullopt;
  const std::string name(rest.substr(0, space));
  rest.remove_prefix(line_end + 1);
  if (rest.size() < 1 || length > rest.size() - 1 || rest[length] != '\n') return std::nullopt;
  std::string bytes(rest.substr(0, length));
  rest.remove_prefix(length + 1);
  return Parts::value_type{name, std::move(bytes)};
}

}  // namespace

std::string write_parts(const Parts& parts) {
  std::string file(kFirstLine);
  for (const auto& [name, bytes] : parts) {
    file += name + " " + std::to_string(bytes.size()) + "\n" + bytes + "\n";
  }
  return file + seal_of(file);
}

Result<Parts> read_parts(std::string_view bytes) {
  const Error malformed{ErrorKind::malformed, "parts file: not as it was written"};
  if (bytes.size() < kFirstLine.size() + kSealBytes) return malformed;
  std::string_view rest = bytes.substr(0, bytes.size() - kSealBytes);
  if (bytes.substr(rest.size()) != seal_of(rest)) return malformed;
  if (rest.substr(0, kFirstLine.size()) != kFirstLine) return malformed;
  rest.remove_prefix(kFirstLine.size());
  Parts parts;
  while (!rest.empty()) {
    auto part = take_part(rest);
    if (!part) return malformed;
    parts.insert(std::move(*part));
  }
  return parts;
}

}  // namespace conglang::player
