// Makes the clips of the gap test: every picture carries its clip and frame number.
// usage: conglang-barcode-clips OUT_DIR   (needs ffmpeg)

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/barcode/barcode.h"

namespace conglang::player {
namespace {

struct ClipPlan {
  const char* file;
  int number;  // of the clip, as its barcode says
  Size size;
  int rate;
  int frames;
  const char* encoding;
  bool sound;
};

// Different sizes, codecs, rates and lengths, none longer than 2 s; stills have one frame.
constexpr ClipPlan kPlans[] = {
    {"01-h264-360p30-1s.mp4", 1, {640, 360}, 30, 30, "-c:v libx264 -bf 2 -crf 18", true},
    {"02-h264-360p30-2s.mp4", 2, {640, 360}, 30, 60, "-c:v libx264 -bf 2 -crf 18", true},
    {"03-vp9-270p30-1s.webm",
     3,
     {480, 270},
     30,
     30,
     "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 1M",
     false},
    {"04-mpeg4-240p25-1s.mp4", 4, {426, 240}, 25, 25, "-c:v mpeg4 -q:v 2", false},
    {"05-h264-180p25-1s.mp4", 5, {320, 180}, 25, 25, "-c:v libx264 -crf 18", false},
    {"06-hevc-360p30-1s.mp4",
     6,
     {640, 360},
     30,
     30,
     "-c:v libx265 -preset ultrafast -x265-params log-level=none",
     false},
    {"07-h264-360p60-1s.mp4", 7, {640, 360}, 60, 60, "-c:v libx264 -bf 2 -crf 18", false},
    {"08-still-720p.png", 8, {1280, 720}, 1, 1, "-c:v png -pix_fmt rgb24", false},
    {"09-still-360p.jpg", 9, {640, 360}, 1, 1, "-c:v mjpeg -q:v 2 -pix_fmt yuvj420p", false},
};

std::string command(const ClipPlan& plan, const std::string& folder) {
  const std::string size =
      std::to_string(plan.size.width) + "x" + std::to_string(plan.size.height);
  const std::string rate = std::to_string(plan.rate);
  std::string line = "ffmpeg -nostdin -v error -y -threads 1 -f rawvideo -pix_fmt bgr0 -s " +
                     size + " -r " + rate + " -i - ";
  if (plan.sound)
    line += "-f lavfi -i sine=frequency=440:sample_rate=48000 -c:a aac -shortest ";
  line += plan.encoding;
  if (plan.rate > 1) line += " -pix_fmt yuv420p";
  return line + " -frames:v " + std::to_string(plan.frames) + " '" + folder + "/" + plan.file +
         "'";
}

// A colour of its own for each clip, moving a little, so that no picture is ever black.
void paint(std::vector<std::uint8_t>& pixels, const ClipPlan& plan, int frame) {
  for (int y = 0; y < plan.size.height; ++y) {
    for (int x = 0; x < plan.size.width; ++x) {
      std::uint8_t* pixel =
          pixels.data() + (static_cast<std::ptrdiff_t>(y) * plan.size.width + x) * 4;
      pixel[0] = static_cast<std::uint8_t>(64 + plan.number * 16);
      pixel[1] = static_cast<std::uint8_t>(64 + (x + frame * 4) % 128);
      pixel[2] = static_cast<std::uint8_t>(64 + y % 128);
      pixel[3] = 255;
    }
  }
  draw_barcode(pixels.data(), plan.size.width * 4, plan.size, {plan.number, frame});
}

bool make_clip(const ClipPlan& plan, const std::string& folder) {
  std::FILE* encoder = popen(command(plan, folder).c_str(), "w");
  if (encoder == nullptr) return false;
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(plan.size.width) *
                                   static_cast<std::size_t>(plan.size.height) * 4);
  bool written = true;
  for (int frame = 0; frame < plan.frames; ++frame) {
    paint(pixels, plan, frame);
    written = written && std::fwrite(pixels.data(), 1, pixels.size(), encoder) == pixels.size();
  }
  return pclose(encoder) == 0 && written;
}

}  // namespace
}  // namespace conglang::player

int main(int count, char** words) {
  if (count != 2 || std::string(words[1]).find('\'') != std::string::npos) {
    std::fputs("usage: conglang-barcode-clips OUT_DIR\n", stderr);
    return 2;
  }
  for (const auto& plan : conglang::player::kPlans) {
    if (conglang::player::make_clip(plan, words[1])) continue;
    std::fprintf(stderr, "%s/%s: could not be made\n", words[1], plan.file);
    return 1;
  }
  return 0;
}
