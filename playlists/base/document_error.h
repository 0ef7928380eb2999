// What is wrong with a document of ours, and where in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace conglang {

// A JSON Schema can see whether a document has its form; rules that look at two places
// at once are the reader's alone.
enum class DocumentRule {
  form,
  unique_id,           // two things of a kind have the same id
  dangling_reference,  // it names something that is not in the document
  main_region,         // a layout without a region "main" inside its canvas
  evergreen_item,      // no item may be shown when everything has expired
  nothing_to_play,     // the schedule leads to no item
  asset_use,           // a video where a picture is needed, or the other way round
  link_domain,         // a link to a domain that is not in link_domains
  one_form,            // source form and published form mixed, or dates missing
  validity,            // valid_from is not before valid_until
  real_date,           // a day that does not exist
  text_form,           // characters that are not allowed; see normalize_text()
  text_length,         // counted in characters after composition
};

// "form", "unique-id", ...
std::string to_string(DocumentRule rule);

struct DocumentError {
  std::string pointer;  // JSON pointer (RFC 6901), printable(); empty for the whole document
  std::string message;  // what is wrong and why, printable()
  DocumentRule rule = DocumentRule::form;
};

using DocumentErrors = std::vector<DocumentError>;

inline constexpr std::size_t kMostErrors = 100;  // told of one document

// Words of an unknown document as part of one line for a terminal or a log: what ends a
// line, steers a terminal, turns the direction of writing or is no UTF-8 is written as
// \xNN, and a long text is cut.
std::string printable(std::string_view text);

}  // namespace conglang
