#include "player/app/enrol_command.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>

#include "player/app/office_connections.h"
#include "player/app/program_name.h"
#include "player/app/show_session.h"
#include "player/handoff/bounded_queue.h"
#include "player/identity/identity_files.h"
#include "player/platform/system_clock.h"
#include "player/store/posix_state_folder.h"

namespace conglang::player {
namespace {

enum ExitCode { kEnrolled = 0, kFailed = 1, kRefused = 3, kEnded = 4 };

constexpr Milliseconds kAfterFailure{5000};
constexpr Milliseconds kFarewell{3000};  // how long "enrolled" stays on the screen
constexpr std::chrono::hours kCardLife{24};
constexpr std::size_t kMostStickBytes = 1 << 20;

int fail(const Error& error) {
  std::cerr << "conglang-player: " << error.message << "\n";
  return kFailed;
}

Result<InstallStick> read_stick(const std::string& path) {
  std::error_code fault;
  const std::string name =
      std::filesystem::is_directory(path, fault) ? path + "/" + kInstallFile : path;
  std::ifstream file(name, std::ios::binary);
  if (!file) return Error{ErrorKind::missing, name + ": cannot be read"};
  std::string bytes(kMostStickBytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  const auto json = parse_json(bytes, {.max_bytes = kMostStickBytes, .max_depth = 8});
  if (!json) return Error{json.error().kind, name + ": " + json.error().message};
  auto stick = read_install_stick(*json);
  if (!stick) return Error{stick.error().kind, name + ": " + stick.error().message};
  return stick;
}

class EnrolRun {
 public:
  EnrolRun(const EnrolOptions& options, std::string server, StateFolder& folder,
           const KioskKey& key)
      : options_(options),
        folder_(folder),
        connections_(server),
        parts_{std::move(server), kProgram, key, random_bytes,
               [this](const std::optional<EnrolmentAnchors>& anchors) {
                 return connections_.connect(anchors);
               }},
        talk_(parts_) {}

  int by_stick(const InstallStick& stick) {
    const auto enrolment = enrol_with_stick(stick, parts_);
    if (!enrolment) return fail(enrolment.error());
    if (const Status kept = save_enrolment(folder_, *enrolment); !kept) {
      return fail(kept.error());
    }
    EnrolmentView view;
    view.stage = EnrolmentStage::confirmed;
    view.name = enrolment->name;
    print(view);
    return kEnrolled;
  }

  int by_code() {
    print(talk_.view());
    if (has_screen(options_.show)) return on_screen();
    talk(std::stop_token(), nullptr);
    return end_;
  }

 private:
  int on_screen() {
    SessionPlan plan;
    plan.kiosk = true;
    plan.title = "Cổng Làng";
    plan.background = plan.card_style.background;
    plan.check_file = [](const HeldFile&) { return Status{}; };
    plan.bring_news = [this](std::stop_token stop, ShowControl& show) {
      show_card(&show);
      talk(std::move(stop), &show);
      show.end();
    };
    EventPrinter events;
    ShowOptions show = options_.show;
    show.data_dir.clear();  // nothing is played that a book would want
    const auto end = run_session(plan, show, clock_, events);
    return end ? static_cast<int>(end_) : fail(end.error());
  }

  // Until it is over or `stop` is asked for.
  void talk(std::stop_token stop, ShowControl* show) {
    const std::stop_callback hang_up(stop, [this] { connections_.stop(); });
    BoundedQueue<bool> nobody_pushes(1);  // to wait on
    while (!stop.stop_requested()) {
      const EnrolmentView before = talk_.view();
      const EnrolmentView view = talk_.step();
      if (stop.stop_requested()) return;
      if (talk_.enrolment() && !keep()) return;
      if (view != before) print(view);
      show_card(show);
      if (is_over(view.stage)) {
        if (show != nullptr) (void)nobody_pushes.pop(stop, kFarewell);
        return;
      }
      (void)nobody_pushes.pop(stop, pause_after(view));
    }
  }

  bool keep() {
    const Status kept = save_enrolment(folder_, *talk_.enrolment());
    if (!kept) end_ = static_cast<ExitCode>(fail(kept.error()));
    return kept.ok();
  }

  bool is_over(EnrolmentStage stage) {
    if (stage == EnrolmentStage::confirmed) end_ = kEnrolled;
    if (stage == EnrolmentStage::refused) end_ = kRefused;
    return stage == EnrolmentStage::confirmed || stage == EnrolmentStage::refused;
  }

  // The office is not asked more often because something is wrong.
  Milliseconds pause_after(const EnrolmentView& view) const {
    return view.trouble.empty() ? options_.poll_period
                                : std::max(options_.poll_period, kAfterFailure);
  }

  void show_card(ShowControl* show) {
    if (show == nullptr) return;
    const EnrolmentView& view = talk_.view();
    const Instant now = clock_.now();
    const auto minute = std::chrono::floor<std::chrono::minutes>(view.ends_at - now).count();
    const std::string name = "enrolment-" + std::string(to_string(view.stage)) + "-" +
                             view.code + "-" + view.trouble + "-" + std::to_string(minute);
    show->interrupt(Interlude{name, enrolment_card(view, now), clock_.monotonic() + kCardLife});
  }

  static void print(const EnrolmentView& view) {
    for (const std::string& line : enrolment_lines(view)) std::cout << line << "\n";
    std::cout << std::flush;
  }

  const EnrolOptions& options_;
  StateFolder& folder_;
  const SystemClock clock_;
  OfficeConnections connections_;
  const EnrolmentParts parts_;
  EnrolmentTalk talk_;
  ExitCode end_ = kEnded;
};

// Another office, or the same once more, only when that is asked for.
Status check_free(StateFolder& folder, const EnrolOptions& options) {
  if (options.again) return {};
  const auto enrolled = load_enrolment(folder);
  if (!enrolled) return enrolled.error();
  if (!*enrolled) return {};
  return Error{ErrorKind::conflict, options.show.data_dir + ": belongs to " +
                                        (*enrolled)->server +
                                        " already; --again enrols it anew"};
}

}  // namespace

int run_enrol(const EnrolOptions& options) {
  auto folder = PosixStateFolder::open(options.show.data_dir);
  if (!folder) return fail(folder.error());
  if (const Status free = check_free(*folder, options); !free) return fail(free.error());
  const auto identity = load_identity(*folder, NewIdentity::allowed, random_bytes);
  if (!identity) return fail(identity.error());
  if (options.stick.empty()) {
    return EnrolRun(options, options.server, *folder, identity->key).by_code();
  }
  const auto stick = read_stick(options.stick);
  if (!stick) return fail(stick.error());
  return EnrolRun(options, stick->server, *folder, identity->key).by_stick(*stick);
}

}  // namespace conglang::player
