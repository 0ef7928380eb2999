// Lets a coroutine wait for work that a worker thread does.
// For this room only: it shows Boost.Asio.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>

#include "content-server/http/work_queue.h"

namespace conglang::server {

// Runs `task` on a worker thread and goes on where it was. False: the queue did not take it.
// Requires: `task` does not throw; what it refers to lives in the waiting coroutine.
boost::asio::awaitable<bool> on_worker(WorkQueue& queue, WorkQueue::Admission admission,
                                       std::function<void()> task);

}  // namespace conglang::server
