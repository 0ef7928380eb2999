// From an empty folder to an office with its first person. There is no default account.
#pragma once

#include <optional>
#include <string>

#include "content-server/access/access_desk.h"
#include "content-server/access/people.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"

namespace conglang::server {

inline constexpr std::chrono::hours kSetupCodeLife{24};
inline constexpr int kMostWrongSetupTries = 20;

// Makes what the office needs before anybody signs in (the secret of faked salts), and while
// there is no office a new set-up code, which replaces the one before.
// Returns: the code to show on the terminal ("ABCD-EFGH-JKLM", 60 random bits), or nothing
// when the office is set up.
Result<std::optional<std::string>> begin_office(const AccessDesk& desk);

Result<bool> is_set_up(OfficeStore& office);

enum class SetupCodeCheck { right, wrong, worn_out };  // worn_out: too old, or tried too often

// Counts a wrong try; its transaction must be kept.
// Fails: conflict, code "already-set-up".
Result<SetupCodeCheck> check_setup_code(const AccessDesk& desk, const std::string& code);

// The repository's side of the set-up, declared here and implemented above this room.
class InitialTrust {
 public:
  virtual ~InitialTrust() = default;

  // What the client must put into root.json besides its own keys:
  // {"snapshot":KEY,"timestamp":KEY,"takedown":KEY}, each in TUF's form.
  virtual Result<JsonValue> online_keys() = 0;

  // Checks the signed root.json (its own signature, our online keys, the approver's key for
  // targets) and begins the repository with it. Called last inside the transaction; doing it
  // again with the same or another root before the office exists must succeed.
  // Returns: the SHA-256 of root.json. Fails: untrusted; malformed; storage.
  virtual Result<Sha256Digest> begin(const std::string& root,
                                     const std::array<std::uint8_t, 32>& approver_key,
                                     Instant now) = 0;
};

struct SetupAnswers {
  std::string code;
  LocalizedText office_name;
  bool second_person_approves = false;
  std::string timezone;       // empty: Asia/Ho_Chi_Minh
  AcceptedInvitation person;  // the first one: administrator, author, approver, may take down
  std::string root;           // root.json, its bytes
};

// Fails: as check_setup_code() (untrusted, code "setup-code" or "setup-code-worn-out");
// malformed; as InitialTrust::begin().
Result<Person> set_up_office(const AccessDesk& desk, const SetupAnswers& answers,
                             InitialTrust& trust);

// The commune's name and time zone. Fails: missing before the set-up; malformed.
Result<Office> change_office(const AccessDesk& desk, const LocalizedText& name,
                             const std::string& timezone);

// Asked once at set-up; changed only on the server's own command line.
Status change_second_person(const AccessDesk& desk, bool second_person_approves);

}  // namespace conglang::server
