#include "content-server/app/terminal_qr.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conglang::server {
namespace {

// Rows of modules, true where dark, as an eye sees the characters.
std::vector<std::vector<bool>> modules_of(const std::string& lines) {
  std::vector<std::vector<bool>> rows;
  std::size_t at = 0;
  while (at < lines.size()) {
    const std::size_t start = lines.find('m', at) + 1;
    const std::size_t end = lines.find('\033', start);
    std::vector<bool> upper, lower;
    for (std::size_t i = start; i < end;) {
      const bool space = lines[i] == ' ';
      const std::string glyph = lines.substr(i, space ? 1 : 3);
      upper.push_back(space || glyph == "\u2584");
      lower.push_back(space || glyph == "\u2580");
      i += glyph.size();
    }
    rows.push_back(upper);
    rows.push_back(lower);
    at = lines.find('\n', end) + 1;
  }
  return rows;
}

TEST(TerminalQr, ShowsTheThreeFindersInsideOfAQuietEdge) {
  const auto code = terminal_qr("https://192.168.1.20:8443/setup#ABCD-EFGH-JKLM");
  ASSERT_TRUE(code.ok());
  const auto rows = modules_of(*code);

  const std::size_t width = rows.front().size() - 4;
  for (const auto& [left, top] :
       {std::pair<std::size_t, std::size_t>{2, 2}, {2 + width - 7, 2}, {2, 2 + width - 7}}) {
    for (std::size_t i = 0; i < 7; ++i) {
      EXPECT_TRUE(rows[top][left + i]);
      EXPECT_TRUE(rows[top + 6][left + i]);
      EXPECT_TRUE(rows[top + i][left]);
      EXPECT_TRUE(rows[top + 3][left + 3]);
      EXPECT_FALSE(rows[top + 1][left + 1]);
    }
  }
  for (const bool dark : rows[0]) EXPECT_FALSE(dark);
  for (const auto& row : rows) EXPECT_FALSE(row[0] || row[1]);
}

TEST(TerminalQr, RefusesWhatNoCodeHolds) {
  EXPECT_EQ(terminal_qr(std::string(5000, 'x')).error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace conglang::server
