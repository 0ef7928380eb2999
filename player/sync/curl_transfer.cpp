#include "player/sync/curl_transfer.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <utility>

#include "player/sync/certificate_dates.h"
#include "player/sync/judge_answer.h"

namespace conglang::player {
namespace {

constexpr int kMostHops = 3;
constexpr std::size_t kMostHeaderBytes = 64 << 10;
constexpr std::int64_t kMostRetrySeconds = 3600;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return result;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size() || number < 0) return {};
  return number;
}

bool is_one_line(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char letter) { return letter >= ' ' && letter != '\x7f'; });
}

void read_field(HttpHead& head, const std::string& name, std::string_view value) {
  if (name == "content-type")
    head.content_type = lower(trimmed(value.substr(0, value.find(';'))));
  if (name == "etag") head.etag = value;
  if (name == "content-range") head.content_range = value;
  if (name == "location") head.location = value;
  if (name == "content-length") head.content_length = number_of(value);
  if (name == "retry-after") {
    if (const auto seconds = number_of(value)) {
      head.retry_after = std::chrono::seconds(std::min(*seconds, kMostRetrySeconds));
    }
  }
}

HttpFault fault_of_connect(CURL* handle) {
  long number = 0;
  curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &number);
  const bool has_no_way = number == ENETUNREACH || number == EHOSTUNREACH || number == ENETDOWN;
  return has_no_way ? HttpFault::unreachable : HttpFault::refused;
}

// `undecided` is the fault when OpenSSL had nothing to say against the certificate.
HttpFault fault_of_certificate(CURL* handle, HttpFault undecided) {
  // Source: x509_vfy.h of OpenSSL: X509_V_OK, X509_V_ERR_UNSPECIFIED (with which libcurl
  // 7.88 begins), X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED.
  constexpr long kGood = 0, kUnspecified = 1, kNotYetValid = 9, kHasExpired = 10;
  long verdict = kGood;
  curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &verdict);
  if (verdict == kGood || verdict == kUnspecified) return undecided;
  const bool is_by_date = verdict == kNotYetValid || verdict == kHasExpired;
  return is_by_date ? HttpFault::tls_dates : HttpFault::tls_untrusted;
}

// A handshake that broke off. When an authority of the same name but with another key has
// signed, OpenSSL 3.0 gives no verdict, only the error of its signature routines.
HttpFault fault_of_handshake(CURL* handle, std::string_view words) {
  const bool is_about_a_signature = words.find("error:") != std::string_view::npos &&
                                    words.find("SSL routines") == std::string_view::npos;
  return fault_of_certificate(
      handle, is_about_a_signature ? HttpFault::tls_untrusted : HttpFault::tls_failed);
}

HttpFault fault_of_timeout(std::string_view words) {
  if (words.rfind("Operation too slow", 0) == 0) return HttpFault::stalled;
  return words.rfind("Resolving timed out", 0) == 0 ? HttpFault::dns : HttpFault::timeout;
}

}  // namespace

CurlTransfer::CurlTransfer(HttpRequest request, HttpSink& sink, CurlShared& shared)
    : request_(std::move(request)), sink_(sink), shared_(shared), easy_(curl_easy_init()) {
  set_request();
  set_limits();
  set_tls();
}

template <typename Value>
void CurlTransfer::set(CURLoption option, Value value) {
  // Fails only for options that this libcurl does not have, and for lack of memory.
  curl_easy_setopt(easy_.get(), option, value);
}

void CurlTransfer::set_request() {
  set(CURLOPT_URL, (shared_.settings.address + request_.path).c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, shared_.settings.proxy.c_str());
  set(CURLOPT_NOPROXY, "");
  set(CURLOPT_USERAGENT, "conglang-player");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // a resolver that hangs does not hold up the end
  set(CURLOPT_ERRORBUFFER, words_.data());
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const auto& [name, value] : request_.headers) {
    if (!is_one_line(value)) continue;  // the server then misses it, and says so
    list = curl_slist_append(list, (name + ": " + value).c_str());
  }
  if (request_.method != "GET") {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(CURLOPT_POSTFIELDS, request_.body.c_str());
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    list = curl_slist_append(list, ("Content-Type: " + request_.body_type).c_str());
  }
  if (request_.range && request_.range->from > 0) {
    set(CURLOPT_RANGE, (std::to_string(request_.range->from) + "-").c_str());
    if (!request_.range->if_etag.empty()) {
      list = curl_slist_append(list, ("If-Range: " + request_.range->if_etag).c_str());
    }
  }
  headers_.reset(list);
  set(CURLOPT_HTTPHEADER, list);
  set(CURLOPT_HEADERFUNCTION, &CurlTransfer::take_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(CURLOPT_WRITEFUNCTION, &CurlTransfer::take_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
}

void CurlTransfer::set_limits() {
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(shared_.settings.connect_limit.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request_.total_limit.count()));
  if (request_.slow_limit) {
    const auto over = std::chrono::ceil<std::chrono::seconds>(request_.slow_limit->over);
    set(CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(request_.slow_limit->bytes_per_second));
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(over.count()));
  }
  if (request_.most_bytes_per_second > 0) {
    // Left alone, libcurl takes in a hundred blocks of 16 kB before it looks at its limit.
    constexpr long kSmallBlock = 1024;
    set(CURLOPT_BUFFERSIZE, kSmallBlock);
    set(CURLOPT_MAX_RECV_SPEED_LARGE, static_cast<curl_off_t>(request_.most_bytes_per_second));
  }
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &CurlTransfer::progress);
  set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
  set(CURLOPT_TCP_KEEPALIVE, 1L);
}

void CurlTransfer::set_tls() {
  const CurlSettings& settings = shared_.settings;
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, settings.believes_anybody ? 0L : 1L);
  set(CURLOPT_SSL_VERIFYHOST, settings.believes_anybody ? 0L : 2L);
  if (!settings.believes_system_too) {
    set(CURLOPT_CAINFO, static_cast<const char*>(nullptr));
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (!settings.authorities_pem.empty()) {
    // Libcurl 7.88 takes no constant pointer, and does not write through it.
    curl_blob pem{const_cast<char*>(settings.authorities_pem.data()),
                  settings.authorities_pem.size(), CURL_BLOB_NOCOPY};
    set(CURLOPT_CAINFO_BLOB, &pem);
  }
  if (request_.judges_dates) dates_judged_by_ = shared_.dates_judged_by;
  set(CURLOPT_SSL_CTX_FUNCTION, &CurlTransfer::open_tls);
  set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(this));
  if (dates_judged_by_) return;
  // Such a connection serves nobody who judges.
  set(CURLOPT_FORBID_REUSE, 1L);
  set(CURLOPT_FRESH_CONNECT, 1L);
  set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
}

CURLcode CurlTransfer::open_tls(CURL* /*handle*/, void* context, void* self) {
  judge_certificate_dates(context, static_cast<CurlTransfer*>(self)->dates_judged_by_);
  return CURLE_OK;
}

int CurlTransfer::progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<CurlTransfer*>(self)->shared_.stopped ? 1 : 0;
}

// --- what comes ---

std::size_t CurlTransfer::take_header(char* bytes, std::size_t size, std::size_t count,
                                      void* self) {
  const std::size_t length = size * count;
  return static_cast<CurlTransfer*>(self)->read_header({bytes, length}) ? length : 0;
}

bool CurlTransfer::read_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMostHeaderBytes) {
    failure_ = HttpFailure{HttpFault::too_large, request_.path + ": header without an end"};
    return false;
  }
  if (line.rfind("HTTP/", 0) == 0) {
    head_ = {};  // an earlier one was of a proxy, or "100 Continue"
    const auto status =
        number_of(line.substr(std::min(line.find(' '), line.size() - 1) + 1, 3));
    head_.status = static_cast<int>(status.value_or(0));
    return true;
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    read_field(head_, lower(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
  }
  return true;
}

std::size_t CurlTransfer::take_body(char* bytes, std::size_t size, std::size_t count,
                                    void* self) {
  const std::size_t length = size * count;
  const std::span body(reinterpret_cast<const std::uint8_t*>(bytes), length);
  // Anything but the length tells libcurl to end; for an empty piece that would be "go on".
  return static_cast<CurlTransfer*>(self)->add_body(body) ? length : length + 1;
}

bool CurlTransfer::is_redirect() const {
  return head_.status >= 300 && head_.status < 400 && head_.status != 304;
}

bool CurlTransfer::begin_body() {
  if (has_begun_) return true;
  has_begun_ = true;
  failure_ = judge_head(request_, head_);
  if (failure_) return false;
  if (sink_.begin(head_)) return true;
  failure_ = HttpFailure{HttpFault::refused_by_us, request_.path + ": not what was wanted"};
  return false;
}

bool CurlTransfer::add_body(std::span<const std::uint8_t> bytes) {
  if (request_.expects == HttpContent::events) shared_.event_came = true;
  if (is_redirect()) return true;  // its words are for people
  if (!begin_body()) return false;
  body_bytes_ += static_cast<std::int64_t>(bytes.size());
  if (body_bytes_ > request_.max_bytes) {
    failure_ = HttpFailure{
        HttpFault::too_large,
        request_.path + ": more than " + std::to_string(request_.max_bytes) + " bytes came"};
    return false;
  }
  if (sink_.add(bytes)) return true;
  failure_ = HttpFailure{HttpFault::refused_by_us, request_.path + ": no more was wanted"};
  return false;
}

// --- how it ends ---

bool CurlTransfer::finish(CURLcode code) {
  if (code == CURLE_OK && is_redirect() && follow()) return true;
  if (code == CURLE_OK && begin_body()) {
    result_ = HttpAnswer{head_, {}};
  } else {
    result_ = failure_ ? *failure_ : failure_of(code);
  }
  return false;
}

bool CurlTransfer::follow() {
  const char* next = nullptr;
  curl_easy_getinfo(easy_.get(), CURLINFO_REDIRECT_URL, &next);
  const std::string address = next == nullptr ? "" : next;
  const bool is_ours = origin_of(address) == origin_of(shared_.settings.address);
  if (!is_ours || request_.method != "GET" || hops_ >= kMostHops) return false;
  ++hops_;
  head_ = {};
  header_bytes_ = 0;
  set(CURLOPT_URL, address.c_str());
  return true;
}

void CurlTransfer::end_stopped() {
  result_ = HttpFailure{HttpFault::stopped, request_.path + ": the player ends"};
}

HttpFailure CurlTransfer::failure_of(CURLcode code) {
  const std::string_view told(words_.data());
  HttpFailure failure{
      HttpFault::cut,
      request_.path + ": " + (told.empty() ? curl_easy_strerror(code) : std::string(told))};
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      failure.kind = HttpFault::dns;
      break;
    case CURLE_COULDNT_CONNECT:
      failure.kind = fault_of_connect(easy_.get());
      break;
    case CURLE_OPERATION_TIMEDOUT:
      failure.kind = fault_of_timeout(told);
      break;
    case CURLE_PEER_FAILED_VERIFICATION:
      failure.kind = fault_of_certificate(easy_.get(), HttpFault::tls_name);
      break;
    case CURLE_SSL_CONNECT_ERROR:
      failure.kind = fault_of_handshake(easy_.get(), told);
      break;
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
      failure.kind = HttpFault::tls_failed;
      break;
    case CURLE_ABORTED_BY_CALLBACK:
      failure.kind = HttpFault::stopped;
      break;
    default:
      break;
  }
  return failure;
}

}  // namespace conglang::player
