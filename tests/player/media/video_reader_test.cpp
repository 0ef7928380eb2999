#include "player/media/video_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

namespace conglang::player {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

std::string clip(const std::string& name) {
  return std::string(CONGLANG_CLIPS_DIR) + "/" + name;
}

std::unique_ptr<VideoReader> open(const std::string& name, VideoReaderOptions options = {}) {
  auto reader = VideoReader::open(clip(name), options);
  EXPECT_TRUE(reader) << reader.error().message;
  return reader ? std::move(*reader) : nullptr;
}

struct Watched {
  std::int64_t frames = 0;
  nanoseconds end{};
  bool regular = true;  // numbers and times follow each other
  bool failed = false;
  Error error;
};

Watched watch(VideoReader& reader) {
  Watched seen;
  nanoseconds before{-1};
  for (;;) {
    auto frame = reader.next_frame();
    if (!frame) {
      seen.failed = true;
      seen.error = frame.error();
      return seen;
    }
    if (!frame->has_value()) return seen;
    const TimedFrame& timed = **frame;
    seen.regular = seen.regular && timed.number == seen.frames && timed.pts > before &&
                   timed.duration > nanoseconds{};
    before = timed.pts;
    seen.end = timed.pts + timed.duration;
    ++seen.frames;
  }
}

std::vector<float> listen(VideoReader& reader) {
  std::vector<float> all;
  for (;;) {
    auto block = reader.next_sound();
    EXPECT_TRUE(block);
    if (!block || !block->has_value()) return all;
    const auto place =
        nanoseconds(static_cast<std::int64_t>(all.size() / 2) * 1'000'000'000 / kSoundRate);
    EXPECT_EQ((*block)->pts, place);
    all.insert(all.end(), (*block)->samples.begin(), (*block)->samples.end());
  }
}

ErrorKind failure_of(const std::string& name) {
  const auto reader = VideoReader::open(clip(name), {});
  EXPECT_FALSE(reader) << name;
  if (reader) return ErrorKind::conflict;
  EXPECT_NE(reader.error().message.find(name), std::string::npos) << reader.error().message;
  return reader.error().kind;
}

struct Expected {
  const char* name;
  const char* codec;
  Size display;
  std::int64_t frames;
  double seconds;
};

class EveryFormat : public testing::TestWithParam<Expected> {};

TEST_P(EveryFormat, GivesEveryFrameOnceInOrderAndFillsItsTime) {
  const Expected& expected = GetParam();
  const auto reader = open(expected.name);
  ASSERT_NE(reader, nullptr);

  const Watched seen = watch(*reader);

  EXPECT_FALSE(seen.failed) << seen.error.message;
  EXPECT_EQ(reader->facts().codec, expected.codec);
  EXPECT_EQ(reader->facts().display, expected.display);
  EXPECT_EQ(seen.frames, expected.frames);
  EXPECT_TRUE(seen.regular);
  EXPECT_NEAR(std::chrono::duration<double>(seen.end).count(), expected.seconds, 0.002);
}

INSTANTIATE_TEST_SUITE_P(
    Clips, EveryFormat,
    testing::Values(Expected{"h264-aac.mp4", "h264", {640, 360}, 60, 2.0},
                    Expected{"h264-aac.ts", "h264", {640, 360}, 60, 2.0},
                    Expected{"vp9-opus.webm", "vp9", {320, 180}, 30, 1.0},
                    Expected{"hevc.mp4", "hevc", {320, 180}, 25, 1.0},
                    Expected{"hevc-10bit.mp4", "hevc", {320, 180}, 25, 1.0},
                    Expected{"mpeg4.avi", "mpeg4", {320, 240}, 25, 1.0},
                    Expected{"odd-ntsc.mp4", "h264", {322, 178}, 30, 1.001},
                    Expected{"odd-444.mkv", "h264", {321, 181}, 25, 1.0},
                    Expected{"sixty.mp4", "h264", {320, 180}, 60, 1.0},
                    Expected{"rotated.mp4", "h264", {360, 640}, 60, 2.0},
                    Expected{"moving.gif", "gif", {64, 48}, 3, 0.6}),
    [](const auto& one) {
      std::string name = one.param.name;
      for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
      return name;
    });

TEST(VideoReader, SharesTheDecodersMemoryAndOutlivesIt) {
  auto reader = open("h264-aac.mp4");
  const FramePtr frame = (*reader->next_frame())->frame;

  reader.reset();

  EXPECT_EQ(frame->layout, PixelLayout::i420);
  EXPECT_GE(frame->planes[0].stride, 640);
  int sum = 0;
  for (int y = 0; y < 360; ++y) sum += frame->planes[0].bytes[y * frame->planes[0].stride];
  EXPECT_GT(sum, 0);
  EXPECT_GE(frame->bytes, std::size_t{640 * 360 * 3 / 2});
}

TEST(VideoReader, ConvertsTenBitsToEight) {
  const auto reader = open("hevc-10bit.mp4");

  EXPECT_EQ((*reader->next_frame())->frame->layout, PixelLayout::i420);
  EXPECT_EQ(reader->facts().pixel_format, "yuv420p10le");
}

TEST(VideoReader, TakesMatrixAndRangeFromTheTagsAndGuessesByHeight) {
  const FramePtr tagged = (*open("red-709-full.mp4")->next_frame())->frame;
  const FramePtr small = (*open("h264-aac.mp4")->next_frame())->frame;

  EXPECT_EQ(tagged->matrix, ColorMatrix::bt709);
  EXPECT_EQ(tagged->range, ColorRange::full);
  EXPECT_EQ(small->matrix, ColorMatrix::bt601);
  EXPECT_EQ(small->range, ColorRange::limited);
}

TEST(VideoReader, TurnsWhatAPhoneRecordedUpright) {
  const auto turn = (*open("rotated.mp4")->next_frame())->frame->turn;

  EXPECT_TRUE(turn == Turn::quarter || turn == Turn::three_quarters);
}

TEST(VideoReader, GivesSoundAsLongAsThePicturesWithoutAHole) {
  const auto reader = open("h264-aac.mp4");

  const std::vector<float> sound = listen(*reader);

  EXPECT_TRUE(reader->facts().has_sound);
  EXPECT_NEAR(static_cast<double>(sound.size()) / 2, 2.0 * kSoundRate, 2048);
}

// A decoder that honours the encoder's priming begins within a sample or two of the
// recorded tone, at its zero crossing, with the tone's first rise.
TEST(VideoReader, LeavesOutTheSilenceThatAnEncoderPutInFront) {
  const std::vector<float> sound = listen(*open("h264-aac.mp4"));

  std::size_t first_loud = 0;
  while (first_loud < sound.size() / 2 && std::fabs(sound[first_loud * 2]) < 0.05F)
    ++first_loud;

  EXPECT_LT(first_loud, 48U);
}

TEST(VideoReader, BringsMonoAt44100HzTo48000HzStereo) {
  const std::vector<float> sound = listen(*open("mono-44k.mp4"));

  ASSERT_GT(sound.size(), 90'000U);
  int crossings = 0;
  for (std::size_t i = 1; i < 48'000; ++i) {
    EXPECT_EQ(sound[2 * i], sound[2 * i + 1]);
    crossings += sound[2 * i] >= 0 && sound[2 * i - 2] < 0 ? 1 : 0;
  }
  EXPECT_NEAR(crossings, 440, 4);
}

TEST(VideoReader, PullsOfOneStreamDoNotDisturbTheOther) {
  const auto alone = open("h264-aac.mp4");
  const std::vector<float> expected = listen(*alone);
  const auto reader = open("h264-aac.mp4");

  std::vector<float> sound;
  std::int64_t frames = 0;
  for (bool pictures = true, sounds = true; pictures || sounds;) {
    const auto frame = reader->next_frame();
    pictures = frame && frame->has_value();
    frames += pictures ? 1 : 0;
    for (int i = 0; i < 3 && sounds; ++i) {
      const auto block = reader->next_sound();
      sounds = block && block->has_value();
      if (sounds) sound.insert(sound.end(), (*block)->samples.begin(), (*block)->samples.end());
    }
  }

  EXPECT_EQ(frames, 60);
  EXPECT_EQ(sound, expected);
}

TEST(VideoReader, SoundAloneDoesNotPileUpPicturesWithoutEnd) {
  const auto reader = open("h264-aac.mp4");
  const std::size_t before = listen(*reader).size();

  EXPECT_GT(before, 0U);
  EXPECT_EQ(watch(*reader).frames, 60);
}

TEST(VideoReader, KeepsAnsweringEndAtTheEnd) {
  const auto reader = open("hevc.mp4");
  watch(*reader);

  EXPECT_FALSE(reader->next_frame()->has_value());
  EXPECT_FALSE(reader->next_frame()->has_value());
  EXPECT_FALSE(reader->next_sound()->has_value());
}

TEST(VideoReader, LeavesTheSoundAloneWhenToldTo) {
  VideoReaderOptions mute;
  mute.sound = false;
  const auto reader = open("h264-aac.mp4", mute);

  EXPECT_FALSE(reader->facts().has_sound);
  EXPECT_FALSE(reader->next_sound()->has_value());
}

TEST(VideoReader, GoesOnAfterDamagedPackets) {
  const auto reader = open("damaged.mp4");

  const Watched seen = watch(*reader);

  EXPECT_FALSE(seen.failed);
  EXPECT_TRUE(seen.regular);
  EXPECT_GT(seen.frames, 20);
}

TEST(VideoReader, NamesWhatIsWrongWithAFile) {
  EXPECT_EQ(failure_of("not-there.mp4"), ErrorKind::missing);
  EXPECT_EQ(failure_of("empty.mp4"), ErrorKind::malformed);
  EXPECT_EQ(failure_of("garbage.mp4"), ErrorKind::malformed);
  EXPECT_EQ(failure_of("no-index.mp4"), ErrorKind::malformed);
  EXPECT_EQ(failure_of("cut-off.mp4"), ErrorKind::malformed);
  EXPECT_EQ(failure_of("only-sound.m4a"), ErrorKind::malformed);
  EXPECT_EQ(failure_of("."), ErrorKind::unsupported);
}

TEST(VideoReader, OpensNoPlaylistThatNamesOtherFiles) {
  EXPECT_EQ(failure_of("playlist.mp4"), ErrorKind::malformed);
  EXPECT_EQ(failure_of("playlist.m3u8"), ErrorKind::malformed);
}

TEST(VideoReader, StopsWhenItsOwnerGivesUp) {
  VideoReaderOptions options;
  int reads = 0;
  options.give_up = [&reads] { return ++reads > 1; };

  const auto reader = VideoReader::open(clip("h264-aac.mp4"), options);

  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().kind, ErrorKind::stopped);
}

class SlowClock : public Clock {
 public:
  Instant now() const override { return {}; }
  MonotonicTime monotonic() const override {
    return MonotonicTime{milliseconds{700} * ++asked_};
  }

 private:
  mutable int asked_ = 0;
};

TEST(VideoReader, StopsAtItsDeadline) {
  const SlowClock clock;
  VideoReaderOptions options;
  options.clock = &clock;
  options.open_deadline = milliseconds{1000};

  const auto reader = VideoReader::open(clip("h264-aac.mp4"), options);

  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().kind, ErrorKind::stopped);
}

TEST(VideoReader, UsesOneThreadUpTo30AndTwoAbove) {
  EXPECT_EQ(open("h264-aac.mp4")->facts().decoder_threads, 1);
  EXPECT_EQ(open("sixty.mp4")->facts().decoder_threads, 2);
}

}  // namespace
}  // namespace conglang::player
