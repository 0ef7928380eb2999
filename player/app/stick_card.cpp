#include "player/app/stick_card.h"

#include <array>
#include <string>
#include <string_view>

namespace conglang::player {
namespace {

struct TroubleWords {
  std::string_view kind;
  const char* vi;
  const char* en;
};

constexpr std::array kTroubles = {
    TroubleWords{"no-space", "Ổ đĩa của máy này đã đầy.", "The disk of this kiosk is full."},
    TroubleWords{"missing", "USB thiếu tệp. Hãy chép lại USB.",
                 "Files are not on the stick. Write it again."},
    TroubleWords{"wrong-hash", "Có tệp trên USB bị hỏng. Hãy chép lại USB.",
                 "A file on the stick is damaged. Write it again."},
    TroubleWords{"freeze", "Bản trên USB đã quá cũ.", "What is on the stick is too old."},
    TroubleWords{"rollback", "Bản trên USB cũ hơn bản của máy này.",
                 "What is on the stick is older than what this kiosk has."},
    TroubleWords{"storage", "Không đọc hoặc ghi được USB hoặc ổ đĩa.",
                 "The stick or the disk could not be read or written."},
};

// Our words for its kind alone: what a stick, its files and its signers are called is a
// stranger's to choose, and this card is large. The event beside it has the rest.
LocalizedText words_of(std::string_view kind) {
  for (const TroubleWords& trouble : kTroubles) {
    if (trouble.kind == kind) return {trouble.vi, {{"en", trouble.en}}};
  }
  return {"USB có lỗi. Xem nhật ký của máy.",
          {{"en", "Something is wrong with the stick. See the log of this kiosk."}}};
}

}  // namespace

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
    card.text = words_of(report.trouble);
  } else if (report.batches > 0) {
    card.text = LocalizedText{"Nhật ký phát đã được chép sang USB. Có thể rút USB ra.",
                              {{"en", "The play log is on the stick. It may be pulled out."}}};
  } else {
    card.text = LocalizedText{"Có thể rút USB ra.", {{"en", "It may be pulled out."}}};
  }
  return card;
}

}  // namespace conglang::player
