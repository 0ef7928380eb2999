# Writes a C++ source that holds FILE as the text openapi_document().
# usage: cmake -DFILE=... -DOUT=... -P embed-openapi.cmake
file(READ ${FILE} text)
# A raw string literal may be 64 KiB long; the pieces are joined by the compiler.
string(REGEX REPLACE "\n    \"" "\n)json\" R\"json(    \"" text "${text}")
file(WRITE ${OUT} "#include \"content-server/api/openapi_routes.h\"

namespace conglang::server {

std::string_view openapi_document() {
  return R\"json(${text})json\";
}

}  // namespace conglang::server
")
