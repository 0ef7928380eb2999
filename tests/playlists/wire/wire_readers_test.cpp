// What the readers let through: exactly what the writers write.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/playlists/wire/wire_messages.h"

namespace conglang {
namespace {

// Calls `visit` with every value below `value`, itself included, and where it is.
void walk(JsonValue& value, const std::string& pointer,
          const std::function<void(JsonValue&, const std::string&)>& visit) {
  visit(value, pointer);
  if (auto* object = std::get_if<JsonObject>(&value.content())) {
    for (auto& [name, member] : *object) walk(member, pointer + "/" + name, visit);
  } else if (auto* array = std::get_if<JsonArray>(&value.content())) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      walk((*array)[i], pointer + "/" + std::to_string(i), visit);
    }
  }
}

JsonValue number(double value) { return JsonValue(JsonValue::Content(value)); }

// Of every type but the right one, and out of every bound of the right one.
std::vector<JsonValue> wrong_for(const JsonValue& right) {
  std::vector<JsonValue> wrong{JsonValue(), JsonValue(true), number(1.5), number(1e300)};
  const bool is_text = right.string() != nullptr;
  if (is_text) {
    wrong.insert(wrong.end(), {"", std::string(600'000, 'a')});
  } else {
    wrong.emplace_back("1");
  }
  if (right.integer() == nullptr) {
    wrong.emplace_back(1);
  } else {
    for (const std::int64_t value :
         {std::int64_t{-1}, (std::int64_t{1} << 53) + 1, INT64_MAX}) {
      wrong.emplace_back(value);
    }
  }
  if (right.object() == nullptr) wrong.emplace_back(JsonObject{});
  if (right.array() == nullptr) {
    wrong.emplace_back(JsonArray{});
  } else {
    wrong.emplace_back(JsonArray(1001, right.array()->front()));
  }
  return wrong;
}

// A text that a signature is compared with; its form is not judged by the reader.
bool is_any_word(const WireMessage& message, const std::string& pointer) {
  const bool is_judged_later = message.name == "signed batch" ||
                               message.name == "signed time" || message.name == "token request";
  return is_judged_later && (pointer == "/signature" || pointer == "/key_id");
}

void expect_malformed(const WireMessage& message, const JsonValue& json) {
  const auto read = message.read_and_write(json);
  ASSERT_FALSE(read.ok()) << write_json(json).substr(0, 2000);
  EXPECT_EQ(to_string(read.error().kind), "malformed");
  EXPECT_FALSE(read.error().message.empty());
}

TEST(WireReaders, WhatIsWrittenIsReadBackTheSame) {
  for (const WireMessage& message : wire_messages()) {
    const auto again = message.read_and_write(message.full);

    ASSERT_TRUE(again.ok()) << message.name << ": " << again.error().message;
    EXPECT_EQ(write_json(*again), write_json(message.full)) << message.name;
  }
  EXPECT_EQ(*read_heartbeat(write(wire_heartbeat())), wire_heartbeat());
  EXPECT_EQ(*read_heartbeat_answer(write(wire_answer())), wire_answer());
}

TEST(WireReaders, AMemberThatNobodyKnowsIsRefusedAtEveryDepth) {
  for (const WireMessage& message : wire_messages()) {
    JsonValue json = message.full;
    walk(json, "", [&](JsonValue& value, const std::string& pointer) {
      auto* object = std::get_if<JsonObject>(&value.content());
      if (object == nullptr) return;
      SCOPED_TRACE(message.name + pointer);
      object->emplace_back("surprise", 1);
      expect_malformed(message, json);
      object->pop_back();
    });
  }
}

TEST(WireReaders, AMissingMemberIsRefusedUnlessItMayBeMissing) {
  for (const WireMessage& message : wire_messages()) {
    std::size_t optional = 0;
    JsonValue json = message.full;
    walk(json, "", [&](JsonValue& value, const std::string& pointer) {
      auto* object = std::get_if<JsonObject>(&value.content());
      if (object == nullptr) return;
      const JsonObject whole = *object;
      for (std::size_t i = 0; i < whole.size(); ++i) {
        object->erase(object->begin() + static_cast<std::ptrdiff_t>(i));
        const std::string place = pointer + "/" + whole[i].first;
        SCOPED_TRACE(message.name + place);
        if (message.optional.contains(place)) {
          ++optional;
          EXPECT_TRUE(message.read_and_write(json).ok());
        } else {
          expect_malformed(message, json);
        }
        *object = whole;
      }
    });
    EXPECT_EQ(optional, message.optional.size()) << message.name;
  }
}

TEST(WireReaders, AWrongValueIsRefusedInEveryPlace) {
  int tried = 0;
  for (const WireMessage& message : wire_messages()) {
    JsonValue json = message.full;
    walk(json, "", [&](JsonValue& value, const std::string& pointer) {
      const JsonValue right = value;
      for (JsonValue& wrong : wrong_for(right)) {
        const bool is_long = wrong.string() != nullptr && wrong.string()->size() > 1;
        if (is_long && is_any_word(message, pointer)) continue;
        value = std::move(wrong);
        SCOPED_TRACE(message.name + pointer);
        expect_malformed(message, json);
        ++tried;
      }
      value = right;
    });
  }
  EXPECT_GT(tried, 500);
}

TEST(WireReaders, ListsEndAtTheirBounds) {
  Heartbeat heartbeat = wire_heartbeat();
  heartbeat.faults.assign(50, heartbeat.faults.front());
  heartbeat.results.assign(50, heartbeat.results.front());
  EXPECT_TRUE(read_heartbeat(write(heartbeat)).ok());
  Heartbeat more = heartbeat;
  more.faults.push_back(more.faults.front());
  EXPECT_FALSE(read_heartbeat(write(more)).ok());
  more = heartbeat;
  more.results.push_back(more.results.front());
  EXPECT_FALSE(read_heartbeat(write(more)).ok());

  SignedBatch batch{wire_batch(), "x"};
  batch.batch.plays.assign(600, batch.batch.plays.front());
  batch.batch.events.assign(400, batch.batch.events.front());
  EXPECT_TRUE(read_signed_batch(parse_json(write_signed_batch(batch)).value()).ok());
  batch.batch.events.push_back(batch.batch.events.front());
  EXPECT_FALSE(read_signed_batch(parse_json(write_signed_batch(batch)).value()).ok());
}

TEST(WireReaders, TextsEndAtTheirBoundsInCharactersNotBytes) {
  Heartbeat heartbeat = wire_heartbeat();
  const auto repeated = [](int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += "ậ";
    return text;
  };
  heartbeat.program = repeated(200);
  heartbeat.faults.front().detail = repeated(500);
  heartbeat.faults.front().kind = repeated(64);
  EXPECT_TRUE(read_heartbeat(write(heartbeat)).ok());
  for (std::string* text :
       {&heartbeat.program, &heartbeat.faults.front().detail, &heartbeat.faults.front().kind}) {
    const std::string fits = *text;
    *text += "a";
    EXPECT_FALSE(read_heartbeat(write(heartbeat)).ok());
    *text = fits;
  }
}

TEST(WireReaders, ATextIsReadInItsComposedForm) {
  Heartbeat heartbeat = wire_heartbeat();
  heartbeat.faults.front().detail = "Co\u0302\u0309ng la\u0300ng";

  EXPECT_EQ(read_heartbeat(write(heartbeat))->faults.front().detail, "Cổng làng");
}

TEST(WireReaders, AGrantBelongsToTheStateConfirmed) {
  const KioskGrant grant{KioskId("k1"), "X", GroupId("gate"), std::string(64, 'b')};
  for (const EnrolmentState state :
       {EnrolmentState::waiting, EnrolmentState::refused, EnrolmentState::expired}) {
    EXPECT_TRUE(read_enrolment_progress(write(EnrolmentProgress{state, {}})).ok());
    EXPECT_FALSE(read_enrolment_progress(write(EnrolmentProgress{state, grant})).ok());
  }
}

TEST(WireReaders, AStickLeadsToASecureAddressOnly) {
  for (const char* server : {"http://192.168.1.20", "https:/x", "file:///etc", "HTTPS://x"}) {
    EXPECT_FALSE(
        read_install_stick(write(InstallStick{server, {"", "{}"}, std::string(64, 'a')})).ok())
        << server;
  }
}

TEST(WireReaders, DigitsAreLowerCaseAndAsManyAsTheyMustBe) {
  for (const std::string& digits :
       {std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'A'), std::string(64, 'g'),
        std::string(64, ' '), "0x" + std::string(62, 'a'), std::string(63, 'a') + "\n"}) {
    EXPECT_FALSE(parse_bytes32(digits).ok()) << digits;
    EXPECT_FALSE(read_new_token(JsonObject{{"token", digits}}).ok()) << digits;
    EXPECT_FALSE(read_time_question(JsonObject{{"nonce", digits}}).ok()) << digits;
  }
  EXPECT_EQ(hex_of(*parse_bytes32(hex_of(wire_bytes(200)))), hex_of(wire_bytes(200)));
}

TEST(WireReaders, EveryKindOfCommandHasItsWord) {
  for (const char* word : {"identify", "screenshot", "refresh", "restart", "volume",
                           "display-on", "display-off"}) {
    const auto kind = parse_command_kind(word);
    ASSERT_TRUE(kind.has_value()) << word;
    EXPECT_EQ(to_string(*kind), word);
  }
  for (const char* word : {"", "Identify", "display_on", "reboot", "volume "}) {
    EXPECT_FALSE(parse_command_kind(word).has_value()) << word;
  }
}

}  // namespace
}  // namespace conglang
