#include "content-server/storage/sql_guard.h"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cstdint>

namespace conglang::server {
namespace {

struct Meaning {
  ErrorKind kind;
  const char* code;
};

// SQLITE_IOERR_SHMSIZE, which SOCI's header does not bring along: the index beside the log
// could not grow.
constexpr int kSharedMemoryDoesNotFit = 10 | 19 << 8;

// Source: sqlite.org/rescode.html. The extended codes are switched on for every connection.
Meaning meaning_of(int result) {
  switch (result) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return {ErrorKind::conflict, "duplicate"};
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return {ErrorKind::conflict, "reference"};
    case kSharedMemoryDoesNotFit:
      return {ErrorKind::storage, "disk-full"};
    default:
      break;
  }
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::conflict, "busy"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorKind::storage, "damaged-database"};
    case SQLITE_FULL:
      return {ErrorKind::storage, "disk-full"};
    case SQLITE_READONLY:
      return {ErrorKind::storage, "read-only"};
    case SQLITE_INTERRUPT:
      return {ErrorKind::storage, "timeout"};
    default:
      return {ErrorKind::storage, ""};
  }
}

// How many bytes follow the first byte of a character, and the smallest character that
// needs so many; -1 when no character begins so.
int followers_of(unsigned char first) {
  if (first < 0x80) return 0;
  if (first >= 0xC2 && first <= 0xDF) return 1;
  if (first >= 0xE0 && first <= 0xEF) return 2;
  if (first >= 0xF0 && first <= 0xF4) return 3;
  return -1;
}

// The second byte excludes overlong forms, surrogates and what is beyond U+10FFFF.
bool may_be_second(unsigned char first, unsigned char second) {
  if (first == 0xE0) return second >= 0xA0;
  if (first == 0xED) return second <= 0x9F;
  if (first == 0xF0) return second >= 0x90;
  if (first == 0xF4) return second <= 0x8F;
  return true;
}

bool is_utf8(std::string_view text) {
  for (std::size_t place = 0; place < text.size();) {
    const auto first = static_cast<unsigned char>(text[place]);
    const int followers = followers_of(first);
    if (followers < 0 || place + static_cast<std::size_t>(followers) >= text.size())
      return false;
    for (int nth = 1; nth <= followers; ++nth) {
      const auto next = static_cast<unsigned char>(text[place + static_cast<std::size_t>(nth)]);
      if ((next & 0xC0) != 0x80 || (nth == 1 && !may_be_second(first, next))) return false;
    }
    place += static_cast<std::size_t>(followers) + 1;
  }
  return true;
}

}  // namespace

Error sql_error(std::string_view subject, const std::runtime_error& thrown) {
  const auto* refused = dynamic_cast<const soci::sqlite3_soci_error*>(&thrown);
  const Meaning meaning =
      refused != nullptr ? meaning_of(refused->result()) : Meaning{ErrorKind::storage, ""};
  return {meaning.kind, std::string(subject) + ": " + thrown.what(), meaning.code};
}

Status checked_text(std::string_view subject, std::string_view text) {
  if (text.find('\0') != std::string_view::npos) {
    return Error{ErrorKind::malformed, std::string(subject) + ": holds a NUL character"};
  }
  if (!is_utf8(text))
    return Error{ErrorKind::malformed, std::string(subject) + ": is no UTF-8"};
  return {};
}

}  // namespace conglang::server
