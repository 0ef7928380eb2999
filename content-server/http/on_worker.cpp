#include "content-server/http/on_worker.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <type_traits>
#include <utility>

namespace conglang::server {

namespace net = boost::asio;

net::awaitable<bool> on_worker(WorkQueue& queue, WorkQueue::Admission admission,
                               std::function<void()> task) {
  auto start = [&queue, admission](auto handler, std::function<void()> work) {
    const auto executor = net::get_associated_executor(handler);
    // std::function wants what can be copied, and a handler cannot.
    auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
    const bool is_taken =
        queue.push(admission, [waiting, executor, work = std::move(work)]() mutable {
          work();
          work = nullptr;
          net::post(executor, [waiting = std::move(waiting)] { (*waiting)(true); });
        });
    if (!is_taken) {
      net::post(executor, [waiting = std::move(waiting)] { (*waiting)(false); });
    }
  };
  const bool is_done = co_await net::async_initiate<const net::use_awaitable_t<>, void(bool)>(
      std::move(start), net::use_awaitable, std::move(task));
  co_return is_done;
}

}  // namespace conglang::server
