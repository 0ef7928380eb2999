#include "content-server/kiosks/enrolments.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "content-server/kiosks/places.h"
#include "playlists/base/uuid.h"
#include "playlists/trust/public_key.h"

namespace conglang::server {
namespace {

// Without what is mistaken for something else (0 O, 1 I L, 5 S, 8 B): 27, so 38 bits.
constexpr std::string_view kLetters = "234679ACDEFGHJKMNPQRTUVWXYZ";

std::uint64_t random_word() {
  std::uint64_t word = 0;
  randombytes_buf(&word, sizeof word);
  return word;
}

std::string fresh_id(Instant now) { return make_uuid7(now, random_word(), random_word()); }

bool is_signed_text(const Bytes32& key, std::string_view text, std::string_view signature) {
  return is_signed_by({"ed25519", "ed25519", key}, text, signature);
}

Error bad_signature(const std::string& what) {
  return {ErrorKind::untrusted, what + ": not signed by the kiosk's key", "bad-signature"};
}

Result<Enrolment> find_enrolment(const KioskDesk& desk, const std::string& id) {
  auto found = desk.kiosks.find_enrolment(id);
  if (!found) return found.error();
  if (!*found) return Error{ErrorKind::missing, "enrolment " + id + ": is not there"};
  return std::move(**found);
}

bool is_open(const Enrolment& enrolment, Instant now) {
  return enrolment.state == EnrolmentState::waiting && now < enrolment.ends_at;
}

Error is_over(const std::string& id) {
  return {ErrorKind::conflict, "enrolment " + id + ": is over", "enrolment-over"};
}

Result<Kiosk> add_kiosk(const KioskDesk& desk, const NewKiosk& next, const Bytes32& key) {
  Kiosk kiosk;
  kiosk.id = KioskId(fresh_id(desk.now));
  kiosk.name = next.name;
  kiosk.group = next.group;
  kiosk.site = next.site;
  kiosk.public_key = key;
  kiosk.token = sha256(new_kiosk_token());  // nobody has it: the first poll makes another
  kiosk.made_at = desk.now;
  if (Status kept = desk.kiosks.keep(kiosk); !kept) return kept.error();
  const Status noted = desk.note(
      "kiosk.enrolled", "kiosk:" + kiosk.id.text(), {},
      JsonObject{{"name", kiosk.name}, {"group", kiosk.group.text()}, {"key", hex_of(key)}});
  if (!noted) return noted.error();
  return kiosk;
}

Result<KioskGrant> grant_token(const KioskDesk& desk, Kiosk kiosk) {
  const std::string token = new_kiosk_token();
  kiosk.token = sha256(token);
  if (Status kept = desk.kiosks.keep(kiosk); !kept) return kept.error();
  return KioskGrant{kiosk.id, kiosk.name, kiosk.group, token};
}

}  // namespace

std::string new_enrolment_code() {
  std::string code;
  for (int i = 0; i < 8; ++i) {
    if (i == 4) code += '-';
    code += kLetters[randombytes_uniform(static_cast<std::uint32_t>(kLetters.size()))];
  }
  return code;
}

std::string new_kiosk_token() {
  Bytes32 bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return hex_of(bytes);
}

Result<Kiosk> find_kiosk(const KioskDesk& desk, const KioskId& id) {
  auto found = desk.kiosks.find(id);
  if (!found) return found.error();
  if (!*found) return Error{ErrorKind::missing, "kiosk " + id.text() + ": is not there"};
  return std::move(**found);
}

Result<EnrolmentOffer> begin_enrolment(const KioskDesk& desk, const EnrolmentRequest& request,
                                       const std::string& from, const OfficeLink& office) {
  if (Status tidied = desk.kiosks.remove_enrolments_before(desk.now - std::chrono::hours{24});
      !tidied) {
    return tidied.error();
  }
  const auto open = open_enrolments(desk);
  if (!open) return open.error();
  const auto same = std::count_if(open->begin(), open->end(), [&](const Enrolment& other) {
    return other.address == from;
  });
  if (open->size() >= kMostOpenEnrolments ||
      static_cast<std::size_t>(same) >= kMostOpenOfAnAddress) {
    return Error{ErrorKind::conflict, "enrolment: too many wait already; try again later",
                 "too-many-enrolments"};
  }
  Enrolment enrolment;
  enrolment.id = fresh_id(desk.now);
  do {
    enrolment.code = new_enrolment_code();
  } while (std::any_of(open->begin(), open->end(),
                       [&](const Enrolment& other) { return other.code == enrolment.code; }));
  enrolment.commitment = request.commitment;
  randombytes_buf(enrolment.office_nonce.data(), enrolment.office_nonce.size());
  enrolment.program = request.program;
  enrolment.address = from;
  enrolment.made_at = desk.now;
  enrolment.ends_at = desk.now + kEnrolmentLife;
  if (Status kept = desk.kiosks.keep(enrolment); !kept) return kept.error();
  return EnrolmentOffer{enrolment.id, enrolment.code, enrolment.office_nonce, enrolment.ends_at,
                        office.address + "/enrol#" + enrolment.code};
}

Result<EnrolmentAnchors> reveal_enrolment(const KioskDesk& desk, const std::string& id,
                                          const EnrolmentReveal& reveal,
                                          const OfficeLink& office) {
  auto enrolment = find_enrolment(desk, id);
  if (!enrolment) return enrolment.error();
  if (!is_open(*enrolment, desk.now)) return is_over(id);
  if (enrolment->reveal) {
    // Sent again because the answer was lost.
    if (*enrolment->reveal == reveal) return office.anchors;
    return Error{ErrorKind::conflict, "enrolment " + id + ": has revealed another key",
                 "revealed-already"};
  }
  if (commitment_of(reveal) != enrolment->commitment) {
    enrolment->state = EnrolmentState::refused;
    if (Status kept = desk.kiosks.keep(*enrolment); !kept) return kept.error();
    return Error{ErrorKind::untrusted,
                 "enrolment " + id + ": the key is not what was committed to", "commitment"};
  }
  enrolment->reveal = reveal;
  enrolment->number = comparison_number({reveal, office.anchors, enrolment->office_nonce});
  if (Status kept = desk.kiosks.keep(*enrolment); !kept) return kept.error();
  return office.anchors;
}

Result<Kiosk> confirm_enrolment(const KioskDesk& desk, const std::string& id,
                                const NewKiosk& next) {
  auto enrolment = find_enrolment(desk, id);
  if (!enrolment) return enrolment.error();
  if (!is_open(*enrolment, desk.now)) return is_over(id);
  if (!enrolment->reveal) {
    return Error{ErrorKind::conflict,
                 "enrolment " + id + ": the kiosk shows no number to compare yet",
                 "not-revealed"};
  }
  if (Status place = check_place(desk, next); !place) return place.error();
  auto kiosk = add_kiosk(desk, next, enrolment->reveal->public_key);
  if (!kiosk) return kiosk;
  enrolment->state = EnrolmentState::confirmed;
  enrolment->kiosk = kiosk->id;
  if (Status kept = desk.kiosks.keep(*enrolment); !kept) return kept.error();
  return kiosk;
}

Status refuse_enrolment(const KioskDesk& desk, const std::string& id) {
  auto enrolment = find_enrolment(desk, id);
  if (!enrolment) return enrolment.error();
  if (!is_open(*enrolment, desk.now)) return is_over(id);
  enrolment->state = EnrolmentState::refused;
  if (Status kept = desk.kiosks.keep(*enrolment); !kept) return kept;
  return desk.note("kiosk.refused", "enrolment:" + id, {},
                   JsonObject{{"address", enrolment->address}});
}

Result<std::vector<Enrolment>> open_enrolments(const KioskDesk& desk) {
  auto all = desk.kiosks.enrolments(desk.now);
  if (!all) return all;
  std::erase_if(*all, [&](const Enrolment& one) { return !is_open(one, desk.now); });
  return all;
}

Result<EnrolmentProgress> poll_enrolment(const KioskDesk& desk, const std::string& id,
                                         const EnrolmentPoll& poll) {
  const auto enrolment = find_enrolment(desk, id);
  if (!enrolment) return enrolment.error();
  const std::string text = enrolment_poll_text(id, enrolment->office_nonce);
  if (!enrolment->reveal ||
      !is_signed_text(enrolment->reveal->public_key, text, poll.signature)) {
    return bad_signature("enrolment " + id);
  }
  if (enrolment->state == EnrolmentState::refused) {
    return EnrolmentProgress{EnrolmentState::refused, {}};
  }
  if (enrolment->state == EnrolmentState::waiting) {
    const bool over = desk.now >= enrolment->ends_at;
    return EnrolmentProgress{over ? EnrolmentState::expired : EnrolmentState::waiting, {}};
  }
  auto kiosk = find_kiosk(desk, enrolment->kiosk.value_or(KioskId{}));
  if (!kiosk) return kiosk.error();
  const auto life = desk.kiosks.life(kiosk->id);
  if (!life) return life.error();
  // It has used a token: whoever asks now is late, and gets none.
  if (*life || kiosk->revoked_at) return EnrolmentProgress{EnrolmentState::expired, {}};
  auto grant = grant_token(desk, std::move(*kiosk));
  if (!grant) return grant.error();
  return EnrolmentProgress{EnrolmentState::confirmed, std::move(*grant)};
}

Result<InstallStick> make_stick(const KioskDesk& desk, const NewKiosk& next,
                                const OfficeLink& office) {
  if (Status place = check_place(desk, next); !place) return place.error();
  const std::string token = new_kiosk_token();
  const StickGrant stick{sha256(token),         next.name, next.group, next.site,
                         desk.now + kStickLife, {}};
  if (Status kept = desk.kiosks.keep(stick); !kept) return kept.error();
  const Status noted =
      desk.note("stick.made", "group:" + next.group.text(), {},
                JsonObject{{"name", next.name}, {"ends_at", format_instant(stick.ends_at)}});
  if (!noted) return noted.error();
  return InstallStick{office.address, office.anchors, token};
}

Result<KioskGrant> enrol_by_stick(const KioskDesk& desk, const StickEnrolment& enrolment) {
  auto stick = desk.kiosks.find_stick(sha256(enrolment.token));
  if (!stick) return stick.error();
  const bool counts = *stick && desk.now < (*stick)->ends_at;
  if (!counts) {
    return Error{ErrorKind::untrusted, "stick: is unknown or too old", "stick-token"};
  }
  if (!is_signed_text(enrolment.public_key,
                      stick_enrolment_text(enrolment.token, enrolment.public_key),
                      enrolment.signature)) {
    return bad_signature("stick");
  }
  if ((*stick)->used_by) {
    auto kiosk = find_kiosk(desk, *(*stick)->used_by);
    if (!kiosk) return kiosk.error();
    const auto life = desk.kiosks.life(kiosk->id);
    if (!life) return life.error();
    // The same kiosk again, whose first answer was lost.
    if (kiosk->public_key == enrolment.public_key && !*life && !kiosk->revoked_at) {
      return grant_token(desk, std::move(*kiosk));
    }
    return Error{ErrorKind::untrusted, "stick: was used already", "stick-token"};
  }
  auto kiosk =
      add_kiosk(desk, {(*stick)->name, (*stick)->group, (*stick)->site}, enrolment.public_key);
  if (!kiosk) return kiosk.error();
  (*stick)->used_by = kiosk->id;
  if (Status kept = desk.kiosks.keep(**stick); !kept) return kept.error();
  return grant_token(desk, std::move(*kiosk));
}

}  // namespace conglang::server
