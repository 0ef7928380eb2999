#include "content-server/access/setup.h"

#include <sodium.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "content-server/access/password_change.h"
#include "playlists/base/check.h"

namespace conglang::server {
namespace {

// Without what is mistaken for something else: 0 O, 1 I.
constexpr std::string_view kAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
static_assert(kAlphabet.size() == 32);
constexpr std::size_t kCodeLetters = 12;  // 60 bits
constexpr std::size_t kMostTimezoneBytes = 64;

std::string random_letters() {
  std::string letters;
  for (std::size_t nth = 0; nth < kCodeLetters; ++nth) {
    letters += kAlphabet[randombytes_uniform(kAlphabet.size())];
  }
  return letters;
}

// As people type it: small letters, with or without hyphens and spaces.
Sha256Digest digest_of(const std::string& typed) {
  std::string letters;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    letters += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return sha256(std::string_view(letters));
}

Error already_set_up() {
  return {ErrorKind::conflict, "office: is set up already", "already-set-up"};
}

// The code that counts, or nothing when it is worn out.
Result<std::optional<SetupCode>> open_code(const AccessDesk& desk) {
  const auto done = is_set_up(desk.office);
  if (!done.ok()) return done.error();
  if (*done) return already_set_up();
  auto code = desk.office.find_setup_code();
  if (!code.ok()) return code.error();
  const bool counts =
      *code && desk.now < (*code)->ends_at && (*code)->wrong_tries < kMostWrongSetupTries;
  if (!counts) return std::optional<SetupCode>();
  return code;
}

bool is_timezone(std::string_view name) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '/' || c == '_' || c == '+' || c == '-';
  };
  return !name.empty() && name.size() <= kMostTimezoneBytes && name.front() != '/' &&
         std::ranges::all_of(name, is_part);
}

Result<Office> office_of(const AccessDesk& desk, const SetupAnswers& answers) {
  Office office;
  office.name = answers.office_name;
  office.second_person_approves = answers.second_person_approves;
  if (!answers.timezone.empty()) office.timezone = answers.timezone;
  office.set_up_at = desk.now;
  if (office.name.vi.empty()) {
    return Error{ErrorKind::malformed, "office name: is missing in Vietnamese"};
  }
  if (!is_timezone(office.timezone)) {
    return Error{ErrorKind::malformed, "timezone: must be a name like Asia/Ho_Chi_Minh"};
  }
  return office;
}

JsonValue office_for_audit(const Office& office) {
  return JsonObject{{"name", office.name.vi},
                    {"second_person_approves", office.second_person_approves},
                    {"timezone", office.timezone},
                    {"root", office.root.hex()}};
}

// An invitation to oneself, accepted at once: one way for people to come.
Result<Person> add_first_person(const AccessDesk& desk, const AcceptedInvitation& person) {
  const auto invited = invite_person(
      desk, {person.name,
             {.author = true, .approver = true, .administrator = true, .may_take_down = true},
             std::nullopt});
  if (!invited.ok()) return invited.error();
  return accept_invitation(desk, invited->token, person);
}

}  // namespace

Result<std::optional<std::string>> begin_office(const AccessDesk& desk) {
  check(sodium_init() >= 0, "libsodium has a source of randomness");
  const auto secret = desk.office.find_salt_secret();
  if (!secret.ok()) return secret.error();
  if (!*secret) {
    Secret fresh(32);
    randombytes_buf(fresh.data(), fresh.size());
    const Status kept = desk.office.keep_salt_secret(fresh);
    if (!kept.ok()) return kept.error();
  }
  const auto done = is_set_up(desk.office);
  if (!done.ok()) return done.error();
  if (*done) return std::optional<std::string>();

  const std::string letters = random_letters();
  Status status = desk.office.keep_setup_code(
      {sha256(std::string_view(letters)), desk.now + kSetupCodeLife, 0});
  if (status.ok()) status = desk.note("office.setup-code-made", "office", {}, {});
  if (!status.ok()) return status.error();
  return std::optional(letters.substr(0, 4) + "-" + letters.substr(4, 4) + "-" +
                       letters.substr(8));
}

Result<bool> is_set_up(OfficeStore& office) {
  const auto found = office.find();
  if (!found.ok()) return found.error();
  return found->has_value();
}

Result<SetupCodeCheck> check_setup_code(const AccessDesk& desk, const std::string& code) {
  auto open = open_code(desk);
  if (!open.ok()) return open.error();
  if (!*open) return SetupCodeCheck::worn_out;
  if ((*open)->code == digest_of(code)) return SetupCodeCheck::right;
  ++(*open)->wrong_tries;
  Status status = desk.office.keep_setup_code(**open);
  if (status.ok()) {
    status = desk.note("office.setup-code-refused", "office", {},
                       JsonObject{{"wrong_tries", (*open)->wrong_tries}});
  }
  if (!status.ok()) return status.error();
  return SetupCodeCheck::wrong;
}

Result<Person> set_up_office(const AccessDesk& desk, const SetupAnswers& answers,
                             InitialTrust& trust) {
  const auto open = open_code(desk);
  if (!open.ok()) return open.error();
  if (!*open) return Error{ErrorKind::untrusted, "code: is worn out", "setup-code-worn-out"};
  if ((*open)->code != digest_of(answers.code)) {
    return Error{ErrorKind::untrusted, "code: is wrong", "setup-code"};
  }
  auto office = office_of(desk, answers);
  if (!office.ok()) return office.error();
  const auto person = add_first_person(desk, answers.person);
  if (!person.ok()) return person.error();

  const auto& key = answers.person.locked->public_key;
  const auto root = trust.begin(answers.root, key, desk.now);
  if (!root.ok()) return root.error();
  office->root = *root;
  Status status = desk.office.keep(*office);
  if (status.ok()) status = desk.office.remove_setup_code();
  if (status.ok()) status = desk.note("office.set-up", "office", {}, office_for_audit(*office));
  if (status.ok()) status = apply_root(desk, *root, {key});
  if (!status.ok()) return status.error();
  return person;
}

Result<Office> change_office(const AccessDesk& desk, const LocalizedText& name,
                             const std::string& timezone) {
  auto office = desk.office.find();
  if (!office.ok()) return office.error();
  if (!*office) return Error{ErrorKind::missing, "office: is not set up"};
  const JsonValue before = office_for_audit(**office);
  if (name.vi.empty()) return Error{ErrorKind::malformed, "name: is missing in Vietnamese"};
  if (!is_timezone(timezone)) {
    return Error{ErrorKind::malformed, "timezone: must be a name like Asia/Ho_Chi_Minh"};
  }
  (*office)->name = name;
  (*office)->timezone = timezone;
  Status status = desk.office.keep(**office);
  if (status.ok()) {
    status = desk.note("office.changed", "office", before, office_for_audit(**office));
  }
  if (!status.ok()) return status.error();
  return std::move(**office);
}

Status change_second_person(const AccessDesk& desk, bool second_person_approves) {
  auto office = desk.office.find();
  if (!office.ok()) return office.error();
  if (!*office) return Error{ErrorKind::missing, "office: is not set up"};
  const JsonValue before = office_for_audit(**office);
  (*office)->second_person_approves = second_person_approves;
  Status status = desk.office.keep(**office);
  if (!status.ok()) return status;
  return desk.note("office.changed", "office", before, office_for_audit(**office));
}

}  // namespace conglang::server
