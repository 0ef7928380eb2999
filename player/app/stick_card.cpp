#include "player/app/stick_card.h"

#include <string>

#include "player/report/record_store.h"

namespace conglang::player {

std::optional<NoticeCard> stick_card(const StickReport& report) {
  if (!report.is_ours) return std::nullopt;
  NoticeCard card;
  card.label = {"Đọc USB", {{"en", "USB stick"}}};
  if (report.received) {
    const std::string version = std::to_string(*report.received);
    card.title = {"Đã nhận bản số " + version, {{"en", "Received version " + version}}};
  } else if (report.trouble.empty()) {
    card.title = {"Trên USB không có bản mới hơn",
                  {{"en", "There is nothing newer on the stick"}}};
  } else {
    card.title = {"Chưa nhận được bản trên USB", {{"en", "The stick could not be taken over"}}};
  }
  if (!report.trouble.empty()) {
    constexpr std::size_t kMostCharacters = 200;  // what a stick is called may be among them
    const std::string trouble = wire_text(report.trouble, kMostCharacters);
    card.text = LocalizedText{"Lỗi: " + trouble, {{"en", "Fault: " + trouble}}};
  } else if (report.batches > 0) {
    card.text = LocalizedText{"Nhật ký phát đã được chép sang USB. Có thể rút USB ra.",
                              {{"en", "The play log is on the stick. It may be pulled out."}}};
  } else {
    card.text = LocalizedText{"Có thể rút USB ra.", {{"en", "It may be pulled out."}}};
  }
  return card;
}

}  // namespace conglang::player
