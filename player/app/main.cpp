// conglang-player: plays a signed repository on a kiosk, or local files like any player.

#include <malloc.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "player/app/enrol_command.h"
#include "player/app/import_command.h"
#include "player/app/play_command.h"
#include "player/app/render_command.h"
#include "player/app/reset_floor_command.h"
#include "player/app/run_command.h"
#include "player/app/status_command.h"

namespace {

using namespace conglang::player;

// The command line's own words, before they are checked.
struct ShowWords {
  std::string size, rotate = "0", language = "both", capture_at;
  double still_seconds = 8, crossfade = 0, exit_after = 0;
};

std::chrono::milliseconds milliseconds_of(double seconds) {
  return std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)};
}

void add_show_options(CLI::App& command, ShowWords& words, ShowOptions& options) {
  constexpr double kDay = 86400;
  command.add_option("--size", words.size, "WIDTHxHEIGHT of the window or the picture");
  command.add_flag("--fullscreen", options.fullscreen, "The whole display");
  command.add_option("--rotate", words.rotate, "0, 90, 180 or 270, clockwise");
  command.add_option("--language", words.language, "vi, en or both");
  command.add_flag("--mute", options.mute, "No sound");
  command.add_flag("--loop", options.loop, "Begin again after the last item (run always does)");
  command.add_option("--still-seconds", words.still_seconds, "How long a local picture stays")
      ->check(CLI::Range(0.1, kDay));
  command.add_option("--crossfade", words.crossfade, "Seconds to fade between local files")
      ->check(CLI::Range(0.0, 60.0));
  command.add_option("--exit-after", words.exit_after, "End by itself after so many seconds")
      ->check(CLI::Range(0.0, 365 * kDay));
  command.add_option("--frame-log", options.frame_log, "Write one line for each picture shown");
  command.add_option("--capture-at", words.capture_at,
                     "Seconds at which to keep a picture: 1,2.5");
  command.add_option("--capture-dir", options.capture_dir, "Where to keep them");
}

template <typename T>
bool take(conglang::Result<T> value, T& target) {
  if (!value) {
    std::cerr << "conglang-player: " << value.error().message << "\n";
    return false;
  }
  target = std::move(*value);
  return true;
}

// False, with a line on standard error, when a word does not hold.
bool read_words(const ShowWords& words, ShowOptions& options) {
  if (!words.size.empty()) {
    Size size;
    if (!take(parse_size(words.size), size)) return false;
    options.size = size;
  }
  if (words.exit_after > 0) options.exit_after = milliseconds_of(words.exit_after);
  options.still_time = milliseconds_of(words.still_seconds);
  options.crossfade = milliseconds_of(words.crossfade);
  return take(parse_turn(words.rotate), options.rotate) &&
         take(parse_language_choice(words.language), options.language) &&
         take(parse_seconds_list(words.capture_at), options.capture_at);
}

bool read_words(const ShowWords& words, RenderOptions& options) {
  return (words.size.empty() || take(parse_size(words.size), options.size)) &&
         take(parse_language_choice(words.language), options.language);
}

// An option in milliseconds.
void add_period(CLI::App& command, const std::string& name, std::chrono::milliseconds& period,
                const std::string& words) {
  command
      .add_option_function<std::int64_t>(
          name, [&period](std::int64_t value) { period = std::chrono::milliseconds{value}; },
          words)
      ->check(CLI::Range(10, 3'600'000));
}

// An option that counts in larger steps than the program does.
struct CountedIn {
  std::int64_t unit = 1;  // bytes
  std::int64_t least = 1;
};

void add_bytes(CLI::App& command, const std::string& name, CountedIn counted,
               std::int64_t& bytes, const std::string& words) {
  constexpr std::int64_t kMost = 100'000'000;  // of kilobytes or megabytes: beyond any machine
  command
      .add_option_function<std::int64_t>(
          name, [&bytes, unit = counted.unit](std::int64_t value) { bytes = value * unit; },
          words)
      ->check(CLI::Range(counted.least, kMost));
}

void add_content_options(CLI::App& command, ContentRules& content) {
  constexpr CountedIn kMegabyte{1'000'000};
  add_bytes(command, "--quota-megabytes", kMegabyte, content.quota,
            "How much of the disk the programmes may take (68719)");
  add_bytes(command, "--keep-free-megabytes", kMegabyte, content.keep_free,
            "How much of the disk stays free (536)");
}

void add_sync_options(CLI::App& command, RunOptions& options) {
  constexpr CountedIn kKilobyte{1000, 8};  // slower than that counts as a link that hangs
  add_bytes(command, "--most-kilobytes-per-second", kKilobyte,
            options.fetch.most_bytes_per_second,
            "The most that downloads may take of the link (no limit)");
  add_content_options(command, options.content);
  command
      .add_option(
          "--sticks", options.sticks,
          "A folder in which USB sticks are mounted (/media); may be given again; none: "
          "sticks are not read")
      ->allow_extra_args(false);
  add_period(command, "--heartbeat-ms", options.heartbeat_period,
             "How often the office hears of this kiosk (for tests)");
  add_period(command, "--poll-ms", options.look_period,
             "How often it looks for something new (for tests)");
  command.footer(
      "Without --repository and --root it plays what the kiosk is enrolled for.\n"
      "Exit codes: 0 ended, 1 failed, 2 usage, 75 the office asked for a restart.");
}

void add_enrol_options(CLI::App& command, EnrolOptions& options) {
  auto* server = command.add_option("URL", options.server, "https://host:8443 of the office");
  auto* stick = command.add_option("--stick", options.stick,
                                   "The file of an install stick, or its folder");
  server->excludes(stick);
  command.add_option("--data", options.show.data_dir, "Where the player keeps its own files")
      ->required();
  command.add_flag("--again", options.again, "Although it belongs to an office already");
  add_period(command, "--poll-ms", options.poll_period,
             "How often the office is asked (for tests)");
  command.footer(
      "Exit codes: 0 enrolled, 1 failed, 2 usage, 3 the officer refused, 4 ended "
      "before anybody decided.\nLines on standard output: state, code, number, "
      "link, until, name, trouble.");
}

void add_import_options(CLI::App& command, ImportOptions& options) {
  command.add_option("STICK", options.stick, "The folder where the stick is mounted")
      ->required();
  command.add_option("--data", options.data_dir, "The data folder of the player")->required();
  add_content_options(command, options.content);
}

void add_reset_floor_options(CLI::App& command, ResetFloorOptions& options) {
  command.add_option("--root", options.root, "root.json, as this kiosk was given it")
      ->required();
  command.add_option("--data", options.data_dir, "The data folder of the player")->required();
}

void add_render_options(CLI::App& command, ShowWords& words, RenderOptions& options) {
  command.add_option("PUBLICATION", options.publication, "publication.json")->required();
  command.add_option("--assets", options.assets, "A folder with the files it names");
  command.add_option("--item", options.item, "The id of an item, else of an entry")->required();
  command.add_option("--size", words.size, "WIDTHxHEIGHT of the picture");
  command.add_option("--language", words.language, "vi, en or both");
  command.add_option("--out", options.out, "The PNG to write")->required();
}

void add_status_options(CLI::App& command, StatusOptions& options) {
  command.add_option("--data", options.data_folder, "The data folder of the player")
      ->required();
  command.add_flag("--plays", options.plays, "The newest plays, not the totals only");
  command.add_flag("--json", options.json, "For programs");
  command.add_option("--limit", options.limit, "How many plays at the most")
      ->check(CLI::Range(1, 200000));
}

// Decoded frames are 3 MB each. Left alone, glibc keeps such blocks in its arenas after the
// first one was freed, and a player that changes its item every ten seconds grows.
void keep_memory_small() {
  constexpr int kMapFrom = 256 * 1024;  // bytes; larger blocks go back when they are freed
  mallopt(M_MMAP_THRESHOLD, kMapFrom);
  mallopt(M_ARENA_MAX, 2);
}

constexpr int kUsage = 2;

}  // namespace

int main(int argc, char** argv) {
  keep_memory_small();
  CLI::App app{
      "Cổng Làng: plays what a village has to tell. Exit codes: 0 done, 1 failed, 2 usage."};
  app.require_subcommand(1);

  ShowWords run_words, play_words;
  RunOptions run;
  CLI::App* run_command = app.add_subcommand("run", "Play a signed repository (the kiosk)");
  run_command->add_option("--repository", run.repository,
                          "The folder with metadata/ and targets/");
  run_command->add_option("--root", run.root, "root.json, the anchor of trust");
  run_command->add_option("--data", run.show.data_dir, "Where the player keeps its own files");
  add_sync_options(*run_command, run);
  add_show_options(*run_command, run_words, run.show);

  PlayOptions play;
  CLI::App* play_command = app.add_subcommand("play", "Play local files and folders");
  play_command->add_option("FILE", play.files, "Videos, pictures, folders")->required();
  add_show_options(*play_command, play_words, play.show);

  ShowWords render_words;
  RenderOptions render;
  CLI::App* render_command = app.add_subcommand("render", "Draw one item as the kiosk would");
  add_render_options(*render_command, render_words, render);

  StatusOptions status;
  CLI::App* status_command = app.add_subcommand("status", "What the player has shown");
  add_status_options(*status_command, status);

  ShowWords enrol_words;
  EnrolOptions enrol;
  CLI::App* enrol_command = app.add_subcommand("enrol", "Make this machine an office's kiosk");
  add_enrol_options(*enrol_command, enrol);
  add_show_options(*enrol_command, enrol_words, enrol.show);

  ImportOptions import;
  CLI::App* import_command = app.add_subcommand("import", "Read a USB stick of the office");
  add_import_options(*import_command, import);

  ResetFloorOptions reset_floor;
  CLI::App* reset_floor_command = app.add_subcommand(
      "reset-clock-floor", "Believe the clock again, after an approval of the far future");
  add_reset_floor_options(*reset_floor_command, reset_floor);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    return app.exit(fault) == 0 ? 0 : kUsage;
  }
  if (*run_command) return read_words(run_words, run.show) ? run_run(run) : kUsage;
  if (*enrol_command) {
    if (enrol.server.empty() == enrol.stick.empty()) {
      std::cerr << "conglang-player: enrol: an URL or --stick is needed\n";
      return kUsage;
    }
    return read_words(enrol_words, enrol.show) ? run_enrol(enrol) : kUsage;
  }
  if (*play_command) return read_words(play_words, play.show) ? run_play(play) : kUsage;
  if (*import_command) return run_import(import, std::cout, std::cerr);
  if (*reset_floor_command) return run_reset_floor(reset_floor, std::cout, std::cerr);
  if (*status_command) return run_status(status, std::cout, std::cerr);
  if (!read_words(render_words, render)) return kUsage;
  return run_render(render, std::cout, std::cerr);
}
