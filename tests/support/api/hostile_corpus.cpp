#include "tests/support/api/hostile_corpus.h"

#include <fstream>
#include <stdexcept>
#include <string_view>

#include "playlists/base/json.h"

namespace conglang::server {
namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells{""};
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

std::vector<std::vector<std::string>> read_rows(const std::string& name) {
  std::ifstream file(std::string(CONGLANG_SOURCE_DIR) + "/tests/vectors/hostile/" + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("# ")) rows.push_back(split(line));
  }
  if (rows.empty()) throw std::runtime_error(name + ": is not there");
  return rows;
}

// %NN is a byte, %(3:ab%) is ababab.
std::string decode(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      bytes += text[i];
    } else if (text.at(i + 1) == '(') {
      const std::size_t colon = text.find(':', i), end = text.find("%)", i);
      const int times = std::stoi(std::string(text.substr(i + 2, colon - i - 2)));
      const std::string unit = decode(text.substr(colon + 1, end - colon - 1));
      for (int n = 0; n < times; ++n) bytes += unit;
      i = end + 1;
    } else {
      bytes += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    }
  }
  return bytes;
}

Verdict verdict_of(const std::string& word) {
  if (word == "y") return Verdict::taken;
  if (word == "n") return Verdict::refused;
  if (word == "l") return Verdict::too_long;
  if (word == "d") return Verdict::misplaced;
  throw std::runtime_error("no verdict: " + word);
}

std::string text_of(const std::string& literal) {
  const auto value = parse_json("\"" + literal + "\"");
  if (!value || value->string() == nullptr) throw std::runtime_error("no text: " + literal);
  return *value->string();
}

}  // namespace

std::vector<HostileText> hostile_texts() {
  std::vector<HostileText> texts;
  for (const std::vector<std::string>& row : read_rows("texts.tsv")) {
    HostileText text{verdict_of(row.at(0)), row.at(1), decode(row.at(2)), {}};
    if (text.verdict == Verdict::taken) {
      text.shown = text_of(row.size() > 3 ? decode(row.at(3)) : text.literal);
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

std::vector<HostileBody> hostile_bodies() {
  std::vector<HostileBody> bodies;
  for (const std::vector<std::string>& row : read_rows("json.tsv")) {
    bodies.push_back({verdict_of(row.at(0)), row.at(1), decode(row.at(2))});
  }
  return bodies;
}

}  // namespace conglang::server
