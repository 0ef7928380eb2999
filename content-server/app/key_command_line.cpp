// The words of `conglang-server keys ...`; see key_commands.h.
#include <CLI/CLI.hpp>

#include "content-server/app/key_commands.h"
#include "content-server/publishing/key_folder.h"

namespace conglang::server {
namespace {

CLI::App* add_one(CLI::App& keys, KeyOptions& options, const char* name, const char* words) {
  CLI::App* command = keys.add_subcommand(name, words);
  command->add_option("--data", options.data, "The server's data folder")
      ->required()
      ->type_name("DIR");
  return command;
}

void add_signing(CLI::App& command, KeyOptions& options) {
  command
      .add_option("--root-key", options.root_keys,
                  "A file with a root key; again for each that must sign")
      ->type_name("FILE");
  command
      .add_option("--passphrase-fd", options.passphrase_fd,
                  "Read the passphrases from this open descriptor, one a line: of each "
                  "--root-key in their order, then of --root-key-out")
      ->type_name("N")
      ->check(CLI::Range(0, 1 << 20));
}

CLI::App* add_step(CLI::App& keys, KeyOptions& options, const char* name, const char* words) {
  CLI::App* command = add_one(keys, options, name, words);
  command
      ->add_option("WHAT", options.subject,
                   "An account, or root, snapshot, timestamp, takedown")
      ->required();
  add_signing(*command, options);
  command
      ->add_option("--root-key-out", options.new_root_key,
                   "Where the new root key is written; for WHAT = root")
      ->type_name("FILE");
  command
      ->add_option("--key", options.key_id,
                   "The root key that goes, as `keys list` shows it; for WHAT = root")
      ->type_name("ID");
  command
      ->add_option("--threshold", options.threshold,
                   "How many root keys must sign from now on; for WHAT = root")
      ->type_name("N")
      ->check(CLI::Range(1, kMaxRootKeys));
  return command;
}

}  // namespace

CommandChoices add_key_commands(CLI::App& keys, KeyOptions& options, Instant now,
                                const CommandStreams& streams) {
  CLI::App* list = add_one(keys, options, "list", "Which keys the root names, and whose");
  CLI::App* renew = add_one(keys, options, "renew", "The same keys for five more years");
  add_signing(*renew, options);
  CLI::App* add = add_step(keys, options, "add",
                           "Let a person's waiting key approve, or name one more root key");
  CLI::App* rotate = add_step(keys, options, "rotate", "Put the next key in the place of one");
  CLI::App* revoke =
      add_step(keys, options, "revoke",
               "Take a person's lost keys out (all of them when none is lost), or a root key");
  const auto step = [&options, now, &streams](KeyStep what) {
    return
        [&options, now, &streams, what] { return run_keys_step(what, options, now, streams); };
  };
  return {{list, [&options, now, &streams] { return run_keys_list(options, now, streams); }},
          {renew, [&options, now, &streams] { return run_keys_renew(options, now, streams); }},
          {add, step(KeyStep::add)},
          {rotate, step(KeyStep::rotate)},
          {revoke, step(KeyStep::revoke)}};
}

}  // namespace conglang::server
