#include "player/sync/record_export.h"

#include <algorithm>

#include "player/store/content_folder.h"
#include "playlists/base/ids.h"

namespace conglang::player {

std::string export_name(const std::string& kiosk, std::int64_t sequence) {
  constexpr std::size_t kDigits = 12;
  const std::string number = std::to_string(sequence);
  const std::string zeros(kDigits - std::min(kDigits, number.size()), '0');
  return "records-" + kiosk + "-" + zeros + number + ".json";
}

Result<bool> RecordExport::step() {
  if (!is_valid_id(kiosk_)) {
    return Error{ErrorKind::malformed, kiosk_ + ": not the id of a kiosk"};
  }
  if (batches_ == rules_.most_batches) return true;
  const auto batch = records_.next(after_);
  if (!batch) return batch.error();
  if (!*batch) return true;
  const std::string name = export_name(kiosk_, (*batch)->sequence);
  const std::string& body = (*batch)->body;
  if (!lies_there(name, body)) {
    const auto bytes = static_cast<std::int64_t>(body.size());
    if (bytes > rules_.room) {
      return Error{ErrorKind::storage, name + ": no room on the stick", kNoSpaceCode};
    }
    if (Status kept = replace_file(stick_, name, body); !kept) return kept.error();
    rules_.room -= bytes;
  }
  after_ = (*batch)->sequence;
  ++batches_;
  return false;
}

bool RecordExport::lies_there(const std::string& name, const std::string& body) const {
  const auto found = stick_.read(name, static_cast<std::int64_t>(body.size()));
  return found && *found == body;
}

}  // namespace conglang::player
