// What has arrived on a connection and nobody has read yet.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace conglang::server {

class ReceiveBuffer {
 public:
  std::string_view content() const { return {bytes_.data() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }

  void take(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  // Free bytes behind the content; valid until the next call.
  std::span<char> room(std::size_t at_least) {
    if (bytes_.size() - end_ < at_least) {
      if (begin_ > 0) std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
      if (bytes_.size() - end_ < at_least) bytes_.resize(end_ + at_least);
    }
    return {bytes_.data() + end_, bytes_.size() - end_};
  }
  void add(std::size_t count) { end_ += count; }

  // Gives the memory back, which counts with ten thousand idle connections.
  void rest() {
    if (empty()) *this = {};
  }

 private:
  std::vector<char> bytes_;
  std::size_t begin_ = 0, end_ = 0;
};

}  // namespace conglang::server
