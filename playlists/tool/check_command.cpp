#include "playlists/tool/check_command.h"

#include <fstream>
#include <ostream>

#include "playlists/base/result.h"
#include "playlists/publication/bounds.h"
#include "playlists/publication/publication_document.h"

namespace conglang {
namespace {

Result<std::string> read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorKind::missing, path + ": cannot be opened"};
  std::string bytes(bounds::kDocumentBytes + 1, '\0');  // one more shows that it is too long
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || (file.fail() && !file.eof())) {
    return Error{ErrorKind::storage, path + ": cannot be read"};
  }
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

bool check_file(const std::string& path, const std::string& prefix, std::ostream& out,
                std::ostream& err) {
  const auto bytes = read_whole(path);
  if (!bytes) {
    err << "conglang-playlists: " << bytes.error().message << "\n";
    return false;
  }
  const auto read = PublicationDocument::read(*bytes);
  const auto* errors = std::get_if<DocumentErrors>(&read);
  if (errors == nullptr) return true;
  for (const DocumentError& error : *errors) {
    out << prefix << (error.pointer.empty() ? "/" : error.pointer) << ": " << error.message
        << " [" << to_string(error.rule) << "]\n";
  }
  return false;
}

}  // namespace

int run_check(const std::vector<std::string>& files, std::ostream& out, std::ostream& err) {
  bool good = true;
  for (const std::string& file : files) {
    const std::string prefix = files.size() > 1 ? file + ": " : std::string();
    good = check_file(file, prefix, out, err) && good;
  }
  return good ? 0 : 1;
}

}  // namespace conglang
