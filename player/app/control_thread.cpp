#include "player/app/control_thread.h"

#include <csignal>
#include <ctime>
#include <utility>

#include "player/media/png_writer.h"

namespace conglang::player {
namespace {

// How long a signal or a full batch of the play log may wait.
constexpr std::chrono::milliseconds kRound{250};

sigset_t ending_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

bool signal_came() {
  const sigset_t set = ending_signals();
  const timespec at_once{};
  return sigtimedwait(&set, nullptr, &at_once) > 0;
}

// The device is opened with the first sound: a show without any leaves it to others, and
// its thread asleep.
class Loudspeaker {
 public:
  explicit Loudspeaker(const ControlParts& parts) : parts_(parts) {}

  void need() {
    if (parts_.device == nullptr || std::exchange(needed_, true)) return;
    if (auto opened = parts_.device->open(); !opened) {
      parts_.tell({EventKind::sound, "sound device", opened.error().message});
    }
  }

  void poll() {
    if (needed_) parts_.device->poll();
  }

 private:
  const ControlParts& parts_;
  bool needed_ = false;
};

void add_sound(const ControlParts& parts, std::shared_ptr<SoundSource> source) {
  if (auto added = parts.mixer.add(std::move(source)); !added) {
    parts.tell({EventKind::sound, "mixer", added.error().message});
  }
}

void write_captures(const ControlParts& parts) {
  while (auto picture = parts.captures.try_pop()) {
    if (auto written = write_png(picture->path, *picture->frame); !written) {
      parts.tell({EventKind::storage, picture->path, written.error().message});
    }
  }
}

void tell_all(const ControlParts& parts, const std::vector<Event>& events) {
  for (const Event& event : events) parts.tell(event);
}

}  // namespace

void hold_back_signals() {
  const sigset_t set = ending_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void run_control(const ControlParts& parts, std::stop_token stop) {
  Loudspeaker loudspeaker(parts);
  while (!stop.stop_requested()) {
    if (auto source = parts.sounds.pop(stop, kRound)) {
      add_sound(parts, std::move(*source));
      loudspeaker.need();
    }
    loudspeaker.poll();
    write_captures(parts);
    tell_all(parts, parts.log.step(parts.clock.monotonic()));
    parts.keep_strikes();
    if (signal_came()) parts.end_show();
  }
  write_captures(parts);
  tell_all(parts, parts.log.flush(parts.clock.monotonic()));
  parts.keep_strikes();
}

}  // namespace conglang::player
