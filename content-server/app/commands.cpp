#include "content-server/app/commands.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "content-server/app/care_commands.h"
#include "content-server/app/init_command.h"
#include "content-server/app/key_commands.h"
#include "content-server/app/read_passphrase.h"
#include "content-server/app/serve_command.h"
#include "content-server/app/sign_command.h"
#include "content-server/app/user_commands.h"
#include "content-server/publishing/key_folder.h"
#include "content-server/publishing/pack.h"

namespace conglang::server {
namespace {

struct Arguments {
  std::filesystem::path out;
  std::filesystem::path source;
  std::filesystem::path keys;
  std::optional<int> passphrase_fd;
  int root_keys = 2;
  int offline_days = 30;
  std::string now;
  ServeOptions serve;
  CareOptions care;
  UserOptions user;
  KeyOptions key;
  InitOptions init;
  SignOptions sign;
};

// A command and what it does; the first that was given runs.
struct Choice {
  const CLI::App* command;
  std::function<int()> run;
};

constexpr const char* kFooter =
    "Exit codes: 0 done, 1 failed (one line per error on standard error), 2 wrong usage.";

int fail(const CommandStreams& streams, const Error& error) {
  streams.err << to_string(error.kind) << ": " << error.message << "\n";
  return 1;
}

Result<Instant> time_of(const Arguments& arguments, Instant clock) {
  if (arguments.now.empty()) return clock;
  Result<Instant> given = parse_instant(arguments.now);
  if (given.ok()) return given;
  return Error{given.error().kind, "--now: " + given.error().message};
}

int create_key_folder(const Arguments& arguments, Instant clock,
                      const CommandStreams& streams) {
  const Result<Instant> now = time_of(arguments, clock);
  if (!now.ok()) return fail(streams, now.error());
  const Result<Secret> passphrase =
      read_passphrase(PassphraseUse::set_new, arguments.passphrase_fd);
  if (!passphrase.ok()) return fail(streams, passphrase.error());
  const auto names = create_keys(arguments.out, *passphrase, {arguments.root_keys, *now});
  if (!names.ok()) return fail(streams, names.error());

  for (const std::string& name : *names) {
    streams.out << (arguments.out / name).string() << "\n";
  }
  streams.out << "root.json is what every kiosk pins. Move each root-*.key to a stick of its "
                 "own and keep the sticks apart;\nany one of them can name new keys later. "
                 "Without the passphrase no targets can be signed.\n";
  return 0;
}

int pack_folder(const Arguments& arguments, Instant clock, const CommandStreams& streams) {
  const Result<Instant> now = time_of(arguments, clock);
  if (!now.ok()) return fail(streams, now.error());
  const PackOptions options{arguments.source, arguments.keys, arguments.out,
                            std::chrono::days(arguments.offline_days), *now};
  const Result<CheckedSource> source = check_source(options);
  if (!source.ok()) {
    streams.err << source.error().message << "\n";  // already one line per error
    return 1;
  }
  const Result<Secret> passphrase =
      read_passphrase(PassphraseUse::unlock, arguments.passphrase_fd);
  if (!passphrase.ok()) return fail(streams, passphrase.error());
  const auto summary = pack(options, *source, *passphrase, [&](const std::string& line) {
    streams.out << line << std::endl;  // flushed: somebody waits for it
  });
  if (!summary.ok()) return fail(streams, summary.error());
  streams.out << describe(*summary);
  return 0;
}

void add_passphrase(CLI::App& command, Arguments& arguments) {
  command
      .add_option("--passphrase-fd", arguments.passphrase_fd,
                  "Read the passphrase from this open descriptor instead of asking")
      ->type_name("N")
      ->check(CLI::Range(0, 1 << 20));
  command.add_option("--now", arguments.now, "Take this as the time (for tests and drills)")
      ->type_name("RFC3339");
}

CLI::App* add_keys(CLI::App& app, Arguments& arguments) {
  CLI::App* keys = app.add_subcommand("keys", "The keys of an office");
  keys->require_subcommand(1);
  CLI::App* create = keys->add_subcommand(
      "create", "Make a key for each role and the signed root.json that kiosks pin");
  create->add_option("--out", arguments.out, "The folder to make; it must not hold anything")
      ->required()
      ->type_name("DIR");
  create
      ->add_option("--root-keys", arguments.root_keys,
                   "How many root keys; any one of them suffices")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(1, kMaxRootKeys));
  add_passphrase(*create, arguments);
  create->footer(
      "The root and targets keys are locked with one passphrase of at least 12 "
      "characters.\n" +
      std::string(kFooter));
  return create;
}

CLI::App* add_pack(CLI::App& app, Arguments& arguments) {
  CLI::App* pack = app.add_subcommand(
      "pack",
      "Turn a folder with publication.json into a signed repository, or its next version");
  pack->add_option("SOURCE_DIR", arguments.source, "The folder with publication.json")
      ->required();
  pack->add_option("--keys", arguments.keys, "The folder made by `keys create`")
      ->required()
      ->type_name("DIR");
  pack->add_option("--out", arguments.out, "The repository to write")
      ->required()
      ->type_name("REPOSITORY");
  pack->add_option("--offline-days", arguments.offline_days,
                   "How long a kiosk may play it without any server")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(1, 366));
  add_passphrase(*pack, arguments);
  pack->footer(kFooter);
  return pack;
}

CLI::App* add_serve(CLI::App& app, ServeOptions& options) {
  CLI::App* serve = app.add_subcommand(
      "serve", "Run the office's server; an empty data folder begins with the set-up");
  serve->add_option("--data", options.data, "The server's data folder")
      ->required()
      ->type_name("DIR");
  serve->add_option("--config", options.config, "Settings instead of DIR/conglang.toml")
      ->type_name("FILE");
  serve->add_option("--listen", options.listen, "Address and port, as 0.0.0.0:8443")
      ->type_name("HOST:PORT");
  serve
      ->add_option("--help-listen", options.help_listen,
                   "Address and port of the page that explains the certificate; \"\" for none")
      ->type_name("HOST:PORT");
  serve
      ->add_option("--public-address", options.public_address,
                   "What browsers and kiosks use, as https://name:8443")
      ->type_name("URL");
  serve->add_flag("--print-settings", options.print_settings,
                  "Print the settings in effect as TOML, and do nothing else");
  serve->footer(kFooter);
  return serve;
}

CLI::App* add_care(CLI::App& parent, CareOptions& options, const char* name,
                   const char* words) {
  CLI::App* command = parent.add_subcommand(name, words);
  command->add_option("--data", options.data, "The server's data folder")
      ->required()
      ->type_name("DIR");
  command->footer(kFooter);
  return command;
}

std::vector<Choice> add_care_commands(CLI::App& app, CareOptions& options, Instant now,
                                      const CommandStreams& streams) {
  CLI::App* backup = add_care(app, options, "backup",
                              "Everything the office needs to begin again, in one file; also "
                              "while the server runs");
  backup->add_option("FILE", options.file, "DIR/backups/conglang-<time>.tar when not given");
  CLI::App* restore =
      add_care(app, options, "restore", "Put a backup into a folder that holds nothing");
  restore->add_option("FILE", options.file, "The backup")->required();
  const CLI::App* doctor = add_care(
      app, options, "doctor", "Say what is well and what is not; exit code 1 for a fault");
  CLI::App* audit = app.add_subcommand("audit", "The book of who did what");
  audit->require_subcommand(1);
  const CLI::App* verify =
      add_care(*audit, options, "verify", "Whether every entry is as it was written");
  return {{backup, [&, now] { return run_backup(options, now, streams); }},
          {restore, [&, now] { return run_restore(options, now, streams); }},
          {doctor, [&, now] { return run_doctor(options, now, streams); }},
          {verify, [&, now] { return run_audit_verify(options, now, streams); }}};
}

CLI::App* add_user(CLI::App& parent, UserOptions& options, const char* name,
                   const char* words) {
  CLI::App* command = parent.add_subcommand(name, words);
  command->add_option("--data", options.data, "The server's data folder")
      ->required()
      ->type_name("DIR");
  command->footer(kFooter);
  return command;
}

std::vector<Choice> add_user_commands(CLI::App& app, UserOptions& options, Instant now,
                                      const CommandStreams& streams) {
  CLI::App* user = app.add_subcommand("user", "People of the office, from its own machine");
  user->require_subcommand(1);
  const CLI::App* list = add_user(*user, options, "list", "Everybody, with rights and keys");
  CLI::App* invite = add_user(*user, options, "invite", "A link for a new person");
  invite->add_option("NAME", options.name, "As colleagues know them")->required();
  invite->add_flag("--author", options.rights.author, "Writes and submits");
  invite->add_flag("--approver", options.rights.approver, "Signs what may be shown");
  invite->add_flag("--administrator", options.rights.administrator, "People, units, kiosks");
  invite->add_flag("--may-take-down", options.rights.may_take_down, "Hides at once");
  invite->add_flag("--read-only", options.rights.read_only, "Looks on");
  CLI::App* reset =
      add_user(*user, options, "reset", "A link for somebody who lost the password or the key");
  reset->add_option("ACCOUNT", options.account, "The account or the person's id")->required();
  CLI::App* close = add_user(*user, options, "close", "Somebody who works here no more");
  close->add_option("ACCOUNT", options.account, "The account or the person's id")->required();
  return {{list, [&, now] { return run_user_list(options, now, streams); }},
          {invite, [&, now] { return run_user_invite(options, now, streams); }},
          {reset, [&, now] { return run_user_reset(options, now, streams); }},
          {close, [&, now] { return run_user_close(options, now, streams); }}};
}

}  // namespace

int run_commands(int argc, const char* const* argv, Instant now, CommandStreams streams) {
  Arguments arguments;
  CLI::App app("Cổng Làng: the office of the information kiosks", "conglang-server");
  app.require_subcommand(1);
  app.footer(kFooter);
  CLI::App* create = add_keys(app, arguments);
  const CLI::App* pack = add_pack(app, arguments);
  const CLI::App* serve = add_serve(app, arguments.serve);
  std::vector<Choice> choices = add_care_commands(app, arguments.care, now, streams);
  for (Choice& choice : add_user_commands(app, arguments.user, now, streams)) {
    choices.push_back(std::move(choice));
  }
  for (auto& [command, work] :
       add_key_commands(*create->get_parent(), arguments.key, now, streams)) {
    choices.push_back({command, std::move(work)});
  }
  const CLI::App* init = add_init_command(app, arguments.init);
  choices.push_back({init, [&] { return run_init(arguments.init, now, streams); }});
  const CLI::App* sign = add_sign_command(app, arguments.sign);
  choices.push_back({sign, [&] { return run_sign(arguments.sign, now, streams); }});
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, streams.out, streams.err) == 0 ? 0 : 2;
  }
  if (create->parsed()) return create_key_folder(arguments, now, streams);
  if (pack->parsed()) return pack_folder(arguments, now, streams);
  if (serve->parsed()) return run_serve(arguments.serve, streams);
  for (const Choice& choice : choices) {
    if (choice.command->parsed()) return choice.run();
  }
  return 2;
}

}  // namespace conglang::server
