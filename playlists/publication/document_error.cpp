#include "playlists/publication/document_error.h"

namespace conglang {

std::string to_string(DocumentRule rule) {
  switch (rule) {
    case DocumentRule::form:
      return "form";
    case DocumentRule::unique_id:
      return "unique-id";
    case DocumentRule::dangling_reference:
      return "dangling-reference";
    case DocumentRule::main_region:
      return "main-region";
    case DocumentRule::evergreen_item:
      return "evergreen-item";
    case DocumentRule::nothing_to_play:
      return "nothing-to-play";
    case DocumentRule::asset_use:
      return "asset-use";
    case DocumentRule::link_domain:
      return "link-domain";
    case DocumentRule::one_form:
      return "one-form";
    case DocumentRule::validity:
      return "validity";
    case DocumentRule::real_date:
      return "real-date";
    case DocumentRule::text_form:
      return "text-form";
    case DocumentRule::text_length:
      return "text-length";
  }
  return "form";
}

}  // namespace conglang
