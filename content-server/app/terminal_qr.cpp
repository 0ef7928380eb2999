#include "content-server/app/terminal_qr.h"

#include <qrencode.h>

#include <memory>

namespace conglang::server {
namespace {

constexpr int kQuiet = 2;  // light modules around it; scanners do with less than the norm's 4

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};
using Code = std::unique_ptr<QRcode, FreeCode>;

bool is_dark(const QRcode& code, int column, int row) {
  if (column < 0 || row < 0 || column >= code.width || row >= code.width) return false;
  return (code.data[row * code.width + column] & 1) != 0;
}

const char* half_blocks(bool upper_dark, bool lower_dark) {
  if (upper_dark && lower_dark) return " ";
  if (upper_dark) return "\u2584";  // the lower half is light
  if (lower_dark) return "\u2580";
  return "\u2588";
}

}  // namespace

Result<std::string> terminal_qr(std::string_view text) {
  const Code code(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M));
  if (!code) return Error{ErrorKind::too_large, "the text does not fit a QR code"};
  std::string out;
  for (int row = -kQuiet; row < code->width + kQuiet; row += 2) {
    out += "\033[97;40m";  // the light modules white, the rest black
    for (int column = -kQuiet; column < code->width + kQuiet; ++column) {
      out += half_blocks(is_dark(*code, column, row), is_dark(*code, column, row + 1));
    }
    out += "\033[0m\n";
  }
  return out;
}

}  // namespace conglang::server
