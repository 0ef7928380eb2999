#include "player/scene/qr_code.h"

#include <algorithm>
#include <string_view>

#include "player/scene/qr_handles.h"

namespace conglang::player {

Result<FramePtr> draw_qr_code(const std::string& address, int least_size) {
  constexpr std::size_t kMostBytes = 300;
  constexpr int kQuietZone = 4;  // modules, as ISO/IEC 18004 asks
  if (address.size() > kMostBytes) {
    return Error{ErrorKind::too_large, "link: more than 300 bytes for a QR code"};
  }
  const QrHandle code{QRcode_encodeData(static_cast<int>(address.size()),
                                        reinterpret_cast<const unsigned char*>(address.data()),
                                        0, QR_ECLEVEL_M)};
  if (!code) return Error{ErrorKind::unsupported, "link: no QR code of \"" + address + "\""};
  const int modules = code->width + 2 * kQuietZone;
  const int module = std::max(1, (least_size + modules - 1) / modules);
  const int side = module * modules;
  const WritableFrame made = make_bgra_frame({side, side}, PixelLayout::bgrx);
  for (int y = 0; y < side; ++y) {
    std::uint8_t* pixel = made.pixels + static_cast<std::ptrdiff_t>(y) * made.stride;
    for (int x = 0; x < side; ++x, pixel += 4) {
      const int column = x / module - kQuietZone, row = y / module - kQuietZone;
      const bool inside = column >= 0 && row >= 0 && column < code->width && row < code->width;
      const bool dark = inside && (code->data[row * code->width + column] & 1) != 0;
      std::fill_n(pixel, 3, static_cast<std::uint8_t>(dark ? 0 : 255));
      pixel[3] = 255;
    }
  }
  return FramePtr{made.frame};
}

std::string domain_of(const std::string& address) {
  constexpr std::string_view kScheme = "https://";
  if (address.rfind(kScheme, 0) != 0) return {};
  const auto end = address.find_first_of("/?#", kScheme.size());
  return address.substr(kScheme.size(), end == std::string::npos ? end : end - kScheme.size());
}

}  // namespace conglang::player
