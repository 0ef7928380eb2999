#include "player/identity/enrolment.h"

#include <utility>

#include "playlists/base/object_reader.h"

namespace conglang::player {
namespace {

constexpr const char* kName = "enrolment";
constexpr std::size_t kMostBytes = 1 << 20;

bool is_server(const std::string& address) {
  const bool known = address.starts_with("https://") || address.starts_with("http://");
  return known && address.size() <= 500;
}

Result<Enrolment> read_document(const std::string& bytes) {
  const Error damaged{ErrorKind::malformed, "enrolment: the file is damaged",
                      "enrolment-damaged"};
  const auto json = parse_json(bytes, {.max_bytes = kMostBytes, .max_depth = 2});
  if (!json) return damaged;
  DocumentErrors errors;
  ObjectReader reader(*json, "", errors);
  reader.integer("format", {1, 1});
  Enrolment read;
  read.server = reader.word("server");
  if (reader.has("authorities")) read.authorities_pem = reader.word("authorities");
  read.root = reader.word("root");
  read.kiosk = reader.id<KioskId>("kiosk");
  if (reader.has("name")) read.name = reader.word("name");
  read.token = reader.word("token");
  read.group = reader.id<GroupId>("group");
  reader.finish();
  if (!errors.empty() || !is_server(read.server) || read.root.empty()) {
    return damaged;
  }
  return read;
}

std::string write_document(const Enrolment& enrolment) {
  JsonObject document{{"format", 1}, {"server", enrolment.server}};
  if (!enrolment.authorities_pem.empty()) {
    document.emplace_back("authorities", enrolment.authorities_pem);
  }
  document.emplace_back("root", enrolment.root);
  document.emplace_back("kiosk", enrolment.kiosk.text());
  if (!enrolment.name.empty()) document.emplace_back("name", enrolment.name);
  document.emplace_back("token", enrolment.token);
  document.emplace_back("group", enrolment.group.text());
  return write_json(std::move(document), 1) + "\n";
}

}  // namespace

Result<std::optional<Enrolment>> load_enrolment(StateFolder& folder) {
  const auto bytes = folder.read(kName, kMostBytes);
  if (!bytes && bytes.error().kind == ErrorKind::missing) return std::optional<Enrolment>{};
  if (!bytes) return bytes.error();
  auto read = read_document(*bytes);
  if (!read) return read.error();
  return std::optional<Enrolment>(std::move(*read));
}

Status save_enrolment(StateFolder& folder, const Enrolment& enrolment) {
  const std::string bytes = write_document(enrolment);
  const auto again = read_document(bytes);
  if (!again || *again != enrolment) {
    return Error{ErrorKind::malformed,
                 "enrolment: " + enrolment.server + ": not what an office gives a kiosk"};
  }
  return replace_file(folder, kName, bytes);
}

}  // namespace conglang::player
