// Handles of libcurl with an owner.
#pragma once

#include <curl/curl.h>

#include <memory>

namespace conglang::player {

struct CurlFree {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(CURLU* address) const { curl_url_cleanup(address); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

using CurlEasy = std::unique_ptr<CURL, CurlFree>;
using CurlAddress = std::unique_ptr<CURLU, CurlFree>;
using CurlList = std::unique_ptr<curl_slist, CurlFree>;

// CURLM is the same type as CURL in the eyes of the compiler.
struct CurlMultiFree {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
using CurlMulti = std::unique_ptr<CURLM, CurlMultiFree>;

}  // namespace conglang::player
