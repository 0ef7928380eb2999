#include <algorithm>
#include <array>

#include "content-server/ops/doctor.h"
#include "playlists/base/check.h"

namespace conglang::server {
namespace {

struct Words {
  std::string_view code;
  Severity severity;
  std::string_view vi, en;
};

constexpr Severity kGood = Severity::good, kAdvice = Severity::advice, kFault = Severity::fault;

// Sentences for an officer who has never seen a terminal: what is so, then what to do.
constexpr auto kWords = std::to_array<Words>({
    {"folders-good", kGood, "Các thư mục dữ liệu đều có và ghi được.",
     "All data folders are there and can be written."},
    {"folder-missing", kFault,
     "Không có {name} trong thư mục dữ liệu. Hãy khôi phục bản sao lưu gần nhất.",
     "{name} is missing in the data folder. Restore the newest backup."},
    {"folder-locked", kFault,
     "Không ghi được vào {name}. Hãy trả quyền sở hữu thư mục dữ liệu cho tài khoản chạy máy "
     "chủ.",
     "{name} cannot be written. Give the data folder back to the account that runs the "
     "server."},
    {"folder-open", kFault,
     "Người dùng khác trên máy này đọc được {name}, nơi có khóa bí mật. Hãy đặt quyền 0700 cho "
     "thư "
     "mục và 0600 cho tệp.",
     "Other users of this machine can read {name}, which holds secrets. Set mode 0700 for "
     "folders "
     "and 0600 for files."},
    {"disk-good", kGood, "Ổ đĩa còn trống {free}.", "{free} are free on the disk."},
    {"disk-low", kAdvice,
     "Ổ đĩa chỉ còn trống {free}. Hãy xóa bớt bản sao lưu cũ hoặc dùng ổ đĩa lớn hơn.",
     "Only {free} are free on the disk. Remove old backups or use a larger disk."},
    {"disk-full", kFault,
     "Ổ đĩa chỉ còn trống {free}; sắp không lưu được gì nữa. Hãy dọn ổ đĩa ngay.",
     "Only {free} are free on the disk; soon nothing can be kept. Make room now."},
    {"disk-network", kFault,
     "Thư mục dữ liệu nằm trên ổ đĩa mạng, nơi cơ sở dữ liệu có thể hỏng. Hãy chuyển về ổ đĩa "
     "của "
     "chính máy này.",
     "The data folder lies on a network share, where the database can be damaged. Move it to a "
     "disk of this machine."},
    {"database-good", kGood, "Cơ sở dữ liệu nguyên vẹn.", "The database is whole."},
    {"database-bad", kFault,
     "Cơ sở dữ liệu không dùng được: {why}. Hãy giữ tệp cũ lại và khôi phục bản sao lưu gần "
     "nhất "
     "bằng lệnh: conglang-server restore",
     "The database cannot be used: {why}. Keep the file aside and restore the newest backup "
     "with: "
     "conglang-server restore"},
    {"audit-good", kGood, "Nhật ký kiểm toán nguyên vẹn.", "The audit log is whole."},
    {"audit-bad", kFault,
     "Nhật ký kiểm toán đã bị sửa hoặc bị mất: {why}. Hãy báo người phụ trách và giữ lại các "
     "bản "
     "sao lưu để đối chiếu.",
     "The audit log was altered or lost entries: {why}. Tell the person responsible and keep "
     "the "
     "backups for comparison."},
    {"keys-good", kGood, "Các khóa ký tự động khớp với kho nội dung đã ký.",
     "The keys that sign by themselves match the signed repository."},
    {"key-unreadable", kFault,
     "Không đọc được khóa {role}: {why}. Hãy khôi phục thư mục keys từ bản sao lưu.",
     "The key {role} cannot be read: {why}. Restore the folder keys from a backup."},
    {"key-foreign", kFault,
     "Khóa {role} không phải là khóa mà kho nội dung đã ký công bố; màn hình sẽ từ chối chữ ký "
     "của "
     "nó. Hãy khôi phục khóa đúng từ bản sao lưu.",
     "The key {role} is not the one that the signed repository names; screens will refuse what "
     "it "
     "signs. Restore the right key from a backup."},
    {"metadata-good", kGood, "Chữ ký của kho nội dung còn hạn; sớm nhất đến {when}.",
     "The repository's signatures are valid, the shortest until {when}."},
    {"metadata-soon", kAdvice,
     "Chữ ký {role} sẽ hết hạn vào {when}. Hãy ký gia hạn trước ngày đó.",
     "The signature of {role} ends on {when}. Have it signed again before that."},
    {"metadata-over", kFault,
     "Chữ ký {role} đã hết hạn từ {when}; màn hình vẫn phát nội dung cũ nhưng không nhận nội "
     "dung "
     "mới. Hãy ký gia hạn.",
     "The signature of {role} ended on {when}; screens keep playing but take nothing new. Have "
     "it "
     "signed again."},
    {"certificate-good", kGood, "Chứng chỉ của máy chủ còn hạn đến {when} và khớp với địa chỉ.",
     "The server's certificate is valid until {when} and names its addresses."},
    {"certificate-soon", kAdvice,
     "Chứng chỉ của máy chủ sẽ hết hạn vào {when}. Máy chủ tự gia hạn khi khởi động lại.",
     "The server's certificate ends on {when}. The server renews it when it is started again."},
    {"certificate-over", kFault,
     "Chứng chỉ của máy chủ không có hiệu lực (từ {from} đến {when}). Hãy xem đồng hồ của máy "
     "rồi "
     "khởi động lại máy chủ.",
     "The server's certificate is not valid now (from {from} to {when}). Look at the machine's "
     "clock, then start the server again."},
    {"certificate-names", kFault,
     "Chứng chỉ không có địa chỉ {name} của máy này; màn hình và trình duyệt sẽ từ chối. Hãy "
     "khởi "
     "động lại máy chủ để nó cấp chứng chỉ mới.",
     "The certificate does not name {name}, an address of this machine; screens and browsers "
     "will "
     "refuse it. Start the server again, so that it makes a new one."},
    {"clock-good", kGood, "Đồng hồ của máy hợp lý: {now}.",
     "The machine's clock is plausible: {now}."},
    {"clock-behind", kFault,
     "Đồng hồ của máy chỉ {now}, sớm hơn lần ghi gần nhất ({when}). Hãy chỉnh lại ngày giờ.",
     "The machine's clock says {now}, before the newest thing written here ({when}). Set date "
     "and "
     "time."},
    {"clock-ahead", kAdvice,
     "Đồng hồ của máy chỉ {now}, muộn hơn một năm so với lần ghi gần nhất ({when}). Hãy xem "
     "lại "
     "ngày giờ.",
     "The machine's clock says {now}, more than a year after the newest thing written here "
     "({when}). Look at date and time."},
    {"kiosks-good", kGood, "Cả {count} màn hình đều mới liên lạc.",
     "All {count} screens have been in touch."},
    {"kiosks-none", kAdvice, "Chưa có màn hình nào được ghi danh.",
     "No screen has been enrolled yet."},
    {"kiosk-silent", kAdvice,
     "Màn hình “{name}” không liên lạc từ {when}. Hãy xem điện và mạng ở đó.",
     "The screen “{name}” has not been in touch since {when}. Look at its power and network."},
    {"kiosk-never", kAdvice, "Màn hình “{name}” đã ghi danh nhưng chưa bao giờ liên lạc.",
     "The screen “{name}” is enrolled but has never been in touch."},
    {"units-good", kGood, "Mọi đơn vị đều có người chịu trách nhiệm.",
     "Every unit has a responsible person."},
    {"unit-orphaned", kAdvice,
     "Đơn vị “{name}” không có người chịu trách nhiệm. Hãy chỉ định một người.",
     "The unit “{name}” has no responsible person. Name one."},
    {"reach-lan", kGood, "Các máy trong mạng nội bộ vào được máy chủ qua {addresses}.",
     "Machines of the local network reach the server at {addresses}."},
    {"reach-loopback", kAdvice,
     "Máy chủ chỉ nghe trên chính máy này; màn hình không vào được, trừ khi có máy chủ trung "
     "gian.",
     "The server listens on this machine only; screens cannot reach it unless a proxy does."},
    {"reach-nobody", kAdvice, "Máy này không có địa chỉ mạng nào; màn hình không vào được.",
     "This machine has no network address; screens cannot reach it."},
    {"reach-public", kAdvice,
     "Máy chủ nghe trên địa chỉ công khai {addresses}, ai trên Internet cũng có thể gọi tới. "
     "Nếu không "
     "cố ý, hãy chặn bằng tường lửa.",
     "The server listens on the public address {addresses}, which anyone on the Internet can "
     "call. "
     "Unless that is meant, close it with a firewall."},
});

std::string filled(std::string_view text, const std::map<std::string, std::string>& values) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = text.find('{'), close = text.find('}');
    result += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto value = values.find(std::string(text.substr(open + 1, close - open - 1)));
    check(value != values.end(), "every name in the doctor's words has a value");
    result += value->second;
    text.remove_prefix(close + 1);
  }
  return result;
}

}  // namespace

Finding finding_of(std::string_view code, const std::map<std::string, std::string>& values) {
  const auto words = std::ranges::find(kWords, code, &Words::code);
  check(words != kWords.end(), "the doctor has words for every finding");
  return {std::string(code), words->severity,
          LocalizedText{filled(words->vi, values), {{"en", filled(words->en, values)}}}};
}

std::vector<std::string> finding_codes() {
  std::vector<std::string> codes;
  codes.reserve(kWords.size());
  for (const Words& words : kWords) codes.emplace_back(words.code);
  return codes;
}

}  // namespace conglang::server
