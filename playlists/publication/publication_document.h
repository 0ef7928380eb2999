// A publication that was read and checked, and that nobody trusts yet.
//
// For drafts, previews and tools. What a kiosk shows is a VerifiedPublication.
#pragma once

#include <string_view>
#include <utility>
#include <variant>

#include "playlists/base/document_error.h"
#include "playlists/publication/publication.h"

namespace conglang {

enum class PublicationForm {
  source,     // as a person writes it: files by path
  published,  // as it is signed: files by digest
};

class PublicationDocument {
 public:
  // Reads strictly: form first, and when that holds, the rules over the whole document.
  // Texts come out in NFC. All errors are told, at most 100.
  static std::variant<PublicationDocument, DocumentErrors> read(std::string_view bytes);

  const Publication& publication() const { return publication_; }
  PublicationForm form() const { return form_; }

 private:
  PublicationDocument(Publication publication, PublicationForm form)
      : publication_(std::move(publication)), form_(form) {}

  Publication publication_;
  PublicationForm form_;
};

}  // namespace conglang
