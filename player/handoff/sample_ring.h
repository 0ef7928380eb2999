// Carries sound from one thread to another without a lock.
#pragma once

#include <atomic>
#include <cstddef>
#include <span>
#include <vector>

namespace conglang::player {

// The one form of sound between threads: stereo at this rate (Hz).
constexpr int kSoundRate = 48000;

struct StereoFrame {
  float left = 0, right = 0;
  bool operator==(const StereoFrame&) const = default;
};

// When full, write() takes less than it is offered and the producer keeps the rest.
//
// Threads: one writes, one reads; neither ever waits. Memory is taken once, when made.
class SampleRing {
 public:
  // Requires: capacity > 0. In stereo frames.
  explicit SampleRing(std::size_t capacity);

  std::size_t capacity() const { return capacity_; }

  // --- the writing thread ---

  std::size_t writable() const;  // stereo frames
  // `samples` are left, right, left, ...; an odd last one is not taken. Returns how many
  // samples were taken.
  std::size_t write(std::span<const float> samples);

  // --- the reading thread ---

  std::size_t readable() const;
  // The stereo frame `ahead` of the next one. Requires: ahead < readable().
  const StereoFrame& peek(std::size_t ahead) const {
    return slots_[(read_.load(std::memory_order_relaxed) + ahead) & mask_];
  }
  // Requires: count <= readable().
  void skip(std::size_t count);

 private:
  const std::size_t capacity_;
  std::vector<StereoFrame> slots_;  // a power of two of them
  const std::size_t mask_;
  alignas(64) std::atomic<std::size_t> written_{0};  // both only grow
  alignas(64) std::atomic<std::size_t> read_{0};
};

}  // namespace conglang::player
