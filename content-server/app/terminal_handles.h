// The terminal without echo, put back as it was in any case.
#pragma once

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace conglang::server {

// Owns: the descriptor of the terminal and its settings.
class QuietTerminal {
 public:
  QuietTerminal() : descriptor_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
    if (descriptor_ < 0 || ::tcgetattr(descriptor_, &before_) != 0) return;
    termios quiet = before_;
    // Ctrl-C comes as a byte, so that nothing ends us before the echo is back.
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
    is_ready_ = ::tcsetattr(descriptor_, TCSAFLUSH, &quiet) == 0;
  }
  ~QuietTerminal() {
    if (is_ready_) ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

  bool is_ready() const { return is_ready_; }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
  termios before_{};
  bool is_ready_ = false;
};

}  // namespace conglang::server
