// Every text and every body of the kiosk's API, and of the officer's for kiosks, with what
// has troubled somebody's program: never a fault, and what was taken is shown again.
//
// ApiOffice holds each request and answer to openapi.json, and notices each fault of ours.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "content-server/http/request_target.h"
#include "tests/support/api/hostile_corpus.h"
#include "tests/support/api/schema_samples.h"
#include "tests/support/api/test_kiosk.h"

namespace conglang::server {
namespace {

using std::chrono::minutes;
using Operation = SchemaSamples::Operation;
using Kind = SampledPlace::Kind;

const std::string kUnsigned(128, '0');

// The one text that is not kept.
constexpr const char* kStickProgram = "POST /kiosk/enrolments/stick/program";

bool is_of_kiosks(const std::string& path) {
  for (const char* start : {"/kiosk/", "/api/kiosks", "/api/places", "/api/sites",
                            "/api/enrolments", "/api/install-sticks"}) {
    if (path.starts_with(start)) return true;
  }
  return path == "/api/groups/{group}";
}

bool holds(const JsonValue& value, const std::string& text) {
  if (value.string() != nullptr) return *value.string() == text;
  if (const JsonArray* array = value.array()) {
    return std::any_of(array->begin(), array->end(),
                       [&](const JsonValue& one) { return holds(one, text); });
  }
  if (const JsonObject* object = value.object()) {
    return std::any_of(object->begin(), object->end(),
                       [&](const JsonMember& one) { return holds(one.second, text); });
  }
  return false;
}

// Each place gets every text; under sanitizers, which are ten times slower, every fourth, and
// the next place the others.
#ifdef CONGLANG_SANITIZED
constexpr std::size_t kEvery = 4;
#else
constexpr std::size_t kEvery = 1;
#endif

class HostileInputTest : public ::testing::Test {
 protected:
  void SetUp() override {
    office_.set_up();
    put("/api/groups/gate", JsonObject{{"name", JsonObject{{"vi", "Cổng làng"}}}});
    put("/api/sites/yard",
        JsonObject{{"name", JsonObject{{"vi", "Sân đình"}}}, {"class", "relic"}});
    kiosk_.enrol("Cổng chính");
    ASSERT_EQ(newcomer_->begin().status, 200);
    command_ = command("screenshot");
    for (const Operation& operation : samples_.operations()) {
      if (is_of_kiosks(operation.path)) operations_.push_back(operation);
    }
  }

  void put(const std::string& target, const JsonValue& body) {
    ASSERT_EQ(office_.call(Method::put, target, body).status, 200);
  }
  std::string command(const std::string& kind) {
    return office_
        .post("/api/kiosks/" + kiosk_.id.text() + "/commands", JsonObject{{"kind", kind}})
        .text("id");
  }

  // So that the request could succeed: an enrolment that waits, a stick that is new, ...
  void prepare(const Operation& operation) {
    if (operation.path == "/kiosk/enrolments") office_.clock.advance(minutes{11});
    if (operation.path == "/kiosk/enrolments/stick" && is_used_) {
      const JsonObject body{{"name", "Đình làng"}, {"group", "gate"}};
      stick_ = office_.post("/api/install-sticks", body).text("token");
    }
    if (operation.path == "/api/enrolments/{enrolment}/confirm" && is_used_) {
      ASSERT_EQ(newcomer_->begin().status, 200);
      ASSERT_EQ(newcomer_->reveal().status, 200);
    }
    if (operation.path != "/kiosk/heartbeat") asked_.clear();
    if (operation.path == "/kiosk/heartbeat" && is_used_) {
      office_.clock.advance(Milliseconds{1});
      asked_ = command("identify");
    }
    is_used_ = false;
  }

  std::optional<JsonValue> choose(const std::string& name) {
    if (name == "group") return JsonValue("gate");
    if (name == "site") return JsonValue("yard");
    if (name == "kiosk") return JsonValue(kiosk_.id.text());
    if (name == "public_key") return JsonValue(hex_of(kiosk_.key.public_key().bytes));
    if (name == "started_at" || name == "at") {
      return JsonValue(format_instant(office_.clock.now() + minutes{++counter_}));
    }
    if (name == "token") return JsonValue(stick_);
    if (name == "id" && !asked_.empty()) return JsonValue(asked_);
    if (name == "id") return JsonValue("record-" + std::to_string(++counter_));
    if (name == "sequence" || name == "counter") return JsonValue(std::int64_t{++counter_});
    return std::nullopt;
  }
  SampledBody sample(const Operation& operation) {
    return samples_.body(operation, [this](const std::string& name) { return choose(name); });
  }

  // With the signature of this kiosk, where the rest of the body can be read at all.
  std::string signed_body(const Operation& operation, std::string body) const {
    const auto json = parse_json(body);
    std::string signature;
    if (!json) return body;
    if (operation.path.ends_with("/records")) {
      const auto read = read_signed_batch(*json);
      if (read) signature = kiosk_.key.sign(record_batch_text(read->batch));
    } else if (operation.path == "/kiosk/token") {
      const auto read = read_token_request(*json);
      if (read) signature = kiosk_.key.sign(token_request_text(read->kiosk, read->counter));
    } else if (operation.path == "/kiosk/enrolments/stick") {
      const auto read = read_stick_enrolment(*json);
      if (read)
        signature = kiosk_.key.sign(stick_enrolment_text(read->token, read->public_key));
    }
    const std::size_t place = body.find(kUnsigned);
    if (!signature.empty() && place != std::string::npos) {
      body.replace(place, kUnsigned.size(), signature);
    }
    return body;
  }

  std::string filled(std::string path) const {
    const std::pair<std::string, std::string> values[] = {
        {"{kiosk}", kiosk_.id.text()},
        {"{group}", "gate"},
        {"{site}", "yard"},
        {"{command}", command_},
        {"{enrolment}", newcomer_->offer.enrolment}};
    for (const auto& [name, value] : values) {
      const std::size_t place = path.find(name);
      if (place != std::string::npos) path.replace(place, name.size(), value);
    }
    return path;
  }

  ApiAnswer send(const Operation& operation, std::string path, std::string body) {
    Request request;
    request.method = operation.method;
    request.path = std::move(path);
    request.peer = "192.168.1.60";
    if (operation.path.starts_with("/kiosk/")) {
      request.headers = {{"authorization", "Bearer " + kiosk_.token}};
    } else {
      request.headers = {{"origin", "https://gate.local:8443"}, {"x-conglang", "1"}};
      request.cookies.emplace("__Host-conglang", office_.cookie);
    }
    if (!body.empty()) request.headers.emplace("content-type", "application/json");
    request.body = std::move(body);
    ApiAnswer answer = office_.send(std::move(request));
    EXPECT_LT(answer.status, 500);
    EXPECT_NE(answer.code().empty(), answer.status >= 400);
    if (answer.status < 300) is_used_ = true;
    if (operation.path == "/kiosk/token" && answer.status == 200) {
      kiosk_.token = answer.text("token");
    }
    return answer;
  }
  ApiAnswer say(const Operation& operation, const std::string& body) {
    return send(operation, filled(operation.path), signed_body(operation, body));
  }

  // Where the officer sees what that operation changed.
  JsonValue view(const Operation& operation, const ApiAnswer& answer) {
    const std::string kiosk = "/api/kiosks/" + kiosk_.id.text();
    if (operation.path == "/kiosk/enrolments") return open_enrolments();
    if (operation.path.ends_with("/records")) return newest_records();
    if (operation.path == "/kiosk/heartbeat") return office_.get(kiosk).body;
    if (operation.path == "/api/kiosks/{kiosk}") return office_.get(kiosk).body;
    if (operation.path == "/api/install-sticks") {
      return TestKiosk(office_).use_stick(answer.text("token")).body;
    }
    if (operation.path == "/api/enrolments/{enrolment}/confirm") {
      return office_.get("/api/kiosks/" + answer.text("id")).body;
    }
    return office_.get("/api/places").body;
  }
  // The newest of each, from the store: the list of the API is long, and here it is asked for
  // a thousand times.
  JsonValue newest_records() {
    RecordBatch newest;
    EXPECT_TRUE(office_.database
                    ->read([&](const Stores& stores) -> Status {
                      newest.plays = stores.kiosks.plays(kiosk_.id, 1).value();
                      newest.events = stores.kiosks.events(kiosk_.id, 1).value();
                      return {};
                    })
                    .ok());
    return parse_json(write_signed_batch({newest, ""})).value();
  }
  JsonValue open_enrolments() {
    // Each enrolment has moved the clock on, and no session lasts for ever.
    if (office_.get("/api/session").status == 401) office_.sign_in("lan");
    return office_.get("/api/enrolments").body;
  }

  void try_text(const Operation& operation, const HostileText& text, std::size_t place_number) {
    prepare(operation);
    const SampledBody body = sample(operation);
    const SampledPlace& place = body.places[place_number];
    const std::string where = operation.name() + place.pointer;
    SCOPED_TRACE(where + ", " + text.name);
    const ApiAnswer answer = say(operation, body.with(place, "\"" + text.literal + "\""));
    if (place.kind != Kind::text) return;
    if (text.verdict == Verdict::refused) {
      EXPECT_EQ(answer.status, 400);
      EXPECT_EQ(answer.code(), "malformed");
    } else if (text.verdict == Verdict::taken) {
      ++taken_;
      EXPECT_LT(answer.status, 300) << write_json(answer.body);
      if (answer.status < 300 && where != kStickProgram) {
        EXPECT_TRUE(holds(view(operation, answer), text.shown));
      }
    }
  }

  void try_texts(const std::string& start) {
    for (const Operation& operation : operations_) {
      if (!operation.takes_json || !operation.path.starts_with(start)) continue;
      is_used_ = true;
      const SampledBody body = sample(operation);
      for (std::size_t i = 0; i < body.places.size(); ++i) {
        if (body.places[i].kind != Kind::text && body.places[i].kind != Kind::word) continue;
        for (std::size_t t = i % kEvery; t < texts_.size(); t += kEvery) {
          try_text(operation, texts_[t], i);
        }
      }
    }
  }

  ApiOffice office_;
  TestKiosk kiosk_{office_};
  std::unique_ptr<TestKiosk> newcomer_ = std::make_unique<TestKiosk>(office_);
  SchemaSamples samples_{std::string(CONGLANG_SOURCE_DIR) + "/content-server/openapi.json"};
  std::vector<Operation> operations_;
  const std::vector<HostileText> texts_ = hostile_texts();
  const std::vector<HostileBody> bodies_ = hostile_bodies();
  std::string command_, asked_;
  std::string stick_ = std::string(64, '0');
  bool is_used_ = true;  // what prepare() made
  std::int64_t counter_ = 0;
  int taken_ = 0;
};

TEST_F(HostileInputTest, TheCorporaAreLargeAndTheApiIsWhole) {
  EXPECT_GE(texts_.size(), 150u);
  EXPECT_GE(bodies_.size(), 120u);
  EXPECT_GE(operations_.size(), 24u);
}

// The samples must be good, or everything below would be refused for another reason.
TEST_F(HostileInputTest, WhatIsSampledIsTaken) {
  for (const Operation& operation : operations_) {
    // These want a proof that only the whole way can give: see kiosk_enrolment_api_test.cpp.
    const bool is_proof = operation.path == "/kiosk/enrolments/{enrolment}/reveal" ||
                          operation.path == "/kiosk/enrolments/{enrolment}/poll";
    if (!operation.takes_json || is_proof) continue;
    is_used_ = true;
    prepare(operation);

    const ApiAnswer answer = say(operation, write_json(sample(operation).value));

    EXPECT_LT(answer.status, 300) << operation.name() << write_json(answer.body);
  }
}

// Where the paths begin whose bodies are tried together, and at least how many texts are taken.
struct Part {
  const char* start;
  int taken;
};
constexpr Part kParts[] = {
    {"/kiosk/enrolments", 300},
    {"/kiosk/heartbeat", 1000},
    {"/kiosk/records", 1000},
    {"/kiosk/t", 0},
    {"/api/", 1000},
};

class HostileTextTest : public HostileInputTest, public ::testing::WithParamInterface<Part> {};

INSTANTIATE_TEST_SUITE_P(Parts, HostileTextTest, ::testing::ValuesIn(kParts),
                         [](const auto& part) { return "Part" + std::to_string(part.index); });

TEST_P(HostileTextTest, EveryTextIsTakenAndShownAgainOrRefusedByName) {
  try_texts(GetParam().start);

  EXPECT_GE(taken_, GetParam().taken / static_cast<int>(kEvery));
}

TEST_F(HostileInputTest, EveryBodyBelongsToOnePart) {
  for (const Operation& operation : operations_) {
    const auto parts =
        std::count_if(std::begin(kParts), std::end(kParts),
                      [&](const Part& part) { return operation.path.starts_with(part.start); });
    EXPECT_TRUE(parts == 1 || !operation.takes_json) << operation.name();
  }
}

TEST_F(HostileInputTest, AMemberThatNobodyKnowsIsRefused) {
  for (const Operation& operation : operations_) {
    if (!operation.takes_json) continue;
    is_used_ = true;
    prepare(operation);
    const SampledBody body = sample(operation);
    for (const SampledPlace& place : body.places) {
      if (place.kind != Kind::object) continue;
      for (const HostileText& text : texts_) {
        SCOPED_TRACE(operation.name() + place.pointer + ", " + text.name);
        const std::string member = "\"" + text.literal + "\":\"x\"";
        EXPECT_EQ(say(operation, body.with_member(place, member)).code(), "malformed");
      }
    }
  }
}

TEST_F(HostileInputTest, ABrokenBodyIsRefusedEverywhere) {
  for (const Operation& operation : operations_) {
    if (!operation.takes_json) continue;
    for (const HostileBody& body : bodies_) {
      if (body.bytes.empty()) continue;  // that has no Content-Type: see below
      SCOPED_TRACE(operation.name() + ", " + body.name);
      const ApiAnswer answer = say(operation, body.bytes);
      EXPECT_TRUE(answer.status == 400 || answer.status == 413) << answer.status;
      EXPECT_TRUE(answer.code() == "malformed" || answer.code() == "too-large");
    }
    EXPECT_EQ(say(operation, "").code(), "not-json");
  }
}

TEST_F(HostileInputTest, ABrokenValueIsRefusedInEveryPlace) {
  for (const Operation& operation : operations_) {
    if (!operation.takes_json) continue;
    is_used_ = true;
    prepare(operation);
    const SampledBody body = sample(operation);
    for (const SampledPlace& place : body.places) {
      if (place.pointer.empty()) continue;
      for (const HostileBody& value : bodies_) {
        const bool is_blank = value.bytes.find_first_not_of(" \n") == std::string::npos;
        if (is_blank && place.pointer.ends_with("/0")) continue;  // a list without elements
        SCOPED_TRACE(operation.name() + place.pointer + ", " + value.name);
        const ApiAnswer answer = say(operation, body.with(place, value.bytes));
        EXPECT_TRUE(answer.status >= 400 || value.verdict != Verdict::refused);
      }
    }
  }
}

TEST_F(HostileInputTest, EveryTextInAPathIsAnswered) {
  const auto encoded = [](const std::string& text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
    return out;
  };
  int asked = 0;
  for (const Operation& operation : operations_) {
    const std::size_t start = operation.path.find('{'), end = operation.path.find('}');
    if (start == std::string::npos) continue;
    for (const HostileText& text : texts_) {
      std::string path = operation.path;
      path.replace(start, end - start + 1, encoded(text.shown));
      const auto target = parse_request_target(filled(path));
      if (!target || text.shown.empty()) continue;  // the HTTP room has refused it already
      SCOPED_TRACE(operation.name() + ", " + text.name);
      // The same places may be other routes: /kiosk/enrolments/stick.
      const std::string body =
          operation.takes_json ? write_json(sample(operation).value) : std::string();
      const ApiAnswer answer = send(operation, target->path, body);
      EXPECT_TRUE(answer.status < 300 || answer.status == 404 || answer.status == 400 ||
                  answer.status == 403)
          << answer.status;
      ++asked;
    }
  }
  EXPECT_GT(asked, 1000);
}

TEST_F(HostileInputTest, NoTextIsAToken) {
  for (const HostileText& text : texts_) {
    kiosk_.token = text.shown.empty() ? text.literal : text.shown;
    SCOPED_TRACE(text.name);
    EXPECT_EQ(kiosk_.beat().code(), "unknown-token");
  }
}

TEST_F(HostileInputTest, NoTextIsAPicture) {
  for (const HostileBody& body : bodies_) {
    SCOPED_TRACE(body.name);
    EXPECT_EQ(kiosk_.put_picture(command_, body.bytes).code(), "malformed");
  }
}

TEST_F(HostileInputTest, WhatIsNotSaidToBeJsonIsNotReadAsJson) {
  for (const char* type :
       {"", "text/plain", "application/jsonp", "application", ";", "\xff",
        "text/html; a=application/json", "application/x-www-form-urlencoded"}) {
    Request request;
    request.method = Method::post;
    request.path = "/kiosk/heartbeat";
    request.headers = {{"authorization", "Bearer " + kiosk_.token}, {"content-type", type}};
    request.body = write_json(write(kiosk_.heartbeat()));

    const ApiAnswer answer = office_.send(std::move(request));

    EXPECT_EQ(answer.status, 422) << type;
    EXPECT_EQ(answer.code(), "not-json");
  }
}

}  // namespace
}  // namespace conglang::server
