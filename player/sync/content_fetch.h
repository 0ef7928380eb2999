// Brings one file from the server to this disk, going on from what is already here.
//
// Nothing that the server says about the file is believed: not the length, not the offset of
// a part, not that it is the same file as before. What it comes to is hashed in the end.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "player/store/content_download.h"
#include "player/sync/http_client.h"

namespace conglang::player {

struct FetchRules {
  std::int64_t most_bytes_per_second = 0;  // 0: as fast as it comes
  SlowLimit slow_limit{1000, Milliseconds{30'000}};
};

// Why a file did not come.
struct FetchFault {
  std::string name;  // "stalled", "wrong-offset", "wrong-hash", "endless-data", "no-space", …
  std::string message;
  bool is_of_link = false;  // every other file would fail in the same way now
  std::optional<Milliseconds> retry_after{};
};

// Threads: the client's.
class ContentFetch : private HttpSink {
 public:
  // `etag` is of the bytes that an earlier attempt brought, if it is known.
  // Requires: the client outlives it.
  ContentFetch(HttpClient& client, ContentDownload download, FetchRules rules,
               std::string etag = {});

  // Does a little, never waits. True when it is over.
  bool step();

  // Nothing when it is over and well.
  const std::optional<FetchFault>& fault() const { return fault_; }
  const ContentDownload& download() const { return download_; }
  const std::string& etag() const { return etag_; }
  // Whether it only waits for the network now.
  bool is_asking() const { return transfer_ != nullptr; }
  std::int64_t held() const { return download_.held(); }

 private:
  bool begin(const HttpHead& head) override;
  bool add(std::span<const std::uint8_t> bytes) override;

  bool begin_part(const HttpHead& head);
  bool begin_whole(const HttpHead& head);
  bool refuse(std::string name, const std::string& words);
  void ask();
  bool finish();
  bool fail(const Error& error);
  bool end(const HttpResult& result);

  HttpClient& client_;
  ContentDownload download_;
  FetchRules rules_;
  std::string etag_;  // strong, of the bytes that are here
  bool is_hashed_ = false;
  bool was_asked_again_ = false;
  std::optional<FetchFault> fault_;
  std::unique_ptr<HttpTransfer> transfer_;  // ends first: it calls the rest
};

}  // namespace conglang::player
