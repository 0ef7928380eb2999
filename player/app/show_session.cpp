#include "player/app/show_session.h"

#include <pthread.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <thread>
#include <utility>

#include "player/app/control_thread.h"
#include "player/app/play_recorder.h"
#include "player/app/show_control.h"
#include "player/app/show_loop.h"
#include "player/canvas/cpu/cpu_canvas.h"
#include "player/handoff/mailbox.h"
#include "player/platform/memory_screen.h"
#include "player/platform/window_screen.h"
#include "player/playback/preparation.h"
#include "player/report/play_spool.h"
#include "player/stage/card_playable.h"
#include "player/stage/card_preparation.h"
#include "player/stage/programme_order.h"

namespace conglang::player {
namespace {

constexpr Size kUsualPicture{1920, 1080};
constexpr Size kUsualWindow{1280, 720};
// NOW, NEXT, and one that is being closed or hangs on a slow disk.
constexpr int kPreparationThreads = 3;

bool has_display() {
  return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
}

// What the first preparation is made for, before there is a window.
Size expected_screen(const ShowOptions& options) {
  if (options.size) return *options.size;
  return has_display() && !options.fullscreen ? kUsualWindow : kUsualPicture;
}

Result<std::unique_ptr<Screen>> open_screen(const SessionPlan& plan, const ShowOptions& options,
                                            const Clock& clock) {
  if (!has_display()) {
    return std::unique_ptr<Screen>(
        std::make_unique<MemoryScreen>(expected_screen(options), clock));
  }
  WindowOptions window;
  window.title = plan.title;
  window.size = expected_screen(options);
  window.fullscreen = options.fullscreen;
  window.keys = !(plan.kiosk && options.fullscreen);
  auto opened = WindowScreen::open(window, clock);
  if (!opened) return opened.error();
  return std::unique_ptr<Screen>(std::move(*opened));
}

// Of a local file nobody knows yet whether it sounds.
bool may_sound(const ShowItem& item, const ShowOptions& options) {
  if (options.mute) return false;
  const auto* video = std::get_if<ShowVideo>(&item.content);
  return video != nullptr ? video->sound != SoundUse::none
                          : std::holds_alternative<ShowFile>(item.content);
}

// Hands the sound of an item to the mixer when the item turns out to have one.
class AnnouncesSound final : public Playable {
 public:
  AnnouncesSound(std::unique_ptr<Playable> inner, std::function<void()> announce)
      : inner_(std::move(inner)), announce_(std::move(announce)) {}

  Result<PlayableFacts> open() override {
    auto facts = inner_->open();
    if (facts && facts->has_sound) announce_();
    return facts;
  }
  Result<std::optional<TimedFrame>> next_frame() override { return inner_->next_frame(); }
  Result<std::optional<SoundBlock>> next_sound() override { return inner_->next_sound(); }

 private:
  const std::unique_ptr<Playable> inner_;
  const std::function<void()> announce_;
};

bool is_card(const ShowItem& item) {
  return std::holds_alternative<ShowTextCard>(item.content) ||
         std::holds_alternative<ShowEntryCard>(item.content) ||
         std::holds_alternative<ShowNotice>(item.content);
}

// Everything that lives as long as the show, in the order in which it may go.
class Session {
 public:
  Session(const SessionPlan& plan, const ShowOptions& options, const Clock& clock,
          EventPrinter& events)
      : plan_(plan),
        options_(options),
        clock_(clock),
        events_(events),
        spool_(options.data_dir.empty() ? std::string() : plays_path(options.data_dir)),
        play_log_(spool_),
        device_(mixer_, clock),
        order_({plan.current, plan.previous, plan.trust, plan.floor, plan.round_and_round,
                plan.strikes},
               clock),
        recorder_({clock, play_log_, plan.trust,
                   [&events](const Event& event) { events.print(event); }}),
        show_(
            order_, recorder_,
            [this](const ShowItem& item, Size target, Priming priming) {
              return begin(item, target, priming);
            },
            show_settings()) {}

  Result<SessionEnd> run();

 private:
  ShowSettings show_settings() const {
    ShowSettings settings;
    settings.size = turned(expected_screen(options_), options_.rotate);
    if (plan_.current) settings.layouts = plan_.current->layouts;
    settings.background = plan_.background;
    settings.keeps_fallback = plan_.kiosk;
    return settings;
  }

  std::shared_ptr<PreparedItem> begin(const ShowItem& item, Size target, Priming priming);
  std::shared_ptr<PreparedItem> queue(PreparationQueue& queue,
                                      std::unique_ptr<Playable> playable,
                                      std::shared_ptr<SoundSource> sound, Priming priming);
  CardNeeds card_needs(Size target);
  CardStyle style_of(const ShowItem& item) const;
  Result<TextEngine*> open_text();
  void start_thread(const std::string& name, std::function<void(std::stop_token)> work);
  void start_threads();
  void wake_screen();
  void end_show();
  void take_wishes(Screen& screen, MonotonicTime now);
  void tell_glass();
  void keep_strikes();
  ShowLoopPlan loop_plan() const;

  const SessionPlan& plan_;
  const ShowOptions& options_;
  const Clock& clock_;
  EventPrinter& events_;
  const MonotonicTime began_ = clock_.monotonic();

  PlaySpool spool_;
  PlayLog play_log_;
  Mixer mixer_;
  SoundDevice device_;
  SoundQueue sounds_{kSoundQueueCapacity};
  CaptureQueue captures_{kCaptureCapacity};
  Mailbox<std::vector<Strike>> strikes_;
  std::unique_ptr<TextEngine> text_;  // the text thread's
  ShowControl control_{[this] { wake_screen(); }, [this] { end_show(); },
                       [this](int percent) { mixer_.set_gain(gain_at_volume(percent)); }};
  std::atomic<Screen*> screen_to_wake_ = nullptr;
  std::atomic<bool> stop_ = false;
  PreparationQueue files_{kPreparationCapacity}, cards_{kPreparationCapacity};
  ProgrammeOrder order_;
  PlayRecorder recorder_;
  Show show_;
  std::vector<std::jthread> threads_;  // end first
};

void Session::wake_screen() {
  if (Screen* screen = screen_to_wake_.load()) screen->wake();
}

void Session::take_wishes(Screen& screen, MonotonicTime now) {
  if (const auto trust = control_.apply(order_, show_, now)) recorder_.believe(*trust);
  if (auto strikes = order_.take_changed_strikes()) strikes_.put(std::move(*strikes));
  while (const auto wish = control_.wanted_display(show_, now)) {
    wish->done(screen.power().switch_power(wish->on));
  }
  if (plan_.glass != nullptr) tell_glass();
  while (const auto taken = control_.wanted_picture()) {
    const auto buffer = screen.buffer();
    (*taken)(buffer ? copy_picture(*buffer) : nullptr);
  }
}

void Session::keep_strikes() {
  if (!plan_.keep_strikes) return;
  if (const auto strikes = strikes_.take()) plan_.keep_strikes(*strikes);
}

void Session::tell_glass() {
  const ShowItem* item = show_.on_glass();
  const auto programme = item != nullptr ? order_.programme_of(*item) : nullptr;
  plan_.glass->tell(item != nullptr ? item->id.text() : "", programme ? programme->version : "",
                    clock_.now());
}

void Session::end_show() {
  stop_ = true;
  wake_screen();
}

std::shared_ptr<PreparedItem> Session::queue(PreparationQueue& queue,
                                             std::unique_ptr<Playable> playable,
                                             std::shared_ptr<SoundSource> sound,
                                             Priming priming) {
  auto item = std::make_shared<PreparedItem>(
      std::move(playable), std::move(sound), [this] { wake_screen(); }, priming);
  auto copy = item;
  if (!queue.try_push(std::move(copy))) return nullptr;
  return item;
}

CardNeeds Session::card_needs(Size target) {
  return {[this] { return open_text(); }, plan_.card_style, options_.language, plan_.check_file,
          target};
}

// Of the programme that has it: another one may have come since the session began.
CardStyle Session::style_of(const ShowItem& item) const {
  const auto programme = order_.programme_of(item);
  return programme ? card_style(programme->theme) : plan_.card_style;
}

Result<TextEngine*> Session::open_text() {
  if (!text_) {
    auto opened = TextEngine::create();
    if (!opened) return opened.error();
    text_ = std::move(*opened);
  }
  return text_.get();
}

std::shared_ptr<PreparedItem> Session::begin(const ShowItem& item, Size target,
                                             Priming priming) {
  if (is_card(item)) {
    CardNeeds needs = card_needs(target);
    needs.style = style_of(item);
    return queue(cards_, make_card_playable(item, needs), nullptr, priming);
  }
  const bool sound = may_sound(item, options_);
  auto playable = make_file_playable(item, {plan_.check_file, &clock_, target, sound});
  if (!sound) return queue(files_, std::move(playable), nullptr, priming);
  auto source = std::make_shared<SoundSource>(0);
  auto announced = std::make_unique<AnnouncesSound>(std::move(playable), [this, source] {
    auto copy = source;  // when the queue is full, the item stays silent
    sounds_.try_push(std::move(copy));
  });
  return queue(files_, std::move(announced), source, priming);
}

void Session::start_thread(const std::string& name, std::function<void(std::stop_token)> work) {
  threads_.emplace_back([name, work = std::move(work)](std::stop_token stop) {
    pthread_setname_np(pthread_self(), name.c_str());
    work(std::move(stop));
  });
}

void Session::start_threads() {
  for (int i = 1; i <= kPreparationThreads; ++i) {
    start_thread("prepare-" + std::to_string(i),
                 [this](std::stop_token stop) { run_preparations(files_, std::move(stop)); });
  }
  start_thread("text",
               [this](std::stop_token stop) { run_preparations(cards_, std::move(stop)); });
  if (plan_.bring_news) {
    start_thread("sync",
                 [this](std::stop_token stop) { plan_.bring_news(std::move(stop), control_); });
  }
  start_thread("control", [this](std::stop_token stop) {
    run_control({clock_, mixer_, options_.mute ? nullptr : &device_, play_log_, sounds_,
                 captures_, [this](const Event& event) { events_.print(event); },
                 [this] { end_show(); }, [this] { keep_strikes(); }},
                std::move(stop));
  });
}

ShowLoopPlan Session::loop_plan() const {
  ShowLoopPlan plan;
  if (options_.exit_after) plan.end_at = began_ + *options_.exit_after;
  for (const auto at : options_.capture_at) plan.capture_at.push_back(began_ + at);
  return plan;
}

// The folder for pictures that are to be kept.
Status make_folder(const std::string& path) {
  std::error_code fault;
  if (!path.empty()) std::filesystem::create_directories(path, fault);
  if (fault) return Error{ErrorKind::storage, path + ": cannot be made: " + fault.message()};
  return {};
}

Result<SessionEnd> Session::run() {
  if (!options_.capture_at.empty()) {
    if (auto made = make_folder(options_.capture_dir); !made) return made.error();
  }
  std::unique_ptr<FrameLog> frame_log;
  if (!options_.frame_log.empty()) {
    auto created = FrameLog::create(options_.frame_log);
    if (!created) return created.error();
    frame_log = std::move(*created);
  }
  show_.set_fallback([this](Size size) {
    return queue(cards_, make_built_in_card(plan_.title, card_needs(size)), nullptr,
                 Priming::first_frame);
  });
  show_.set_cards([this](const CardContent& card, Size size) {
    return queue(cards_, make_notice_playable(card, card_needs(size)), nullptr,
                 Priming::first_frame);
  });
  mixer_.set_gain(gain_at_volume(plan_.volume));
  start_threads();
  show_.compose(clock_.monotonic());  // the first item is opened while the window is
  auto screen = open_screen(plan_, options_, clock_);
  if (!screen) return screen.error();
  screen_to_wake_ = screen->get();
  show_.resize(turned((*screen)->size(), options_.rotate));

  CpuCanvas canvas(options_.rotate);
  std::size_t captured = 0;
  const auto capture = [&](PixelBuffer buffer) {
    const std::string path =
        capture_path(options_.capture_dir, options_.capture_at[captured++]);
    if (!captures_.try_push({path, copy_picture(buffer)})) {
      events_.print({EventKind::storage, path, "too many pictures wait for the disk"});
    }
  };
  run_show({clock_, **screen, canvas, show_, options_.rotate, frame_log.get(), capture,
            [this](const Event& event) { events_.print(event); },
            [this, &screen](MonotonicTime now) { take_wishes(**screen, now); }},
           loop_plan(), stop_);

  threads_.clear();  // before the screen, which they wake
  screen_to_wake_ = nullptr;
  return SessionEnd{recorder_.shown(), recorder_.faults()};
}

}  // namespace

bool has_screen(const ShowOptions& options) { return options.size || has_display(); }

Result<SessionEnd> run_session(const SessionPlan& plan, const ShowOptions& options,
                               const Clock& clock, EventPrinter& events) {
  hold_back_signals();
  return Session(plan, options, clock, events).run();
}

}  // namespace conglang::player
