#include "player/setup/enrolment_card.h"

#include <algorithm>
#include <optional>

namespace conglang::player {
namespace {

constexpr std::int64_t kMostMinutes = 24 * 60;

LocalizedText words(std::string vi, std::string en) {
  return {std::move(vi), {{"en", std::move(en)}}};
}

LocalizedText plain(const std::string& text) { return {text, {}}; }

// Begun minutes; nothing when no office would give so long, so that the clock must be wrong.
std::optional<std::int64_t> minutes_left(Instant ends_at, Instant now) {
  const std::int64_t left = std::chrono::ceil<std::chrono::minutes>(ends_at - now).count();
  if (left <= 0 || left > kMostMinutes) return std::nullopt;
  return left;
}

LocalizedText trouble_words(const std::string& trouble) {
  if (trouble == "dns") {
    return words("Không tìm thấy máy chủ theo tên. Kiểm tra địa chỉ và dây mạng.",
                 "The server's name is not known. Check the address and the network cable.");
  }
  if (trouble == "unreachable") {
    return words("Không có mạng. Kiểm tra dây mạng hoặc Wi-Fi.",
                 "There is no network. Check the cable or the Wi-Fi.");
  }
  if (trouble == "refused" || trouble == "timeout" || trouble == "stalled") {
    return words("Máy chủ không trả lời. Kiểm tra máy chủ có đang chạy không.",
                 "The server does not answer. Check that it is running.");
  }
  if (trouble == "captive-portal") {
    return words("Mạng đòi đăng nhập trên một trang web trước.",
                 "The network wants somebody to log in on a web page first.");
  }
  if (trouble.starts_with("tls")) {
    return words("Không thể xác nhận đây đúng là máy chủ.",
                 "It cannot be proven that this is the server.");
  }
  return words("Máy chủ chưa ghi danh được màn hình này: " + trouble,
               "The server could not enrol this screen: " + trouble);
}

NoticeCard waiting_card(const EnrolmentView& view, Instant now) {
  NoticeCard card;
  card.title = words("Chờ cán bộ xác nhận", "Waiting for the officer");
  card.text = view.trouble.empty()
                  ? words("Cán bộ quét mã hoặc gõ mã này, rồi so hai dãy số.",
                          "The officer scans or types the code, then compares the numbers.")
                  : trouble_words(view.trouble);
  card.code = view.code;
  card.facts.push_back({words("Số đối chiếu", "Comparison number"), plain(view.number)});
  if (const auto left = minutes_left(view.ends_at, now)) {
    const std::string count = std::to_string(*left);
    card.facts.push_back(
        {words("Còn hiệu lực", "Still valid"),
         words(count + " phút", count + (*left == 1 ? " minute" : " minutes"))});
  }
  card.address = view.link;
  return card;
}

NoticeCard card_of(LocalizedText title, LocalizedText text) {
  NoticeCard card;
  card.title = std::move(title);
  card.text = std::move(text);
  return card;
}

NoticeCard content_of(const EnrolmentView& view, Instant now) {
  switch (view.stage) {
    case EnrolmentStage::connecting:
      return card_of(words("Đang kết nối", "Connecting"), plain(view.server));
    case EnrolmentStage::waiting:
      return waiting_card(view, now);
    case EnrolmentStage::confirmed:
      return card_of(words("Đã ghi danh", "Enrolled"), plain(view.name));
    case EnrolmentStage::refused:
      return card_of(words("Bị từ chối", "Refused"),
                     words("Cán bộ đã từ chối màn hình này.", "The officer refused it."));
    case EnrolmentStage::expired:
      return card_of(words("Mã đã hết hạn", "The code has expired"),
                     words("Sẽ có mã mới ngay.", "Another one will come at once."));
    case EnrolmentStage::unreachable:
      break;
  }
  NoticeCard card = card_of(words("Không tới được máy chủ", "The server cannot be reached"),
                            trouble_words(view.trouble));
  card.facts.push_back({words("Máy chủ", "Server"), plain(view.server)});
  return card;
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char each) { return static_cast<unsigned char>(each) < ' ' || each == '\x7f'; }, ' ');
  return text;
}

}  // namespace

std::string_view to_string(EnrolmentStage stage) {
  switch (stage) {
    case EnrolmentStage::connecting:
      return "connecting";
    case EnrolmentStage::waiting:
      return "waiting";
    case EnrolmentStage::confirmed:
      return "confirmed";
    case EnrolmentStage::refused:
      return "refused";
    case EnrolmentStage::expired:
      return "expired";
    case EnrolmentStage::unreachable:
      return "unreachable";
  }
  return "connecting";
}

NoticeCard enrolment_card(const EnrolmentView& view, Instant now) {
  NoticeCard card = content_of(view, now);
  card.label = words("Ghi danh màn hình", "Enrol this screen");
  return card;
}

std::vector<std::string> enrolment_lines(const EnrolmentView& view) {
  std::vector<std::string> lines{"state " + std::string(to_string(view.stage))};
  const auto add = [&lines](const std::string& word, const std::string& value) {
    if (!value.empty()) lines.push_back(word + " " + one_line(value));
  };
  if (view.stage == EnrolmentStage::waiting) {
    add("code", view.code);
    add("number", view.number);
    add("link", view.link);
    add("until", format_instant(view.ends_at));
  }
  add("name", view.name);
  add("trouble", view.trouble);
  return lines;
}

}  // namespace conglang::player
