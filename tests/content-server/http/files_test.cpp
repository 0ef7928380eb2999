#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>

#include "content-server/http/file_range.h"
#include "tests/support/office_folder.h"
#include "tests/support/running_server.h"

namespace conglang::server {
namespace {

std::string many_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>('a' + i * 7919 % 26);
  return bytes;
}

class HttpFiles : public ::testing::Test {
 protected:
  HttpFiles() : bytes_(many_bytes(1'000'000)), file_(folder_.write("clip.mp4", bytes_)) {
    routes_.add({Method::get, "/clip", BodyRule::none(),
                 [this](const Request&) {
                   return Response{200, {}, FileBody{file_, "\"abc\"", true}};
                 },
                 nullptr});
    routes_.add({Method::put, "/up", BodyRule::file(50'000'000),
                 [this](const Request& r) {
                   std::filesystem::rename(r.file->path, folder_ / "kept");
                   return Response{200, {}, r.file->sha256.hex()};
                 },
                 nullptr});
    routes_.add({Method::put, "/forgets", BodyRule::file(1'000),
                 [](const Request& r) {
                   return Response{200, {}, std::to_string(r.file->length)};
                 },
                 nullptr});
    routes_.add({Method::put, "/guarded", BodyRule::file(50'000'000),
                 [](const Request&) { return Response{}; },
                 [](const Request&) {
                   return std::optional(Response{401, {}, "who?"});
                 }});
  }

  OfficeFolder folder_;
  std::string bytes_;
  std::filesystem::path file_;
  Routes routes_;
};

// Trap 5: Beast's own file body has small buffers and no ranges.
TEST_F(HttpFiles, Trap5AreSentWholeAndInRanges) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  const HttpAnswer whole = client.get("/clip");
  const HttpAnswer part = client.get("/clip", {{"Range", "bytes=500000-"}});

  EXPECT_EQ(whole.body, bytes_);
  EXPECT_EQ(whole.header("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, bytes_.substr(500'000));
  EXPECT_EQ(part.header("content-range"), "bytes 500000-999999/1000000");
  EXPECT_EQ(client.get("/clip", {{"Range", "bytes=2000000-"}}).status, 416);
  EXPECT_EQ(client.get("/clip", {{"If-None-Match", "\"abc\""}}).status, 304);
  EXPECT_EQ(client.ask("HEAD", "/clip").header("content-length"), "1000000");
}

TEST_F(HttpFiles, ThatShrinkWhileTheyAreSentEndTheConnection) {
  constexpr std::int64_t kLarge = std::int64_t{256} << 20;
  std::filesystem::resize_file(file_, kLarge);
  RunningServer server(routes_);
  HttpClient client(server.port());

  client.send("GET /clip HTTP/1.1\r\nHost: g\r\n\r\n");
  client.read_until("\r\n\r\n");
  std::filesystem::resize_file(file_, 10);

  EXPECT_TRUE(client.is_ended_by_server());
}

// Trap 1: the signal SIGPIPE would end the process.
TEST_F(HttpFiles, Trap1AClientThatHangsUpInTheMiddleEndsNothing) {
  std::filesystem::resize_file(file_, std::int64_t{64} << 20);
  RunningServer server(routes_);

  for (int i = 0; i < 20; ++i) {
    HttpClient client(server.port());
    client.send("GET /clip HTTP/1.1\r\nHost: g\r\n\r\n");
    client.read_until("HTTP/1.1 200");
  }

  EXPECT_TRUE(server.comes_to([](const HttpLoad& load) { return load.connections == 0; }));
  HttpClient client(server.port());
  EXPECT_EQ(client.ask("HEAD", "/clip").status, 200);
}

// Trap 2 (small reads) and trap 9 (big writes on I/O threads): taken in pieces by workers.
TEST_F(HttpFiles, Trap2And9UploadsAreHashedAndKeptWhole) {
  RunningServer server(routes_);
  HttpClient client(server.port());
  const std::string body = many_bytes(20'000'000);

  const HttpAnswer answer = client.ask("PUT", "/up", {}, body);

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, sha256(body).hex());
  EXPECT_EQ(std::filesystem::file_size(folder_ / "kept"), body.size());
}

TEST_F(HttpFiles, AnUploadThatNobodyKeepsVanishes) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  EXPECT_EQ(client.ask("PUT", "/forgets", {}, "abc").body, "3");

  EXPECT_TRUE(server.comes_to(
      [&](const HttpLoad&) { return std::filesystem::is_empty(server.folder()); }));
}

TEST_F(HttpFiles, AnUploadThatBreaksOffLeavesNothing) {
  RunningServer server(routes_);
  {
    HttpClient client(server.port());
    client.send("PUT /up HTTP/1.1\r\nHost: g\r\nContent-Length: 9000000\r\n\r\nabc");
    EXPECT_TRUE(server.comes_to(
        [&](const HttpLoad&) { return !std::filesystem::is_empty(server.folder()); }));
  }
  EXPECT_TRUE(server.comes_to(
      [&](const HttpLoad&) { return std::filesystem::is_empty(server.folder()); }));
}

// Trap 3: the bound of a body is the route's own.
TEST_F(HttpFiles, Trap3TheBoundOfABodyIsTheRoutes) {
  RunningServer server(routes_);

  HttpClient announced(server.port());
  EXPECT_EQ(announced.ask("PUT", "/forgets", {}, std::string(1'001, 'x')).status, 413);
  HttpClient chunked(server.port());
  chunked.send("PUT /forgets HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
               std::string(2'000, 'x') + "\r\n");
  EXPECT_EQ(chunked.read_answer().status, 413);
  HttpClient exact(server.port());
  EXPECT_EQ(exact.ask("PUT", "/forgets", {}, std::string(1'000, 'x')).body, "1000");
}

// Trap 6: nobody else answers Expect.
TEST_F(HttpFiles, Trap6ABodyIsAskedForBeforeItComes) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  client.send(
      "PUT /up HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 100);
  client.send("abc");

  EXPECT_EQ(client.read_answer().body, sha256("abc").hex());
}

TEST_F(HttpFiles, ABodyThatMayNotComeIsRefusedUnread) {
  RunningServer server(routes_);
  HttpClient client(server.port());

  client.send(
      "PUT /guarded HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\n"
      "Content-Length: 40000000\r\n\r\n");

  EXPECT_EQ(client.read_answer().status, 401);
  EXPECT_TRUE(std::filesystem::is_empty(server.folder()));
}

FilePart part_of(const std::string& range, const std::string& if_range = "") {
  Request request;
  request.headers["range"] = range;
  if (!if_range.empty()) request.headers["if-range"] = if_range;
  return choose_part(request, "\"t\"", 100);
}

TEST(FileRange, KnowsTheEdges) {
  EXPECT_EQ(part_of("bytes=0-0").length, 1);
  EXPECT_EQ(part_of("bytes=99-500").length, 1);
  EXPECT_EQ(part_of("bytes=-500").length, 100);
  EXPECT_EQ(part_of("bytes=-1").from, 99);
  EXPECT_EQ(part_of("bytes=-0").status, 416);
  EXPECT_EQ(part_of("bytes=100-").status, 416);
}

TEST(FileRange, IsTheWholeFileWhenItSaysNothingClear) {
  for (const char* range : {"bytes=0-1,3-4", "bytes=5-2", "bytes=-", "bytes=a-b", "lines=0-1",
                            "bytes=0-99999999999999999999", "bytes=+1-2", "bytes=--1"}) {
    EXPECT_EQ(part_of(range).status, 200) << range;
  }
}

TEST(FileRange, CountsOnlyForTheFileThatTheClientKnows) {
  EXPECT_EQ(part_of("bytes=1-2", "\"t\"").status, 206);
  EXPECT_EQ(part_of("bytes=1-2", "\"other\"").status, 200);
  EXPECT_EQ(part_of("bytes=1-2", "W/\"t\"").status, 200);
}

}  // namespace
}  // namespace conglang::server
