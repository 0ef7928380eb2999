#include "tests/playlists/schema/mutations.h"

#include <utility>
#include <vector>

#include "playlists/base/localized_text.h"

namespace conglang {
namespace {

using Each = std::function<void(const std::string&, const JsonValue&)>;
using Replacements = std::vector<std::pair<std::string, JsonValue>>;

constexpr std::int64_t kBeyondInt = std::int64_t{1} << 40;

JsonValue number(double value) { return JsonValue(JsonValue::Content(value)); }

Replacements other_types() {
  return {{"is null", JsonValue()},
          {"is true", true},
          {"is zero", 0},
          {"is a fraction", number(1.5)},
          {"is a text", "text"},
          {"is an empty list", JsonArray{}},
          {"is an empty object", JsonObject{}}};
}

Replacements other_numbers(std::int64_t now) {
  return {{"is negative", -1},
          {"is one less", now - 1},
          {"is one more", now + 1},
          {"is huge", kBeyondInt},
          {"is the largest", INT64_MAX},
          {"is beyond 64 bits", number(1e19)},
          {"is not whole", number(static_cast<double>(now) + 0.5)},
          {"is in quotes", std::to_string(now)}};
}

std::string in_capitals(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// Aimed at ids, dates, instants, colours, digests, paths, links, words of a list.
Replacements other_texts(const std::string& now) {
  Replacements texts{{"is empty", ""},
                     {"has a capital letter", "A" + now},
                     {"is in capitals", in_capitals(now)},
                     {"has a space", now + " "},
                     {"has a line feed", now + "\n"},
                     {"has a control character", now + "\x01"},
                     {"turns the direction", "\u202e" + now},
                     {"has stacked marks", now + "e\u0302\u0301"},
                     {"has a hyphen in front", "-" + now},
                     {"is twice as long", now + now},
                     {"is 64 characters", std::string(64, 'a')},
                     {"is 201 characters", std::string(201, 'a')},
                     {"is a way out", "../" + now},
                     {"is absolute", "/" + now},
                     {"has two slashes", now + "//a"},
                     {"is February 30", "2026-02-30"},
                     {"is month 13", "2026-13-01"},
                     {"is an early day", "2001-01-01"},
                     {"is an early instant", "2001-01-01T00:00:00Z"},
                     {"is an instant of no day", "2026-02-30T10:00:00Z"},
                     {"is hour 24", "2026-11-23T24:00:00Z"},
                     {"is a leap second", "2026-12-31T23:59:60Z"},
                     {"is another colour", "#0a1b2c"},
                     {"is a colour with g", "#0a1b2g"},
                     {"is a digest", std::string(64, '0')},
                     {"is a link", "https://hungyen.gov.vn/"},
                     {"is a link elsewhere", "https://example.org/"},
                     {"is a plain link", "http://hungyen.gov.vn/"},
                     {"is crossfade", "crossfade"},
                     {"is cut", "cut"},
                     {"is video", "video"},
                     {"is image", "image"},
                     {"is entry_card", "entry_card"},
                     {"is craft", "craft"}};
  if (now.empty()) return texts;
  texts.emplace_back("lacks its end", now.substr(0, now.size() - 1));
  texts.emplace_back("lacks its beginning", now.substr(1));
  // Half a Vietnamese letter is no JSON: only what is still UTF-8 is a document.
  std::erase_if(texts, [](const auto& text) {
    return !normalize_text(*text.second.string()).ok() && text.first.starts_with("lacks");
  });
  return texts;
}

class Mutator {
 public:
  Mutator(const JsonValue& document, const Each& each) : document_(document), each_(each) {}

  void run() { visit(document_, ""); }

 private:
  // `place` is a value inside document_, which is changed and put back.
  void visit(JsonValue& place, const std::string& pointer) {
    replace(place, pointer, other_types());
    if (const auto* whole = place.integer()) {
      replace(place, pointer, other_numbers(*whole));
    } else if (const auto* text = place.string()) {
      replace(place, pointer, other_texts(*text));
    } else if (place.object() != nullptr) {
      visit_object(place, pointer);
    } else if (place.array() != nullptr) {
      visit_array(place, pointer);
    }
  }

  void replace(JsonValue& place, const std::string& pointer, const Replacements& others) {
    for (const auto& [what, other] : others) {
      if (other == place) continue;
      JsonValue kept = std::exchange(place, other);
      each_(pointer + ": " + what, document_);
      place = std::move(kept);
    }
  }

  void visit_object(JsonValue& place, const std::string& pointer) {
    const JsonObject members = *place.object();
    replace(place, pointer, changed_members(members));
    auto& object = std::get<JsonObject>(place.content());
    for (std::size_t i = 0; i < members.size(); ++i) {
      visit(object[i].second, pointer + "/" + members[i].first);
    }
  }

  static Replacements changed_members(const JsonObject& members) {
    Replacements others;
    for (std::size_t i = 0; i < members.size(); ++i) {
      JsonObject fewer = members;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      others.emplace_back("lacks " + members[i].first, std::move(fewer));
    }
    // Members that belong somewhere else, and one that belongs nowhere.
    for (const char* name : {"unknown", "Id", "en", "asset", "duration_ms", "sha256", "path"}) {
      JsonObject more = members;
      if (JsonValue(more).find(name) == nullptr) {
        more.emplace_back(name, 700);
        others.emplace_back(std::string("has the number ") + name, more);
        more.back().second = "gate";
        others.emplace_back(std::string("has the text ") + name, std::move(more));
      }
    }
    return others;
  }

  void visit_array(JsonValue& place, const std::string& pointer) {
    const JsonArray elements = *place.array();
    if (!elements.empty()) replace(place, pointer, changed_elements(elements));
    auto& array = std::get<JsonArray>(place.content());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      visit(array[i], pointer + "/" + std::to_string(i));
    }
  }

  static Replacements changed_elements(const JsonArray& elements) {
    JsonArray fewer(elements.begin(), elements.end() - 1);
    JsonArray twice = elements;
    twice.push_back(elements.front());
    JsonArray with_null = elements;
    with_null.emplace_back();
    const JsonArray fifty_one(51, elements.front());
    return {{"lacks its last element", std::move(fewer)},
            {"has its first element twice", std::move(twice)},
            {"has a null too many", std::move(with_null)},
            {"has 51 elements", fifty_one}};
  }

  JsonValue document_;
  const Each& each_;
};

}  // namespace

void for_each_mutation(const JsonValue& document, const Each& each) {
  Mutator(document, each).run();
}

}  // namespace conglang
