#include "content-server/app/read_passphrase.h"

#include <string.h>  // explicit_bzero

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

#include "content-server/app/terminal_handles.h"
#include "content-server/publishing/key_file.h"

namespace conglang::server {
namespace {

constexpr std::size_t kMaxBytes = 1024;
constexpr char kCtrlC = 3;
constexpr char kCtrlD = 4;
constexpr char kBackspace = 8;
constexpr char kDelete = 127;

// Text that is wiped from memory at its end; it never grows beyond its first place.
class Line {
 public:
  Line() { text_.reserve(kMaxBytes); }
  ~Line() { explicit_bzero(text_.data(), text_.capacity()); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  bool add(char byte) {
    if (text_.size() == kMaxBytes) return false;
    text_ += byte;
    return true;
  }
  void remove_character() {
    while (!text_.empty()) {
      const auto last = static_cast<unsigned char>(text_.back());
      text_.pop_back();
      if ((last & 0xc0) != 0x80) return;  // the first byte of a UTF-8 character
    }
  }
  std::string_view text() const { return text_; }

 private:
  std::string text_;
};

Error too_long() {
  return {ErrorKind::too_large,
          "passphrase: is longer than " + std::to_string(kMaxBytes) + " bytes"};
}

// One byte; false at the end.
Result<bool> read_byte(int descriptor, char& byte) {
  for (;;) {
    const ssize_t count = ::read(descriptor, &byte, 1);
    if (count >= 0) return count == 1;
    if (errno == EINTR) continue;
    return Error{ErrorKind::storage,
                 "passphrase: cannot be read: " + std::generic_category().message(errno)};
  }
}

Result<Secret> read_from_descriptor(int descriptor) {
  Line line;
  for (;;) {
    char byte = 0;
    const Result<bool> more = read_byte(descriptor, byte);
    if (!more.ok()) return more.error();
    if (!*more || byte == '\n') return normalize_passphrase(line.text());
    if (!line.add(byte)) return too_long();
  }
}

Result<Secret> ask(const QuietTerminal& terminal, std::string_view question) {
  if (::write(terminal.get(), question.data(), question.size()) < 0) {
    return Error{ErrorKind::storage, "passphrase: the terminal cannot be written"};
  }
  Line line;
  for (;;) {
    char byte = 0;
    const Result<bool> more = read_byte(terminal.get(), byte);
    if (!more.ok()) return more.error();
    if (!*more || byte == kCtrlC || byte == kCtrlD) {
      return Error{ErrorKind::stopped, "passphrase: stopped"};
    }
    if (byte == '\n' || byte == '\r') {
      [[maybe_unused]] const ssize_t written = ::write(terminal.get(), "\n", 1);
      return Secret(line.text());
    }
    if (byte == kBackspace || byte == kDelete) {
      line.remove_character();
    } else if (!line.add(byte)) {
      return too_long();
    }
  }
}

Result<Secret> read_from_terminal(PassphraseUse use) {
  const QuietTerminal terminal;
  if (!terminal.is_ready()) {
    return Error{ErrorKind::missing,
                 "passphrase: there is no terminal to ask at; give it by --passphrase-fd N"};
  }
  const Result<Secret> first =
      ask(terminal, use == PassphraseUse::set_new ? "New passphrase: " : "Passphrase: ");
  if (!first.ok()) return first.error();
  if (use == PassphraseUse::set_new) {
    // Said before the second time, so that nobody types a short one twice.
    if (const Result<Secret> good = normalize_passphrase(first->text()); !good.ok())
      return good.error();
    const Result<Secret> second = ask(terminal, "Once more: ");
    if (!second.ok()) return second.error();
    if (first->text() != second->text()) {
      return Error{ErrorKind::malformed, "passphrase: the two are not the same"};
    }
  }
  return normalize_passphrase(first->text());
}

}  // namespace

Result<Secret> read_passphrase(PassphraseUse use, std::optional<int> descriptor) {
  return descriptor ? read_from_descriptor(*descriptor) : read_from_terminal(use);
}

}  // namespace conglang::server
