// The whole API without a network: real routes, rules, database and files. Every request and
// every answer is held against content-server/openapi.json.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content-server/access/login_key_hasher.h"
#include "content-server/api/api_parts.h"
#include "content-server/api/api_routes.h"
#include "content-server/publishing/office_repository.h"
#include "content-server/publishing/office_trust.h"
#include "content-server/publishing/signing_key.h"
#include "content-server/publishing/write_metadata.h"
#include "playlists/base/clock.h"
#include "tests/support/api/openapi_document.h"
#include "tests/support/office_database.h"

namespace conglang::server {

class HandClock : public Clock {
 public:
  Instant now() const override { return now_; }
  MonotonicTime monotonic() const override {
    return MonotonicTime{std::chrono::nanoseconds{now_.time_since_epoch()}};
  }
  void advance(Milliseconds by) { now_ += by; }

 private:
  Instant now_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
               std::chrono::hours{10}};
};

class HeardEvents : public EventStreams {
 public:
  void publish(std::string_view topic, std::string_view event, std::string_view data) override {
    heard.push_back(std::string(topic) + " " + std::string(event) + " " + std::string(data));
  }
  std::vector<std::string> heard;
};

// The office as kiosks pin it, without a repository behind it.
class FixedLink : public KioskOffice {
 public:
  Result<OfficeLink> link() override { return OfficeLink{"https://gate.local:8443", anchors}; }
  Result<PublishedVersions> published(const GroupId& /*group*/) override { return versions; }
  Result<SignedTime> sign_time(const TimeQuestion& question, Instant now) override {
    return SignedTime{now, key.id(), key.sign(signed_time_text(question.nonce, now))};
  }

  EnrolmentAnchors anchors{"PEM", "root"};
  PublishedVersions versions;
  SigningKey key = SigningKey::generate();
};

struct ApiAnswer {
  int status = 0;
  JsonValue body;
  Response response;

  // The error's code; empty for a success.
  std::string code() const {
    const JsonValue* error = body.find("error");
    const JsonValue* word = error == nullptr ? nullptr : error->find("code");
    return word == nullptr || word->string() == nullptr ? std::string() : *word->string();
  }
  // A member that must be a text.
  std::string text(std::string_view name) const {
    const JsonValue* value = body.find(name);
    if (value == nullptr || value->string() == nullptr) {
      ADD_FAILURE() << "no text \"" << name << "\" in " << write_json(body);
      return {};
    }
    return *value->string();
  }
};

class ApiOffice {
 public:
  ApiOffice();

  // As the page asks: with the cookie of the last sign-in, our own origin and header. A body
  // that is null is none.
  ApiAnswer call(Method method, const std::string& target, const JsonValue& body = {});
  ApiAnswer get(const std::string& target) { return call(Method::get, target); }
  ApiAnswer post(const std::string& target, const JsonValue& body = {}) {
    return call(Method::post, target, body);
  }

  // Exactly as given, but for the route's path values: for requests that no page makes.
  ApiAnswer send(Request request);

  // A fresh office: its first person may do everything. Then signs that person in.
  void set_up(bool second_person_approves = false);
  ApiAnswer sign_in(const std::string& account);

  // What a person of the tests sends of a password: not derived, because nothing here judges
  // passwords. The locked key is a real one.
  JsonValue credentials(const std::string& account, const SigningKey& key) const;
  static std::string login_key(const std::string& account);

  OfficeDatabase database;
  HandClock clock;
  HeardEvents events;
  LoginKeyHasher hasher;
  OfficeRepository repository;
  OfficeTrust trust;
  FixedLink link;
  SigningKey root_key = SigningKey::generate();
  SigningKey approver = SigningKey::generate();
  std::string setup_code;
  std::string cookie;  // of who is signed in
  std::vector<std::string> log;
  bool is_disk_ill = false;  // then an answer may carry a fault for the log
  std::optional<ApiParts> parts;
  Routes routes;
  OpenApiDocument document;
};

}  // namespace conglang::server
