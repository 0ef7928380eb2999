// An office with a group, and kiosks that come to it, in memory.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "content-server/kiosks/enrolments.h"
#include "content-server/kiosks/kiosk_link.h"
#include "content-server/kiosks/places.h"
#include "tests/support/memory_audit_log.h"
#include "tests/support/memory_kiosk_store.h"
#include "tests/support/test_repository.h"

namespace conglang::server {

class KioskWorld : public testing::Test {
 protected:
  KioskWorld() {
    EXPECT_TRUE(keep_group(desk(), {GroupId("gate"), {"Cổng làng", {}}}).ok());
    audit_.entries.clear();
  }

  KioskDesk desk(const std::string& actor = "person:lan") {
    return {kiosks_, audit_, actor, now_};
  }

  static EnrolmentReveal reveal_of(const TestKey& key) {
    EnrolmentReveal reveal{key.public_key().bytes, {}};
    reveal.nonce.fill(7);
    return reveal;
  }

  EnrolmentOffer begin(const TestKey& key, const std::string& from = "192.168.1.60") {
    const EnrolmentRequest request{commitment_of(reveal_of(key)), "player 1"};
    const auto offer = begin_enrolment(desk("server"), request, from, office_);
    EXPECT_TRUE(offer.ok()) << offer.error().message;
    return offer ? *offer : EnrolmentOffer{};
  }
  EnrolmentOffer begin_and_reveal(const TestKey& key) {
    const EnrolmentOffer offer = begin(key);
    EXPECT_TRUE(
        reveal_enrolment(desk("server"), offer.enrolment, reveal_of(key), office_).ok());
    return offer;
  }
  Result<EnrolmentProgress> poll(const EnrolmentOffer& offer, const TestKey& key) {
    const std::string text = enrolment_poll_text(offer.enrolment, offer.office_nonce);
    return poll_enrolment(desk("server"), offer.enrolment, {key.sign(text)});
  }
  Kiosk enrol(const TestKey& key, const std::string& name = "Cổng chính") {
    const EnrolmentOffer offer = begin_and_reveal(key);
    const auto kiosk = confirm_enrolment(desk(), offer.enrolment, {name, GroupId("gate"), {}});
    EXPECT_TRUE(kiosk.ok()) << kiosk.error().message;
    return kiosk ? *kiosk : Kiosk{};
  }

  template <typename T>
  static void expect_error(const Result<T>& result, const std::string& kind,
                           const std::string& code = "") {
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(to_string(result.error().kind), kind) << result.error().message;
    EXPECT_EQ(result.error().code, code);
  }

  Instant now_ = parse_instant("2026-11-23T10:00:00Z").value();
  OfficeLink office_{"https://gate.local:8443", {"PEM", "root"}};
  MemoryKioskStore kiosks_;
  MemoryAuditLog audit_;
  TestKey key_{"kiosk"}, other_{"another"};
};

}  // namespace conglang::server
