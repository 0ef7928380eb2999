// Kiosks that lack one check, for the controls of the takeover drill: the real memory, and
// before each look its disk is changed, or what it reads.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "player/store/trust_files.h"
#include "tests/player/sync/takeover_kiosk.h"

namespace conglang::player {

template <typename Keeper>
std::unique_ptr<DrillKeeper> make_weak_keeper(StateFolder& data, const std::string& root) {
  return std::make_unique<Keeper>(data, root);
}

// What it trusted is gone before each look, as if somebody had deleted it.
class ForgetsTrust final : public DrillKeeper {
 public:
  using DrillKeeper::DrillKeeper;

  KeeperLook look(MetadataSource& repository, const ClockReading& clock) override {
    static_cast<void>(data().remove("trust"));
    begin_anew();
    memory().start(clock);
    return DrillKeeper::look(repository, clock);
  }
};

// Remembers no act, but believes the newest list.
class ForgetsActs final : public DrillKeeper {
 public:
  using DrillKeeper::DrillKeeper;

  KeeperLook look(MetadataSource& repository, const ClockReading& clock) override {
    TrustFiles files(data(), sha256(std::string_view(root())));
    if (auto trust = files.load_trust()) {
      trust->takedowns.clear();
      EXPECT_TRUE(files.save_trust(*trust));
      begin_anew();
      memory().start(clock);
    }
    return DrillKeeper::look(repository, clock);
  }
};

// Hands on every file as if the right people had signed it: what comes in is believed.
class BelievesEverySigner final : public DrillKeeper {
 public:
  using DrillKeeper::DrillKeeper;

  KeeperLook look(MetadataSource& repository, const ClockReading& clock) override {
    Blessed blessed(repository);
    return DrillKeeper::look(blessed, clock);
  }

 private:
  class Blessed final : public MetadataSource {
   public:
    explicit Blessed(MetadataSource& source) : source_(source) {}

    Result<std::string> read(std::string_view path, std::int64_t max_bytes) override {
      auto bytes = source_.read(path, max_bytes);
      if (!bytes) return bytes;
      const TestKeys keys = keys_of(path);
      if (keys.empty()) return bytes;
      const auto envelope = parse_json(*bytes);
      const JsonValue* body = envelope ? envelope->find("signed") : nullptr;
      return body == nullptr ? *bytes : signed_file(*body, keys);
    }

   private:
    static TestKeys keys_of(std::string_view path) {
      if (path.ends_with(".targets.json")) return {TestKey("chủ tịch"), TestKey("văn hóa")};
      if (path.ends_with(".urgent.json")) return {TestKey("chủ tịch")};
      if (path.ends_with(".takedown.json")) return {TestKey("takedown")};
      return {};  // those of freshness he has himself
    }

    MetadataSource& source_;
  };
};

// Never believes a clock below what the server once said.
class KeepsTheServersDate final : public DrillKeeper {
 public:
  using DrillKeeper::DrillKeeper;

  KeeperLook look(MetadataSource& repository, const ClockReading& clock) override {
    KeeperLook look = DrillKeeper::look(repository, clock);
    TrustFiles files(data(), sha256(std::string_view(root())));
    auto trust = files.load_trust();
    if (trust && trust->floor < clock.now) {
      trust->floor = clock.now;
      EXPECT_TRUE(files.save_trust(*trust));
    }
    return look;
  }
};

}  // namespace conglang::player
