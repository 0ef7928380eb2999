// Words for moments in which nobody has time to find them: Vietnamese and English together,
// with {fields} to be filled in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "playlists/base/localized_text.h"
#include "playlists/base/result.h"

namespace conglang::server {

enum class TemplatePurpose { urgent, correction };

struct TemplateField {
  std::string name;  // "place", as it stands in {place}
  LocalizedText label;
};

struct MessageTemplate {
  std::string id;
  TemplatePurpose purpose = TemplatePurpose::urgent;
  LocalizedText label;  // in the list of templates
  LocalizedText title, text;
  std::vector<TemplateField> fields;
};

const std::vector<MessageTemplate>& message_templates();

// Whether a {field} of any template still stands in it: such a text is not ready.
bool has_open_field(const LocalizedText& text);
Error open_field_error();

}  // namespace conglang::server
