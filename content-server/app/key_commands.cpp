#include "content-server/app/key_commands.h"

#include <map>
#include <memory>
#include <ostream>

#include "content-server/app/data_folder.h"
#include "content-server/app/named_person.h"
#include "content-server/app/root_key_files.h"
#include "content-server/publishing/office_root.h"
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

// The office as a ceremony finds it.
struct CeremonyOffice {
  std::unique_ptr<Database> database;
  OfficeRepository repository;
  PublishedState state;
  std::vector<Person> people;
  std::vector<ApproverKey> keys;
};

Status look(CeremonyOffice& office, Instant now) {
  auto state = office.repository.published(now);
  if (!state) return state.error();
  office.state = std::move(*state);
  return office.database->read([&](const Stores& stores) -> Status {
    auto people = stores.people.all();
    if (!people) return people.error();
    auto keys = stores.people.all_keys();
    if (!keys) return keys.error();
    office.people = std::move(*people);
    office.keys = std::move(*keys);
    return {};
  });
}

// What an earlier ceremony left undone is brought to its end first.
Result<CeremonyOffice> open_office(const KeyOptions& options, Instant now) {
  const DataFolder folder{options.data};
  std::error_code failed;
  if (!std::filesystem::exists(folder.database(), failed)) {
    return Error{ErrorKind::missing, folder.root.string() + ": holds no office"};
  }
  auto database = Database::open(folder.database(), {.backups = folder.backups()}, now);
  if (!database) return database.error();
  CeremonyOffice office{std::move(*database), OfficeRepository(folder.root), {}, {}, {}};
  const Status followed =
      office.database->write(Durability::power_cut, [&](const Stores& stores) -> Status {
        const auto done = follow_root(desk_of(stores, now), office.repository);
        return done ? Status{} : Status(done.error());
      });
  if (!followed) return followed.error();
  if (Status seen = look(office, now); !seen) return seen.error();
  return office;
}

Result<SigningKey> prepare(CeremonyOffice& office, const std::string& role, Instant now) {
  std::optional<SigningKey> key;
  const Status kept =
      office.database->write(Durability::power_cut, [&](const Stores& stores) -> Status {
        auto made = prepare_online_key(desk_of(stores, now), office.repository, role);
        if (!made) return made.error();
        key = std::move(*made);
        return {};
      });
  if (!kept) return kept.error();
  return std::move(*key);
}

Result<std::vector<ApproverKey>> keys_of(const CeremonyOffice& office,
                                         const std::string& named) {
  for (const Person& person : office.people) {
    if (person.account != named && person.id.text() != named) continue;
    std::vector<ApproverKey> own;
    for (const ApproverKey& key : office.keys) {
      if (key.person == person.id) own.push_back(key);
    }
    return own;
  }
  return Error{ErrorKind::missing, "user " + named + ": there is none"};
}

// One ceremony: who signs it, and what it changes.
struct Ceremony {
  std::vector<SigningKey> signers;
  RootChange change;
};

Result<Ceremony> plan_root(KeyStep step, const KeyOptions& options,
                           const CeremonyOffice& office, const CommandStreams& streams) {
  auto signers = open_root_keys(options.root_keys, options.passphrase_fd, streams);
  if (!signers) return signers.error();
  RootKeyPlan plan{step, {}, options.key_id, options.threshold};
  if (step != KeyStep::revoke) {
    auto next =
        make_root_key(options.new_root_key, options.data, options.passphrase_fd, streams);
    if (!next) return next.error();
    plan.next = next->public_key();
    signers->push_back(std::move(*next));  // the next root is signed by its own keys too
  }
  auto change = plan_root_key(plan, office.state.root);
  if (!change) return change.error();
  return Ceremony{std::move(*signers), std::move(*change)};
}

Result<Ceremony> plan_ceremony(KeyStep step, const KeyOptions& options, CeremonyOffice& office,
                               Instant now, const CommandStreams& streams) {
  if (options.subject == "root") return plan_root(step, options, office, streams);
  auto signers = open_root_keys(options.root_keys, options.passphrase_fd, streams);
  if (!signers) return signers.error();
  if (options.subject == "snapshot" || options.subject == "timestamp") {
    const Role role = options.subject == "snapshot" ? Role::snapshot : Role::timestamp;
    const auto next = prepare(office, options.subject, now);
    if (!next) return next.error();
    return Ceremony{std::move(*signers),
                    plan_online_key(role, next->public_key(), office.state.root)};
  }
  const auto keys = keys_of(office, options.subject);
  if (!keys) return keys.error();
  auto change = plan_approver(step, *keys, office.state.root);
  if (!change) return change.error();
  return Ceremony{std::move(*signers), std::move(*change)};
}

void say_what_follows(const CeremonyOffice& office, const RootMetadata& next,
                      const CommandStreams& streams) {
  streams.out << "root version " << next.version << ", until " << format_instant(next.expires)
              << "\n";
  for (const std::string& id : office.state.delegated_keys("urgent")) {
    if (next.roles.at(Role::targets).key_ids.contains(id)) continue;
    streams.out << "The next approval takes key " << id
                << " out of those that may send urgent messages: approve something soon.\n";
  }
  streams.out << "Kiosks follow with their next look. Make a backup now: an older one does not "
                 "know these keys.\n";
}

int hold(CeremonyOffice& office, const Ceremony& ceremony, Instant now,
         const CommandStreams& streams) {
  const auto next = next_root(office.state.root, ceremony.change, now);
  if (!next) return fail(streams, next.error());
  const auto bytes =
      sign_root(office.state.root, *next, {ceremony.signers.begin(), ceremony.signers.end()});
  if (!bytes) return fail(streams, bytes.error());
  const Status kept =
      office.database->write(Durability::power_cut, [&](const Stores& stores) -> Status {
        const auto changed = change_root(desk_of(stores, now), office.repository, *bytes);
        return changed ? Status{} : Status(changed.error());
      });
  if (!kept) return fail(streams, kept.error());
  say_what_follows(office, *next, streams);
  return 0;
}

int prepare_takedown(CeremonyOffice& office, Instant now, const CommandStreams& streams) {
  const auto key = prepare(office, "takedown", now);
  if (!key) return fail(streams, key.error());
  streams.out << "takedown key " << key->id() << " waits\n"
              << "The next approval names it, and from then on it signs what is hidden; until "
                 "then the old one does.\n";
  return 0;
}

// Nothing when the words can be obeyed.
std::string wrong_usage(KeyStep step, const KeyOptions& options) {
  const bool is_online = options.subject == "snapshot" || options.subject == "timestamp" ||
                         options.subject == "takedown";
  if (is_online && step != KeyStep::rotate) {
    return options.subject + ": has exactly one key, which can be rotated";
  }
  if (options.subject == "takedown") return {};
  if (options.root_keys.empty()) return "--root-key: is required";
  const bool makes = options.subject == "root" && step != KeyStep::revoke;
  if (makes && options.new_root_key.empty()) return "--root-key-out: is required";
  if (!makes && !options.new_root_key.empty()) return "--root-key-out: is for a new root key";
  return {};
}

std::string name_of_person(const CeremonyOffice& office, const PersonId& id) {
  for (const Person& person : office.people) {
    if (person.id == id) {
      return (person.account.empty() ? person.id.text() : person.account) + "  " + person.name;
    }
  }
  return id.text();
}

void list_role(const CeremonyOffice& office, Role role, const CommandStreams& streams) {
  for (const std::string& id : office.state.keys_of(role)) {
    streams.out << name_of(role) << "  " << id << "\n";
  }
}

void list_approvers(const CeremonyOffice& office, const CommandStreams& streams) {
  for (const ApproverKey& key : office.keys) {
    if (key.state == KeyState::removed) continue;
    streams.out << "targets  " << id_of({"ed25519", "ed25519", key.locked.public_key}) << "  "
                << to_string(key.state) << "  " << name_of_person(office, key.person) << "\n";
  }
}

Status list_waiting(const CeremonyOffice& office, const CommandStreams& streams) {
  for (const char* role : {"snapshot", "timestamp", "takedown"}) {
    const auto ids = OfficeRepository::online_key_ids(office.state, role);
    if (!ids) continue;  // before the first release
    const auto key = find_waiting_key(office.repository.keys_folder(), role, *ids);
    if (!key) return key.error();
    if (*key) streams.out << role << "  " << (*key)->id() << "  waiting\n";
  }
  return {};
}

}  // namespace

int run_keys_list(const KeyOptions& options, Instant now, CommandStreams streams) {
  const auto office = open_office(options, now);
  if (!office) return fail(streams, office.error());
  const RootMetadata& root = office->state.root;
  const RoleKeys& root_keys = root.roles.at(Role::root);
  streams.out << "root version " << root.version << ", until " << format_instant(root.expires)
              << ", " << root_keys.threshold << " of " << root_keys.key_ids.size()
              << " root keys must sign\n";
  list_role(*office, Role::root, streams);
  list_approvers(*office, streams);
  list_role(*office, Role::snapshot, streams);
  list_role(*office, Role::timestamp, streams);
  for (const std::string& id : office->state.delegated_keys("takedown")) {
    streams.out << "takedown  " << id << "\n";
  }
  const Status listed = list_waiting(*office, streams);
  return listed ? 0 : fail(streams, listed.error());
}

int run_keys_step(KeyStep step, const KeyOptions& options, Instant now,
                  CommandStreams streams) {
  if (const std::string why = wrong_usage(step, options); !why.empty()) {
    streams.err << why << "\n";
    return 2;
  }
  auto office = open_office(options, now);
  if (!office) return fail(streams, office.error());
  if (options.subject == "takedown") return prepare_takedown(*office, now, streams);
  const auto ceremony = plan_ceremony(step, options, *office, now, streams);
  if (!ceremony) return fail(streams, ceremony.error());
  return hold(*office, *ceremony, now, streams);
}

int run_keys_renew(const KeyOptions& options, Instant now, CommandStreams streams) {
  if (options.root_keys.empty()) {
    streams.err << "--root-key: is required\n";
    return 2;
  }
  auto office = open_office(options, now);
  if (!office) return fail(streams, office.error());
  auto signers = open_root_keys(options.root_keys, options.passphrase_fd, streams);
  if (!signers) return fail(streams, signers.error());
  return hold(*office, {std::move(*signers), {}}, now, streams);
}

}  // namespace conglang::server
