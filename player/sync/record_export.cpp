#include "player/sync/record_export.h"

#include "playlists/base/ids.h"

namespace conglang::player {

std::string export_name(const std::string& kiosk, std::int64_t sequence) {
  constexpr std::size_t kDigits = 12;
  const std::string number = std::to_string(sequence);
  const std::string zeros(kDigits - std::min(kDigits, number.size()), '0');
  return "records-" + kiosk + "-" + zeros + number + ".json";
}

Result<std::size_t> export_records(RecordOutbox& records, const std::string& kiosk,
                                   StateFolder& stick, std::size_t most) {
  if (!is_valid_id(kiosk))
    return Error{ErrorKind::malformed, kiosk + ": not the id of a kiosk"};
  std::int64_t after = 0;
  for (std::size_t written = 0; written < most; ++written) {
    const auto batch = records.next(after);
    if (!batch) return batch.error();
    if (!*batch) return written;
    after = (*batch)->sequence;
    if (Status kept = replace_file(stick, export_name(kiosk, after), (*batch)->body); !kept) {
      return kept.error();
    }
  }
  return most;
}

}  // namespace conglang::player
