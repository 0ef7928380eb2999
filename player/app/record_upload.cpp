#include "player/app/record_upload.h"

#include <charconv>

#include "player/report/play_spool.h"
#include "playlists/base/json.h"
#include "playlists/wire/record_batch.h"

namespace conglang::player {
namespace {

constexpr const char* kReserveFile = "record-numbers";
constexpr std::int64_t kMostBytes = 32;

}  // namespace

Result<std::int64_t> StoredSequenceReserve::reserved() {
  const auto bytes = folder_.read(kReserveFile, kMostBytes);
  if (!bytes && bytes.error().kind == ErrorKind::missing) return std::int64_t{1};
  if (!bytes) return bytes.error();
  std::int64_t below = 0;
  const auto [end, failed] =
      std::from_chars(bytes->data(), bytes->data() + bytes->size(), below);
  if (failed != std::errc{} || end != bytes->data() + bytes->size() || below < 1) {
    return Error{ErrorKind::malformed, std::string(kReserveFile) + ": is damaged"};
  }
  return below;
}

Status StoredSequenceReserve::reserve(std::int64_t below) {
  return replace_file(folder_, kReserveFile, std::to_string(below));
}

RecordUpload::RecordUpload(const std::string& data, const KioskId& kiosk, const KioskKey* key,
                           StateFolder& folder)
    : key_(key),
      reserve_(folder),
      store_({plays_path(data), kiosk,
              [key](std::string_view message) { return key->sign(message); }, reserve_}) {}

Result<std::optional<RecordBatch>> RecordUpload::next(std::int64_t after) {
  if (key_ == nullptr) {
    return Error{ErrorKind::missing,
                 "records: the kiosk's key is lost, nothing can be signed; enrol it anew",
                 "identity-damaged"};
  }
  auto batch = store_.next(after);
  if (!batch) return batch.error();
  if (!*batch) return std::optional<RecordBatch>();
  return std::optional<RecordBatch>(RecordBatch{(*batch)->sequence, std::move((*batch)->body)});
}

Status RecordUpload::acknowledge(const RecordBatch& batch, const std::string& answer) {
  const auto json = parse_json(answer, {.max_bytes = 256 << 10, .max_depth = 8});
  if (!json) return Error{json.error().kind, "records: " + json.error().message};
  const auto read = read_record_answer(*json);
  if (!read) return Error{read.error().kind, "records: " + read.error().message};
  return store_.acknowledge(batch.sequence, *read);
}

}  // namespace conglang::player
