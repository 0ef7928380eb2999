// How kiosks, groups and enrolments look in the JSON of the officer's API.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "content-server/api/access_bodies.h"
#include "content-server/api/kiosk_caller.h"
#include "content-server/kiosks/enrolments.h"
#include "content-server/kiosks/kiosk_link.h"

namespace conglang::server {

inline constexpr std::int64_t kMostKioskBody = 16 << 10;
inline constexpr std::int64_t kMostKioskName = 100;  // characters

struct KioskView {
  Kiosk kiosk;
  std::optional<KioskLife> life;
  KioskHealth health = KioskHealth::never_seen;
  PublishedVersions published;
};

JsonValue write_kiosk(const KioskView& view);
JsonValue write_command(const KioskCommand& command);
JsonValue write_group(const Group& group);
JsonValue write_site(const Site& site);
JsonValue write_enrolment_view(const Enrolment& enrolment);

NewKiosk read_new_kiosk(ObjectReader& reader);

// Runs `work` in one transaction as the caller, kept over a power cut.
Status write_kiosks_as(const ApiParts& parts, const Caller& caller,
                       const std::function<Status(const KioskDesk&)>& work);

}  // namespace conglang::server
