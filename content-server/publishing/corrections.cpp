#include "content-server/publishing/corrections.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "content-server/access/access_desk.h"
#include "content-server/publishing/message_templates.h"
#include "content-server/publishing/submissions.h"
#include "playlists/publication/publication_document.h"
#include "playlists/publication/write_publication.h"

namespace conglang::server {
namespace {

constexpr Milliseconds kBetween{60'000};
constexpr Milliseconds kFilm{15'000};  // how long is written in the film alone

bool has_ended(const Item& item, Instant now) {
  return std::holds_alternative<CorrectionContent>(item.content) && item.valid_until &&
         *item.valid_until <= now;
}

Status check(const NewCorrection& correction) {
  const auto& [group, content, duration, lasting] = correction;
  if (duration < std::chrono::seconds(5) || duration > std::chrono::seconds(60)) {
    return Error{ErrorKind::malformed, "duration_seconds: must be 5 to 60"};
  }
  if (lasting < std::chrono::days(1) || lasting > std::chrono::days(31)) {
    return Error{ErrorKind::malformed, "lasting_days: must be 1 to 31"};
  }
  if (content.corrects_item && content.corrects_entry) {
    return Error{ErrorKind::malformed, "correction: sets right an item or an entry, not both"};
  }
  if (has_open_field(content.title) || has_open_field(content.text)) return open_field_error();
  return {};
}

}  // namespace

Publication with_correction(Publication shown, const NewCorrection& correction,
                            const std::string& id, Instant now) {
  Item card;
  card.content = correction.content;
  card.duration = correction.duration;
  card.valid_until = std::chrono::floor<std::chrono::seconds>(now) + correction.lasting;
  int number = 0;
  for (Playlist& playlist : shown.playlists) {
    std::vector<Item> items;
    Milliseconds without = kBetween;
    for (Item& item : playlist.items) {
      if (has_ended(item, now)) continue;
      if (without >= kBetween) {
        card.id = ItemId("correction-" + id + "-" + std::to_string(++number));
        items.push_back(card);
        without = {};
      }
      without += item.duration.value_or(kFilm);
      items.push_back(std::move(item));
    }
    playlist.items = std::move(items);
  }
  return shown;
}

Result<Submission> request_correction(const PublishingDesk& desk,
                                      const OfficeRepository& repository,
                                      const NewCorrection& correction) {
  if (Status holds = check(correction); !holds) return holds.error();
  const auto state = repository.published(desk.now);
  if (!state) return state.error();
  const auto bytes = read_publication(repository.folder(), *state, correction.group);
  if (!bytes) return bytes.error();
  if (!*bytes) {
    return Error{ErrorKind::missing,
                 "group " + correction.group.text() + ": shows nothing yet"};
  }
  const auto read = PublicationDocument::read(**bytes);
  const auto* shown = std::get_if<PublicationDocument>(&read);
  if (shown == nullptr) return Error{ErrorKind::malformed, "publication: cannot be read"};
  const std::string id = new_id(desk.now);
  const Publication next = with_correction(shown->publication(), correction, id, desk.now);
  const SubmissionChecks all_known{[](const GroupId&) { return true; },
                                   [](const PublishedFile&) { return true; }};
  auto draft = check_draft(write_json(write_publication(next)), all_known, desk.now);
  if (const auto* errors = std::get_if<DocumentErrors>(&draft)) {
    return Error{ErrorKind::malformed,
                 errors->front().pointer + ": " + errors->front().message};
  }
  return submit(desk, {correction.group,
                       std::get<CheckedDraft>(draft).document,
                       SubmissionOrigin::correction,
                       {},
                       correction.content.title.vi});
}

}  // namespace conglang::server
