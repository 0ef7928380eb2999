#include "content-server/ops/tar_header.h"

#include <algorithm>
#include <cstdio>

namespace conglang::server {
namespace {

struct Field {
  std::size_t place, length;
};

constexpr Field kName{0, 100}, kMode{100, 8}, kUser{108, 8}, kGroup{116, 8}, kLength{124, 12},
    kChanged{136, 12}, kChecksum{148, 8}, kType{156, 1}, kMagic{257, 8}, kPrefix{345, 155};

constexpr std::string_view kUstar(
    "ustar\0"
    "00",
    8);
constexpr std::int64_t kMostOctal = 077777777777;  // 8 GiB - 1

void put(std::string& block, Field field, std::string_view bytes) {
  block.replace(field.place, bytes.size(), bytes);
}

// Digits with zeros before them, and one NUL behind.
void put_octal(std::string& block, Field field, std::int64_t number) {
  std::string digits(field.length - 1, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend() && number > 0; ++digit) {
    *digit = static_cast<char>('0' + number % 8);
    number /= 8;
  }
  put(block, field, digits);
}

void put_length(std::string& block, std::int64_t length) {
  if (length <= kMostOctal) return put_octal(block, kLength, length);
  std::string bytes(kLength.length, '\0');
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
    *byte = static_cast<char>(length & 0xFF);
    length >>= 8;
  }
  bytes[0] = '\x80';
  put(block, kLength, bytes);
}

// The sum of all bytes, the checksum itself counted as spaces.
std::int64_t checksum_of(std::string_view block) {
  std::int64_t sum = 0;
  for (std::size_t place = 0; place < block.size(); ++place) {
    const bool is_own = place >= kChecksum.place && place < kChecksum.place + kChecksum.length;
    sum += is_own ? ' ' : static_cast<unsigned char>(block[place]);
  }
  return sum;
}

std::string_view field_of(std::string_view block, Field field) {
  return block.substr(field.place, field.length);
}

std::string text_of(std::string_view block, Field field) {
  const std::string_view bytes = field_of(block, field);
  return std::string(bytes.substr(0, bytes.find('\0')));
}

// -1 when it is no number.
std::int64_t octal_of(std::string_view bytes) {
  std::int64_t number = 0;
  std::size_t digits = 0;
  for (const char c : bytes) {
    if (c == '\0' || c == ' ') break;
    if (c < '0' || c > '7') return -1;
    number = number * 8 + (c - '0');
    ++digits;
  }
  return digits > 0 ? number : -1;
}

std::int64_t length_of(std::string_view block) {
  const std::string_view bytes = field_of(block, kLength);
  if (bytes[0] != '\x80') return octal_of(bytes);
  std::int64_t length = 0;
  for (const char byte : bytes.substr(4)) {  // what lies above 64 bits is refused below
    length = (length << 8) | static_cast<unsigned char>(byte);
  }
  return bytes.substr(1, 3) == std::string_view("\0\0\0", 3) && length >= 0 ? length : -1;
}

}  // namespace

Result<std::string> write_tar_header(const TarEntry& entry, Instant changed) {
  std::string_view name = entry.name, prefix;
  if (name.size() > kName.length) {
    const std::size_t slash = entry.name.find('/', entry.name.size() - kName.length - 1);
    if (slash == std::string::npos || slash > kPrefix.length) {
      return Error{ErrorKind::too_large, entry.name + ": too long a name for an archive"};
    }
    prefix = name.substr(0, slash);
    name = name.substr(slash + 1);
  }
  std::string block(kTarBlock, '\0');
  put(block, kName, name);
  put(block, kPrefix, prefix);
  put_octal(block, kMode, 0600);
  put_octal(block, kUser, 0);
  put_octal(block, kGroup, 0);
  put_length(block, entry.length);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(changed).time_since_epoch();
  put_octal(block, kChanged, std::max<std::int64_t>(seconds.count(), 0));
  put(block, kType, "0");
  put(block, kMagic, kUstar);
  put_octal(block, {kChecksum.place, 7}, checksum_of(block));
  block[kChecksum.place + 7] = ' ';
  return block;
}

Result<std::optional<TarEntry>> read_tar_header(std::string_view block) {
  if (std::ranges::all_of(block, [](char c) { return c == '\0'; })) {
    return std::optional<TarEntry>();
  }
  if (octal_of(field_of(block, kChecksum)) != checksum_of(block) ||
      field_of(block, kMagic) != kUstar) {
    return Error{ErrorKind::malformed, "archive: the header of a file is damaged"};
  }
  TarEntry entry;
  const std::string prefix = text_of(block, kPrefix);
  entry.name = (prefix.empty() ? "" : prefix + "/") + text_of(block, kName);
  if (field_of(block, kType) != "0") {
    return Error{ErrorKind::unsupported, entry.name + ": is no plain file of a backup"};
  }
  entry.length = length_of(block);
  if (entry.length < 0) {
    return Error{ErrorKind::malformed, entry.name + ": has no length in the archive"};
  }
  return std::optional(std::move(entry));
}

std::size_t tar_padding(std::int64_t length) {
  const auto rest = static_cast<std::size_t>(length % static_cast<std::int64_t>(kTarBlock));
  return rest == 0 ? 0 : kTarBlock - rest;
}

}  // namespace conglang::server
