#include "player/identity/enrolment.h"

#include <utility>

#include "playlists/base/object_reader.h"
#include "playlists/base/sha256.h"

namespace conglang::player {
namespace {

constexpr const char* kCopies[] = {"enrolment", "enrolment-2"};  // the first is the newest
constexpr std::size_t kMostBytes = 1 << 20;

bool is_server(const std::string& address) {
  const bool known = address.starts_with("https://") || address.starts_with("http://");
  return known && address.size() <= 500;
}

JsonObject members_of(const Enrolment& enrolment) {
  JsonObject document{{"format", 1}, {"server", enrolment.server}};
  if (!enrolment.authorities_pem.empty()) {
    document.emplace_back("authorities", enrolment.authorities_pem);
  }
  document.emplace_back("root", enrolment.root);
  document.emplace_back("kiosk", enrolment.kiosk.text());
  if (!enrolment.name.empty()) document.emplace_back("name", enrolment.name);
  document.emplace_back("token", enrolment.token);
  document.emplace_back("group", enrolment.group.text());
  return document;
}

// A bit that fell over in the root or the token would still be JSON.
std::string digest_of(const Enrolment& enrolment) {
  const std::string bytes = write_json(members_of(enrolment));
  return sha256(std::string_view(bytes)).hex();
}

std::string write_document(const Enrolment& enrolment) {
  JsonObject document = members_of(enrolment);
  document.emplace_back("sha256", digest_of(enrolment));
  return write_json(std::move(document), 1) + "\n";
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
  const std::string digest = reader.word("sha256");
  reader.finish();
  if (!errors.empty() || !is_server(read.server) || read.root.empty() ||
      digest != digest_of(read)) {
    return damaged;
  }
  return read;
}

Result<Enrolment> read_copy(StateFolder& folder, const char* name) {
  const auto bytes = folder.read(name, kMostBytes);
  if (bytes) return read_document(*bytes);
  if (bytes.error().kind != ErrorKind::too_large) return bytes.error();
  return Error{ErrorKind::malformed, bytes.error().message, "enrolment-damaged"};
}

}  // namespace

Result<std::optional<Enrolment>> load_enrolment(StateFolder& folder) {
  auto first = read_copy(folder, kCopies[0]);
  auto second = read_copy(folder, kCopies[1]);
  if (!first && !second) {
    const bool is_first_missing = first.error().kind == ErrorKind::missing;
    if (!is_first_missing) return first.error();
    if (second.error().kind != ErrorKind::missing) return second.error();
    return std::optional<Enrolment>{};
  }
  const Enrolment& good = first ? *first : *second;
  for (const auto& [copy, name] : {std::pair{&first, kCopies[0]}, {&second, kCopies[1]}}) {
    if (*copy && **copy == good) continue;
    // What cannot be mended now is tried again at the next start: the other one is good.
    static_cast<void>(replace_file(folder, name, write_document(good)));
  }
  return std::optional<Enrolment>(good);
}

Status save_enrolment(StateFolder& folder, const Enrolment& enrolment) {
  const std::string bytes = write_document(enrolment);
  const auto again = read_document(bytes);
  if (!again || *again != enrolment) {
    return Error{ErrorKind::malformed,
                 "enrolment: " + enrolment.server + ": not what an office gives a kiosk"};
  }
  if (Status kept = replace_file(folder, kCopies[0], bytes); !kept) return kept;
  return replace_file(folder, kCopies[1], bytes);
}

}  // namespace conglang::player
