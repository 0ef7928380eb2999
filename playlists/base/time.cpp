#include "playlists/base/time.h"

#include <cstdio>
#include <optional>

namespace conglang {
namespace {

using namespace std::chrono;

// Reads `digits` decimal digits at `position` and moves on.
std::optional<int> take_number(std::string_view text, std::size_t& position, int digits) {
  int number = 0;
  for (int i = 0; i < digits; ++i, ++position) {
    if (position >= text.size() || text[position] < '0' || text[position] > '9') return {};
    number = number * 10 + (text[position] - '0');
  }
  return number;
}

bool take(std::string_view text, std::size_t& position, char wanted) {
  if (position >= text.size() || text[position] != wanted) return false;
  ++position;
  return true;
}

std::optional<LocalDate> take_date(std::string_view text, std::size_t& position) {
  const auto year_number = take_number(text, position, 4);
  if (!year_number || !take(text, position, '-')) return {};
  const auto month_number = take_number(text, position, 2);
  if (!month_number || !take(text, position, '-')) return {};
  const auto day_number = take_number(text, position, 2);
  if (!day_number) return {};
  const LocalDate date{year{*year_number}, month{static_cast<unsigned>(*month_number)},
                       day{static_cast<unsigned>(*day_number)}};
  if (!date.ok()) return {};
  return date;
}

std::optional<seconds> take_time_of_day(std::string_view text, std::size_t& position) {
  const auto hour = take_number(text, position, 2);
  if (!hour || *hour > 23 || !take(text, position, ':')) return {};
  const auto minute = take_number(text, position, 2);
  if (!minute || *minute > 59 || !take(text, position, ':')) return {};
  const auto second = take_number(text, position, 2);
  if (!second || *second > 59) return {};  // no leap second: the clock of a kiosk has none
  return hours{*hour} + minutes{*minute} + seconds{*second};
}

// ".5", ".123456789": cut to milliseconds. Nothing there is zero.
std::optional<milliseconds> take_fraction(std::string_view text, std::size_t& position) {
  constexpr int kMostDigits = 9;
  if (!take(text, position, '.')) return milliseconds{0};
  int digits = 0, thousandths = 0;
  while (const auto digit = take_number(text, position, 1)) {
    if (++digits > kMostDigits) return {};
    if (digits <= 3) thousandths = thousandths * 10 + *digit;
  }
  if (digits == 0) return {};
  for (int missing = digits; missing < 3; ++missing) thousandths *= 10;
  return milliseconds{thousandths};
}

std::optional<Instant> instant_from(std::string_view text) {
  std::size_t position = 0;
  const auto date = take_date(text, position);
  if (!date || !take(text, position, 'T')) return {};
  const auto time_of_day = take_time_of_day(text, position);
  if (!time_of_day) return {};
  const auto fraction = take_fraction(text, position);
  if (!fraction || !take(text, position, 'Z') || position != text.size()) return {};
  return sys_days{*date} + *time_of_day + *fraction;
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
  if (const auto instant = instant_from(text)) return *instant;
  return Error{ErrorKind::malformed, "\"" + std::string(text.substr(0, 40)) +
                                         "\" is no instant like 2026-11-23T10:00:00Z"};
}

std::string format_instant(Instant instant) {
  const auto days_part = floor<days>(instant);
  const LocalDate date{days_part};
  const hh_mm_ss<milliseconds> time_of_day{instant - days_part};
  char text[48];
  std::snprintf(text, sizeof text, "%sT%02d:%02d:%02d", format_local_date(date).c_str(),
                static_cast<int>(time_of_day.hours().count()),
                static_cast<int>(time_of_day.minutes().count()),
                static_cast<int>(time_of_day.seconds().count()));
  std::string written = text;
  if (const auto rest = time_of_day.subseconds().count(); rest != 0) {
    std::snprintf(text, sizeof text, ".%03d", static_cast<int>(rest));
    written += text;
  }
  return written + "Z";
}

Result<LocalDate> parse_local_date(std::string_view text) {
  std::size_t position = 0;
  const auto date = take_date(text, position);
  if (date && position == text.size()) return *date;
  return Error{ErrorKind::malformed,
               "\"" + std::string(text.substr(0, 40)) + "\" is no date like 2026-11-23"};
}

std::string format_local_date(LocalDate date) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

}  // namespace conglang
