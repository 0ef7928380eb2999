#include "content-server/app/init_command.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>
#include <utility>

#include "content-server/access/login_key_hasher.h"
#include "content-server/access/setup.h"
#include "content-server/app/data_folder.h"
#include "content-server/app/own_addresses.h"
#include "content-server/app/read_passphrase.h"
#include "content-server/app/root_key_files.h"
#include "content-server/app/server_names.h"
#include "content-server/app/settings.h"
#include "content-server/http/local_ca.h"
#include "content-server/publishing/key_folder.h"
#include "content-server/publishing/office_trust.h"
#include "content-server/publishing/root_ceremony.h"
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

Result<std::unique_ptr<Database>> open_unused(const DataFolder& folder, Instant now) {
  auto database = Database::open(folder.database(), {.backups = folder.backups()}, now);
  if (!database) return database;
  bool is_used = false;
  const Status read = (*database)->read([&](const Stores& stores) -> Status {
    const auto done = is_set_up(stores.office);
    if (!done) return done.error();
    is_used = *done;
    return {};
  });
  if (!read) return read.error();
  if (!is_used) return database;
  return Error{ErrorKind::conflict, folder.root.string() + ": this office is set up already",
               "already-set-up"};
}

// The authority that kiosks will pin, and the server's certificate.
Status make_certificates(const DataFolder& folder, Instant now) {
  const auto settings = read_settings(folder.settings());
  if (!settings) return settings.error();
  if (settings->behind_proxy) return {};
  const auto made =
      open_local_ca(folder.tls(), certificate_names(*settings, own_addresses()), now);
  return made ? Status{} : Status(made.error());
}

// The first person, exactly as a browser makes them, and the key that approves.
struct FirstPerson {
  AcceptedInvitation accepted;
  SigningKey key = SigningKey::generate();
};

Result<FirstPerson> make_person(const InitOptions& options, const CommandStreams& streams) {
  if (!options.passphrase_fd) {
    streams.err << "The password of " << options.account << "\n" << std::flush;
  }
  const auto password = read_passphrase(PassphraseUse::set_new, options.passphrase_fd);
  if (!password) return password.error();
  FirstPerson first;
  first.accepted.account = options.account;
  first.accepted.name = options.person;
  const PasswordSalt salt = random_password_salt();
  const auto keys = derive_password_keys(password->text(), salt);
  if (!keys) return keys.error();
  LoginKeyHasher hasher;
  auto hash = hasher.hash(keys->login_key);
  if (!hash) return hash.error();
  first.accepted.credentials = {salt, std::move(*hash)};
  first.accepted.locked = lock_key(first.key.seed(), keys->unlock_key, salt);
  return first;
}

Result<std::vector<SigningKey>> make_root_keys(const InitOptions& options,
                                               const CommandStreams& streams) {
  std::vector<SigningKey> keys;
  for (const auto& file : options.root_keys) {
    auto key = make_root_key(file, options.data, options.passphrase_fd, streams);
    if (!key) return key.error();
    keys.push_back(std::move(*key));
  }
  return keys;
}

Result<std::string> sign_first_root(const OfficeRepository& repository,
                                    const FirstPerson& person,
                                    const std::vector<SigningKey>& root_keys, Instant now) {
  const auto online = open_first_online_keys(repository.keys_folder());
  if (!online) return online.error();
  RootKeys named{{},
                 person.key.public_json(),
                 online->snapshot.public_json(),
                 online->timestamp.public_json()};
  for (const SigningKey& key : root_keys) named.root.push_back(key.public_json());
  return sign_metadata(root_body({1, now + kRootLife}, named),
                       {root_keys.begin(), root_keys.end()});
}

Result<LocalizedText> office_name(const InitOptions& options) {
  const auto vi = normalize_text(options.name);
  if (!vi) return Error{vi.error().kind, "--name: " + vi.error().message};
  LocalizedText name{*vi, {}};
  if (options.name_en.empty()) return name;
  const auto en = normalize_text(options.name_en);
  if (!en) return Error{en.error().kind, "--name-en: " + en.error().message};
  name.others.emplace("en", *en);
  return name;
}

// All but the code.
Result<SetupAnswers> answers_of(const InitOptions& options, const FirstPerson& person,
                                std::string root) {
  auto name = office_name(options);
  if (!name) return name.error();
  SetupAnswers answers;
  answers.office_name = std::move(*name);
  answers.second_person_approves = options.second_person_approves;
  answers.timezone = options.timezone;
  answers.person = person.accepted;
  answers.root = std::move(root);
  return answers;
}

// The code that a browser would have to show is made and used in one transaction.
Status set_up(Database& database, const OfficeRepository& repository, SetupAnswers answers,
              Instant now) {
  return database.write(Durability::power_cut, [&](const Stores& stores) -> Status {
    const AccessDesk desk = desk_of(stores, now);
    auto code = begin_office(desk);
    if (!code) return code.error();
    if (!*code) return Error{ErrorKind::conflict, "office: is set up already"};
    answers.code = std::move(**code);
    OfficeTrust trust(repository);
    const auto first = set_up_office(desk, answers, trust);
    return first ? Status{} : Status(first.error());
  });
}

}  // namespace

int run_init(const InitOptions& options, Instant now, CommandStreams streams) {
  const DataFolder folder{options.data};
  const auto lock = lock_data_folder(folder);
  if (!lock) return fail(streams, lock.error());
  if (Status made = prepare_data_folder(folder); !made) return fail(streams, made.error());
  const auto database = open_unused(folder, now);
  if (!database) return fail(streams, database.error());
  if (Status made = make_certificates(folder, now); !made) return fail(streams, made.error());
  const auto person = make_person(options, streams);
  if (!person) return fail(streams, person.error());
  const auto root_keys = make_root_keys(options, streams);
  if (!root_keys) return fail(streams, root_keys.error());
  const OfficeRepository repository(folder.root);
  const auto root = sign_first_root(repository, *person, *root_keys, now);
  if (!root) return fail(streams, root.error());
  auto answers = answers_of(options, *person, *root);
  if (!answers) return fail(streams, answers.error());
  const Status done = set_up(**database, repository, std::move(*answers), now);
  if (!done) return fail(streams, done.error());

  streams.out << "The office of " << options.name << " is set up; start it with serve --data "
              << folder.root.string()
              << ".\nThe private keys were made on this machine: " << options.account
              << "'s is kept locked with the password, the root key is only "
              << "in\n";
  for (const auto& file : options.root_keys) streams.out << "  " << file.string() << "\n";
  streams.out << "locked with its passphrase. Move it to a stick, keep that in a drawer, and "
                 "delete it here.\n";
  return 0;
}

CLI::App* add_init_command(CLI::App& app, InitOptions& options) {
  CLI::App* init = app.add_subcommand(
      "init", "Set an office up at the command line, instead of in a browser");
  init->add_option("--data", options.data, "The server's data folder; it holds no office yet")
      ->required()
      ->type_name("DIR");
  init->add_option("--name", options.name, "The commune's name in Vietnamese")->required();
  init->add_option("--name-en", options.name_en, "And in English");
  init->add_option("--account", options.account, "The first person's account")->required();
  init->add_option("--person", options.person, "The first person's name")->required();
  init->add_flag("--second-person", options.second_person_approves,
                 "Who submitted something may not approve it");
  init->add_option("--timezone", options.timezone, "As Asia/Ho_Chi_Minh, which is the default");
  init->add_option("--root-key-out", options.root_keys,
                   "Where to write the root key, outside of DIR; again for a second one")
      ->required()
      ->type_name("FILE")
      ->expected(1, kMaxRootKeys);
  init->add_option("--passphrase-fd", options.passphrase_fd,
                   "Read from this open descriptor instead of asking, one a line: the "
                   "person's password, then the passphrase of each root key")
      ->type_name("N")
      ->check(CLI::Range(0, 1 << 20));
  return init;
}

}  // namespace conglang::server
