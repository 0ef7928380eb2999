// libqrencode's code with an owner.
#pragma once

#include <qrencode.h>

#include <memory>

namespace conglang::player {

struct FreeQrCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};
using QrHandle = std::unique_ptr<QRcode, FreeQrCode>;

}  // namespace conglang::player
