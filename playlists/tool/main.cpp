// conglang-playlists: the rules of the shared language, for people and scripts.

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>

#include "playlists/base/time.h"
#include "playlists/tool/check_command.h"
#include "playlists/tool/schema_command.h"
#include "playlists/tool/verify_command.h"

namespace {

constexpr int kUsage = 2;

// False, with a line on standard error, when it is no instant. Empty means now.
bool read_now(const std::string& text, conglang::Instant& now) {
  if (text.empty()) {
    now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    return true;
  }
  const auto instant = conglang::parse_instant(text);
  if (!instant) {
    std::cerr << "conglang-playlists: --now: " << instant.error().message << "\n";
    return false;
  }
  now = *instant;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Cổng Làng: checks publications and signed repositories.\n"
      "Exit codes: 0 good, 1 faults (one line each), 2 usage."};
  app.require_subcommand(1);

  std::vector<std::string> files;
  CLI::App* check = app.add_subcommand("check", "Say what is wrong with publications");
  check->add_option("PUBLICATION", files, "publication.json, in either form")->required();

  CLI::App* schema = app.add_subcommand("schema", "Print the JSON Schema of a publication");

  conglang::VerifyOptions verify;
  std::string now;
  CLI::App* verify_command =
      app.add_subcommand("verify", "Check a repository as a kiosk would");
  verify_command
      ->add_option("REPOSITORY", verify.repository, "The folder with metadata/ and targets/")
      ->required();
  verify_command->add_option("--root", verify.root, "root.json, the anchor of trust")
      ->required();
  verify_command->add_option("--state", verify.state, "Where trust is kept between runs")
      ->required();
  verify_command->add_option("--now", now, "The time to judge by, like 2026-11-23T10:00:00Z");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    return app.exit(fault) == 0 ? 0 : kUsage;
  }
  if (*check) return conglang::run_check(files, std::cout, std::cerr);
  if (*schema) return conglang::run_schema(std::cout);
  if (!read_now(now, verify.now)) return kUsage;
  return conglang::run_verify(verify, std::cout, std::cerr);
}
