// `conglang-playlists schema`: the JSON Schema of a publication, for editors and programs.
#pragma once

#include <iosfwd>
#include <string_view>

namespace conglang {

// playlists/schema/publication.schema.json, put into the program when it was built.
std::string_view publication_schema();

int run_schema(std::ostream& out);

}  // namespace conglang
