#include "player/sync/curl_client.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "player/sync/curl_transfer.h"
#include "player/sync/judge_answer.h"

namespace conglang::player {
namespace {

constexpr long kAtOnceMs = 0;
constexpr Milliseconds kLookAgain{1000};

class WholeBody : public HttpSink {
 public:
  bool begin(const HttpHead& head) override {
    static_cast<void>(head);
    return true;
  }
  bool add(std::span<const std::uint8_t> bytes) override {
    body_.append(bytes.begin(), bytes.end());
    return true;
  }
  std::string take() { return std::move(body_); }

 private:
  std::string body_;
};

class CurlClient : public HttpClient {
 public:
  CurlClient(CurlMulti multi, const CurlSettings& settings) : multi_(std::move(multi)) {
    shared_.settings = settings;
  }

  HttpResult exchange(const HttpRequest& request) override {
    WholeBody body;
    const std::unique_ptr<HttpTransfer> transfer = start(request, body);
    while (!transfer->end()) drive(kLookAgain);
    HttpResult result = *transfer->end();
    auto* answer = std::get_if<HttpAnswer>(&result);
    if (answer == nullptr) return result;
    answer->body = body.take();
    if (auto failure = judge_body(request, *answer)) return *failure;
    return result;
  }

  std::unique_ptr<HttpTransfer> start(const HttpRequest& request, HttpSink& sink) override {
    auto running = std::make_unique<CurlTransfer>(request, sink, shared_);
    CurlTransfer* transfer = running.get();
    curl_multi_add_handle(multi_.get(), transfer->handle());
    running_.push_back(transfer);
    return std::make_unique<Started>(*this, std::move(running));
  }

  bool work(Milliseconds limit) override {
    shared_.event_came = false;
    bool is_worth_it = advance();
    if (!is_worth_it && !woken_) {
      wait(limit);
      is_worth_it = advance();
    }
    const bool was_woken = woken_.exchange(false);
    return is_worth_it || was_woken;
  }

  void judge_dates(std::optional<Instant> today) override { shared_.dates_judged_by = today; }
  void wake() override {
    woken_ = true;
    curl_multi_wakeup(multi_.get());
  }
  void stop() override {
    shared_.stopped = true;
    wake();
  }

 private:
  class Started : public HttpTransfer {
   public:
    Started(CurlClient& client, std::unique_ptr<CurlTransfer> transfer)
        : client_(client), transfer_(std::move(transfer)) {}
    ~Started() override { client_.forget(transfer_.get()); }
    Started(const Started&) = delete;
    Started& operator=(const Started&) = delete;

    const std::optional<HttpResult>& end() const override { return transfer_->result(); }

   private:
    CurlClient& client_;
    const std::unique_ptr<CurlTransfer> transfer_;
  };

  void drive(Milliseconds limit) {
    if (!advance()) wait(limit);
    advance();
  }

  void wait(Milliseconds limit) {
    if (shared_.stopped) return;
    const auto most = std::clamp<std::int64_t>(limit.count(), kAtOnceMs, 60'000);
    curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(most), nullptr);
  }

  // Whether a transfer ended or an event came.
  bool advance() {
    int count = 0;
    curl_multi_perform(multi_.get(), &count);
    bool ended = false;
    int waiting = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &waiting)) {
      if (message->msg != CURLMSG_DONE) continue;
      finish(message->easy_handle, message->data.result);
      ended = true;
    }
    if (shared_.stopped) end_all();
    return ended || shared_.event_came;
  }

  void finish(CURL* handle, CURLcode code) {
    const auto found =
        std::find_if(running_.begin(), running_.end(),
                     [&](const CurlTransfer* each) { return each->handle() == handle; });
    if (found == running_.end()) return;
    CurlTransfer* transfer = *found;
    curl_multi_remove_handle(multi_.get(), handle);
    if (transfer->finish(code)) {
      curl_multi_add_handle(multi_.get(), handle);
    } else {
      running_.erase(found);
    }
  }

  void end_all() {
    for (CurlTransfer* transfer : std::exchange(running_, {})) {
      curl_multi_remove_handle(multi_.get(), transfer->handle());
      transfer->end_stopped();
    }
  }

  void forget(CurlTransfer* transfer) {
    const auto found = std::find(running_.begin(), running_.end(), transfer);
    if (found == running_.end()) return;
    curl_multi_remove_handle(multi_.get(), transfer->handle());
    running_.erase(found);
  }

  CurlShared shared_;
  CurlMulti multi_;
  std::vector<CurlTransfer*> running_;
  std::atomic<bool> woken_ = false;
};

bool has_part(CURLU* address, CURLUPart part) {
  char* text = nullptr;
  const bool has = curl_url_get(address, part, &text, 0) == CURLUE_OK;
  curl_free(text);
  return has;
}

Status check_address(const std::string& address) {
  const CurlAddress parsed(curl_url());
  const bool is_address =
      curl_url_set(parsed.get(), CURLUPART_URL, address.c_str(), 0) == CURLUE_OK;
  const std::string origin = origin_of(address);
  if (is_address && origin.empty()) {
    return Error{ErrorKind::unsupported,
                 "server address " + address + ": neither http nor https"};
  }
  const bool has_more = has_part(parsed.get(), CURLUPART_USER) ||
                        has_part(parsed.get(), CURLUPART_QUERY) ||
                        has_part(parsed.get(), CURLUPART_FRAGMENT);
  if (is_address && !has_more && address.back() != '/') return {};
  return Error{ErrorKind::malformed,
               "server address " + address +
                   ": must be like https://host:8443, without user, query or '/' at its end"};
}

}  // namespace

Result<std::unique_ptr<HttpClient>> open_curl_client(const CurlSettings& settings) {
  if (Status checked = check_address(settings.address); !checked) return checked.error();
  const bool is_tls = origin_of(settings.address).rfind("https", 0) == 0;
  const bool names_somebody = !settings.authorities_pem.empty() || settings.believes_system_too;
  if (is_tls && !names_somebody && !settings.believes_anybody) {
    return Error{ErrorKind::unsupported,
                 "server address " + settings.address + ": nobody is named who could prove it"};
  }
  // May be called again and again; what it allocates lives as long as the program.
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return Error{ErrorKind::unsupported, "libcurl: cannot be started"};
  }
  CurlMulti multi(curl_multi_init());
  if (!multi) return Error{ErrorKind::storage, "libcurl: no memory"};
  return std::unique_ptr<HttpClient>(std::make_unique<CurlClient>(std::move(multi), settings));
}

}  // namespace conglang::player
