# Writes a C++ source that holds FILE as the text openapi_document().
# usage: cmake -DFILE=... -DOUT=... -P embed-openapi.cmake
file(READ ${FILE} text)
# A string literal may be 64 KiB long, joined ones too: so there is one for each member of the
# upper levels.
foreach(indent "    " "      ")
  string(REPLACE "\n${indent}\"" "\n)json\",\n    R\"json(${indent}\"" text "${text}")
endforeach()
file(WRITE ${OUT} "#include <string>

#include \"content-server/api/openapi_routes.h\"

namespace conglang::server {
namespace {

constexpr std::string_view kPieces[] = {
    R\"json(${text})json\",
};

std::string joined() {
  std::string text;
  for (const std::string_view piece : kPieces) text += piece;
  return text;
}

}  // namespace

std::string_view openapi_document() {
  static const std::string text = joined();
  return text;
}

}  // namespace conglang::server
")
