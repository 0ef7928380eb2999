// A real file over a real connection onto a real disk, while the server breaks off.

#include <gtest/gtest.h>

#include "player/store/content_disk.h"
#include "player/sync/curl_client.h"
#include "player/sync/programme_fetch.h"
#include "playlists/trust/verified_target.h"
#include "tests/player/store/content_files.h"
#include "tests/player/sync/loopback_server.h"
#include "tests/support/office_folder.h"

namespace conglang::player {
namespace {

constexpr std::size_t kPiece = 300'000;

std::string film() {
  std::string bytes(1'000'000, '\0');
  std::uint32_t state = 1;
  for (char& byte : bytes) {
    state = state * 1'664'525 + 1'013'904'223;
    byte = static_cast<char>(state >> 24);
  }
  return bytes;
}

std::size_t first_byte_asked(const std::string& request) {
  const std::size_t range = request.find("Range: bytes=");
  return range == std::string::npos ? 0 : std::stoul(request.substr(range + 13));
}

// Honest, but every connection ends after a piece.
LoopbackServer::Script breaks_off(const std::string& bytes, std::atomic<int>& asked) {
  return [&bytes, &asked](TestConnection& connection) {
    const std::string request = connection.read_request();
    ++asked;
    const std::size_t from = first_byte_asked(request);
    const std::string rest = std::to_string(bytes.size() - from);
    const std::string range = "Content-Range: bytes " + std::to_string(from) + "-" +
                              std::to_string(bytes.size() - 1) + "/" +
                              std::to_string(bytes.size()) + "\r\n";
    connection.send("HTTP/1.1 " + std::string(from == 0 ? "200 OK" : "206 Partial Content") +
                    "\r\nContent-Type: video/mp4\r\nETag: \"v1\"\r\nContent-Length: " + rest +
                    "\r\n" + (from == 0 ? "" : range) + "\r\n");
    connection.send(bytes.substr(from, kPiece));
  };
}

TEST(FetchOverCurl, PutsAFileTogetherFromBrokenConnections) {
  const std::string bytes = film();
  std::atomic<int> asked = 0;
  const LoopbackServer server(breaks_off(bytes, asked));
  CurlSettings settings;
  settings.address = server.address();
  const auto client = open_curl_client(settings).value();
  const OfficeFolder folder;
  auto disk = ContentDisk::open(folder.path().string()).value();
  auto store = ContentStore::open(disk, {1 << 30, 0}).value();
  ProgrammeFetch fetch({*client, store, {}, [] { return 0.5; }});
  fetch.want({asset_of(bytes)});

  MonotonicTime now{};
  for (int turn = 0; turn < 10'000 && !fetch.is_whole(); ++turn) {
    const FetchNews news = fetch.step(now);
    if (news.look_again && *news.look_again > now) {
      now = *news.look_again;  // the clock is ours: no waiting between attempts
    } else {
      client->work(Milliseconds{100});
    }
  }

  ASSERT_TRUE(fetch.is_whole());
  EXPECT_EQ(asked, 4);
  EXPECT_EQ(bytes_of(folder / repository_path(asset_of(bytes))), bytes);
  EXPECT_TRUE(std::filesystem::is_empty(folder / "incoming"));
}

}  // namespace
}  // namespace conglang::player
