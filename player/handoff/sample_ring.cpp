#include "player/handoff/sample_ring.h"

#include <algorithm>
#include <bit>

namespace conglang::player {

SampleRing::SampleRing(std::size_t capacity)
    : capacity_(capacity), slots_(std::bit_ceil(capacity)), mask_(slots_.size() - 1) {}

std::size_t SampleRing::writable() const {
  return capacity_ -
         (written_.load(std::memory_order_relaxed) - read_.load(std::memory_order_acquire));
}

std::size_t SampleRing::write(std::span<const float> samples) {
  const std::size_t count = std::min(samples.size() / 2, writable());
  const std::size_t first = written_.load(std::memory_order_relaxed);
  for (std::size_t i = 0; i < count; ++i) {
    slots_[(first + i) & mask_] = {samples[2 * i], samples[2 * i + 1]};
  }
  written_.store(first + count, std::memory_order_release);
  return count * 2;
}

std::size_t SampleRing::readable() const {
  return written_.load(std::memory_order_acquire) - read_.load(std::memory_order_relaxed);
}

void SampleRing::skip(std::size_t count) {
  read_.store(read_.load(std::memory_order_relaxed) + count, std::memory_order_release);
}

}  // namespace conglang::player
