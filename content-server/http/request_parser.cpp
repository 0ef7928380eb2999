#include "content-server/http/request_parser.h"

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace conglang::server {

namespace http = boost::beast::http;

struct RequestParser::Parts {
  http::request_parser<http::buffer_body> parser;
};

RequestParser::RequestParser() : parts_(std::make_unique<Parts>()) {
  // The bound of a body is the route's and counted by the caller; that of the header was
  // counted before its bytes came here.
  parts_->parser.body_limit(boost::none);
  parts_->parser.header_limit(1U << 20);
}

RequestParser::~RequestParser() = default;

Status RequestParser::read_head(std::string_view header) {
  boost::system::error_code fault;
  parts_->parser.put(boost::asio::buffer(header.data(), header.size()), fault);
  if (fault == http::error::bad_version) {
    return Error{ErrorKind::unsupported, "another version of HTTP", "http-version"};
  }
  if (fault || !parts_->parser.is_header_done()) {
    return Error{ErrorKind::malformed, "the request is not well formed"};
  }
  parts_->parser.eager(true);
  return {};
}

std::string_view RequestParser::method() const {
  const auto word = parts_->parser.get().method_string();
  return {word.data(), word.size()};
}

std::string_view RequestParser::target() const {
  const auto word = parts_->parser.get().target();
  return {word.data(), word.size()};
}

bool RequestParser::is_http_1_1() const { return parts_->parser.get().version() == 11; }

bool RequestParser::keeps_alive() const { return parts_->parser.get().keep_alive(); }

Result<RequestParser::Step> RequestParser::read_body(std::string_view received,
                                                     std::span<char> into) {
  auto& parser = parts_->parser;
  parser.get().body().data = into.data();
  parser.get().body().size = into.size();
  parser.get().body().more = true;
  Step step;
  while (!parser.is_done() && step.taken < received.size() && parser.get().body().size > 0) {
    boost::system::error_code fault;
    const std::size_t taken = parser.put(
        boost::asio::buffer(received.data() + step.taken, received.size() - step.taken), fault);
    step.taken += taken;
    if (fault == http::error::need_more || fault == http::error::need_buffer) {
      if (taken == 0) break;
      continue;
    }
    if (fault) return Error{ErrorKind::malformed, "the body is not well formed"};
    if (taken == 0) break;
  }
  step.given = into.size() - parser.get().body().size;
  step.is_done = parser.is_done();
  return step;
}

}  // namespace conglang::server
