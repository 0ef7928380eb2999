#include "content-server/app/help_page.h"

#include <string_view>

namespace conglang::server {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

constexpr std::string_view kBegin = R"(<!doctype html>
<html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cổng Làng</title>
<style>
body{font:1.05rem/1.6 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1.5rem;
color:#1f2933;background:#fbf9f4}
h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2.2rem}
a.button{display:inline-block;padding:.7rem 1.2rem;margin:.3rem .6rem .3rem 0;border-radius:.5rem;
background:#8c2f1b;color:#fff;text-decoration:none}
code{display:block;padding:.7rem;background:#efe9dc;border-radius:.4rem;overflow-wrap:anywhere}
section[lang=en]{border-top:1px solid #d8cfbd;margin-top:2.5rem}
</style></head><body>
)";

std::string fingerprint(const HelpFacts& facts) {
  return "<code>" + escaped(facts.ca_fingerprint) + "</code>\n";
}

std::string links(const HelpFacts& facts, const char* certificate, const char* page) {
  return "<p><a class=\"button\" href=\"/ca.crt\">" + std::string(certificate) +
         "</a> <a class=\"button\" href=\"" + escaped(facts.address) + "/\">" + page +
         "</a></p>\n";
}

std::string vietnamese(const HelpFacts& facts) {
  return "<section lang=\"vi\"><h1>Cổng Làng: cài chứng thư một lần cho mỗi máy</h1>\n"
         "<p>Máy chủ này do cơ quan tự vận hành nên dùng chứng thư riêng. Cài chứng thư một "
         "lần "
         "thì trình duyệt tin máy chủ này và không hỏi lại nữa.</p>\n" +
         links(facts, "1. Tải chứng thư", "2. Mở trang làm việc") +
         "<h2>Cài trên máy của bạn</h2>\n<ul>\n"
         "<li>Android: Cài đặt → Bảo mật → Mã hóa và thông tin xác thực → Cài đặt chứng thư → "
         "Chứng thư CA.</li>\n"
         "<li>iPhone, iPad: mở tệp vừa tải, Cài đặt → Đã tải về hồ sơ → Cài đặt; sau đó Cài "
         "đặt "
         "chung → Giới thiệu → Cài đặt tin cậy chứng nhận.</li>\n"
         "<li>Windows: mở tệp → Cài đặt chứng thư → Máy cục bộ → Tổ chức chứng nhận gốc tin "
         "cậy.</li>\n</ul>\n"
         "<h2>So dấu vân tay trước khi tin</h2>\n<p>Dấu vân tay (SHA-256) của chứng thư phải "
         "giống hệt dòng in ra khi cài máy chủ:</p>\n" +
         fingerprint(facts) + "</section>\n";
}

std::string english(const HelpFacts& facts) {
  return "<section lang=\"en\"><h1>Cổng Làng: install the certificate once on each "
         "device</h1>\n"
         "<p>The office runs this server itself, so it has a certificate of its own. Once it "
         "is "
         "installed, the browser trusts this server and asks no more.</p>\n" +
         links(facts, "1. Download the certificate", "2. Open the office page") +
         "<h2>On your device</h2>\n<ul>\n"
         "<li>Android: Settings → Security → Encryption and credentials → Install a "
         "certificate "
         "→ CA certificate.</li>\n"
         "<li>iPhone, iPad: open the file, Settings → Profile downloaded → Install; then "
         "General "
         "→ About → Certificate trust settings.</li>\n"
         "<li>Windows: open the file → Install certificate → Local machine → Trusted root "
         "certification authorities.</li>\n</ul>\n"
         "<h2>Compare the fingerprint before you trust it</h2>\n<p>The certificate's "
         "fingerprint "
         "(SHA-256) must be exactly the line that was printed when the server was set "
         "up:</p>\n" +
         fingerprint(facts) + "</section>\n";
}

}  // namespace

std::string help_page(const HelpFacts& facts) {
  return std::string(kBegin) + vietnamese(facts) + english(facts) + "</body></html>\n";
}

}  // namespace conglang::server
