#include "content-server/app/user_commands.h"

#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <utility>

#include "content-server/access/people.h"
#include "content-server/app/data_folder.h"
#include "content-server/app/named_person.h"
#include "content-server/storage/database.h"

namespace conglang::server {
namespace {

int fail(const CommandStreams& streams, const Error& error) {
  streams.err << to_string(error.kind) << ": " << error.message << "\n";
  return 1;
}

AccessDesk desk_of(const Stores& stores, Instant now) {
  return {stores.people, stores.sessions, stores.units, stores.office,
          stores.audit,  "command-line",  now};
}

// In one transaction, kept over a power cut.
Status work_on(const UserOptions& options, Instant now,
               const std::function<Status(const AccessDesk&)>& work) {
  const DataFolder folder{options.data};
  std::error_code failed;
  if (!std::filesystem::exists(folder.database(), failed)) {
    return Error{ErrorKind::missing, folder.root.string() + ": holds no office"};
  }
  auto database = Database::open(folder.database(), {.backups = folder.backups()}, now);
  if (!database) return database.error();
  return (*database)->write(Durability::power_cut,
                            [&](const Stores& stores) { return work(desk_of(stores, now)); });
}

std::string words_of(const Rights& rights) {
  std::string words;
  const auto add = [&](bool has, const char* word) {
    if (has) words += (words.empty() ? "" : ",") + std::string(word);
  };
  add(rights.author, "author");
  add(rights.approver, "approver");
  add(rights.administrator, "administrator");
  add(rights.may_take_down, "may-take-down");
  add(rights.read_only, "read-only");
  return words;
}

using Inviting = std::function<Result<NewInvitation>(const AccessDesk&)>;

int print_invitation(const UserOptions& options, Instant now, const CommandStreams& streams,
                     const Inviting& inviting) {
  std::optional<NewInvitation> made;
  const Status done = work_on(options, now, [&](const AccessDesk& desk) -> Status {
    auto invitation = inviting(desk);
    if (!invitation) return invitation.error();
    made = std::move(*invitation);
    return {};
  });
  if (!done) return fail(streams, done.error());
  streams.out << "person " << made->person.id.text() << "\n"
              << "invitation " << made->token << "\n"
              << "until " << format_instant(made->ends_at) << "\n"
              << "Open https://<the server's address>/invitation#" << made->token << "\n";
  return 0;
}

}  // namespace

int run_user_list(const UserOptions& options, Instant now, CommandStreams streams) {
  const Status done = work_on(options, now, [&](const AccessDesk& desk) -> Status {
    const auto people = desk.people.all();
    if (!people) return people.error();
    const auto keys = desk.people.all_keys();
    if (!keys) return keys.error();
    std::map<PersonId, std::string> states;
    for (const ApproverKey& key : *keys) states[key.person] = to_string(key.state);
    for (const Person& person : *people) {
      const auto key = states.find(person.id);
      streams.out << person.id.text() << "  " << to_string(person.state) << "  "
                  << (person.account.empty() ? "-" : person.account) << "  " << person.name
                  << "  " << words_of(person.rights)
                  << (key == states.end() ? "" : "  key " + key->second) << "\n";
    }
    return {};
  });
  return done ? 0 : fail(streams, done.error());
}

int run_user_invite(const UserOptions& options, Instant now, CommandStreams streams) {
  return print_invitation(options, now, streams, [&](const AccessDesk& desk) {
    return invite_person(desk, {options.name, options.rights, std::nullopt});
  });
}

int run_user_reset(const UserOptions& options, Instant now, CommandStreams streams) {
  return print_invitation(options, now, streams,
                          [&](const AccessDesk& desk) -> Result<NewInvitation> {
                            const auto person = find_named(desk.people, options.account);
                            if (!person) return person.error();
                            return reset_person(desk, person->id);
                          });
}

int run_user_close(const UserOptions& options, Instant now, CommandStreams streams) {
  const Status done = work_on(options, now, [&](const AccessDesk& desk) -> Status {
    const auto person = find_named(desk.people, options.account);
    if (!person) return person.error();
    return close_person(desk, person->id);
  });
  return done ? 0 : fail(streams, done.error());
}

}  // namespace conglang::server
