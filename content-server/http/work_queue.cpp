#include "content-server/http/work_queue.h"

#include <utility>

namespace conglang::server {

bool WorkQueue::push(Admission admission, std::function<void()> task) {
  {
    const MutexLock lock(mutex_);
    if (is_stopped_) return false;
    if (admission == Admission::when_room && tasks_.size() >= most_waiting_) return false;
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

void WorkQueue::run() {
  while (true) {
    std::function<void()> task;
    {
      const MutexLock lock(mutex_);
      while (tasks_.empty() && !is_stopped_) changed_.wait(mutex_);
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task();
  }
}

void WorkQueue::stop() {
  {
    const MutexLock lock(mutex_);
    is_stopped_ = true;
  }
  changed_.notify_all();
}

std::size_t WorkQueue::waiting() const {
  const MutexLock lock(mutex_);
  return tasks_.size();
}

}  // namespace conglang::server
