#include "content-server/publishing/message_templates.h"

#include <string_view>

namespace conglang::server {
namespace {

LocalizedText both(std::string_view vi, std::string_view en) {
  return {std::string(vi), {{"en", std::string(en)}}};
}

const TemplateField kPlace{"place", both("Nơi", "Place")};
const TemplateField kTime{"time", both("Giờ", "Time")};
const TemplateField kEvent{"event", both("Sự kiện", "Event")};
const TemplateField kRight{"right", both("Nội dung đúng", "What is right")};
const TemplateField kSubject{"subject", both("Mục", "Subject")};
const TemplateField kTelephone{"telephone", both("Số điện thoại", "Telephone number")};

std::vector<MessageTemplate> urgent_templates() {
  return {
      {"leave",
       TemplatePurpose::urgent,
       both("Rời khỏi khu vực", "Leave the area"),
       both("Đề nghị mọi người rời khỏi {place}", "Please leave {place} now"),
       both("Xin đi theo hướng dẫn của lực lượng tại chỗ. Cần giúp đỡ, gọi {telephone}.",
            "Please follow the staff on site. For help, call {telephone}."),
       {kPlace, kTelephone}},
      {"storm",
       TemplatePurpose::urgent,
       both("Mưa bão, ngập lụt", "Storm or flood"),
       both("Cảnh báo mưa bão", "Storm warning"),
       both("Từ {time}, không đến {place}. Cần giúp đỡ, gọi {telephone}.",
            "From {time}, please stay away from {place}. For help, call {telephone}."),
       {kTime, kPlace, kTelephone}},
      {"cancelled",
       TemplatePurpose::urgent,
       both("Hủy sự kiện", "Event cancelled"),
       both("{event} không diễn ra", "{event} is cancelled"),
       both("Mong quý khách thông cảm. Thông tin thêm: {telephone}.",
            "We apologise. For more information: {telephone}."),
       {kEvent, kTelephone}},
      {"moved",
       TemplatePurpose::urgent,
       both("Đổi giờ hoặc nơi", "Moved"),
       both("{event} chuyển sang {time}", "{event} moves to {time}"),
       both("Địa điểm: {place}.", "Place: {place}."),
       {kEvent, kTime, kPlace}},
      {"closed",
       TemplatePurpose::urgent,
       both("Tạm đóng cửa", "Closed for now"),
       both("{place} tạm đóng cửa", "{place} is closed for now"),
       both("Mở cửa lại lúc {time}.", "It opens again at {time}."),
       {kPlace, kTime}},
      {"lost-child",
       TemplatePurpose::urgent,
       both("Trẻ lạc", "Lost child"),
       both("Tìm người thân của trẻ lạc", "Looking for a lost child's family"),
       both("Trẻ đang ở {place}. Xin gọi {telephone}.",
            "The child is at {place}. Please call {telephone}."),
       {kPlace, kTelephone}},
  };
}

std::vector<MessageTemplate> correction_templates() {
  return {
      {"wrong-fact",
       TemplatePurpose::correction,
       both("Thông tin chưa đúng", "A wrong fact"),
       both("Đính chính: {subject}", "Correction: {subject}"),
       both("Thông tin đã chiếu trước đây chưa đúng. Thông tin đúng là: {right}.",
            "What was shown before was not right. The right information is: {right}."),
       {kSubject, kRight}},
      {"wrong-contact",
       TemplatePurpose::correction,
       both("Sai giá, giờ hoặc số điện thoại", "Wrong price, time or number"),
       both("Đính chính: {subject}", "Correction: {subject}"),
       both("Xin dùng thông tin này: {right}.", "Please use this instead: {right}."),
       {kSubject, kRight}},
      {"not-ours",
       TemplatePurpose::correction,
       both("Nội dung không phải của xã", "Not shown by the commune"),
       both("Về nội dung đã xuất hiện trên màn hình này", "About what appeared on this screen"),
       both("Nội dung xuất hiện lúc {time} không phải của xã và đã được gỡ.",
            "What appeared at {time} was not from the commune and has been removed."),
       {kTime}},
  };
}

bool has_open_field(const std::string& text) {
  for (const MessageTemplate& each : message_templates()) {
    for (const TemplateField& field : each.fields) {
      if (text.find("{" + field.name + "}") != std::string::npos) return true;
    }
  }
  return false;
}

}  // namespace

const std::vector<MessageTemplate>& message_templates() {
  static const std::vector<MessageTemplate> kAll = [] {
    std::vector<MessageTemplate> all = urgent_templates();
    for (MessageTemplate& each : correction_templates()) all.push_back(std::move(each));
    return all;
  }();
  return kAll;
}

bool has_open_field(const LocalizedText& text) {
  if (has_open_field(text.vi)) return true;
  for (const auto& [language, words] : text.others) {
    if (has_open_field(words)) return true;
  }
  return false;
}

Error open_field_error() {
  return {ErrorKind::malformed, "text: a field of the template is not filled in", "open-field"};
}

}  // namespace conglang::server
