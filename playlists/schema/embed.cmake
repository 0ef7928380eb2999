# Writes a C++ source that holds FILE as the text publication_schema().
# usage: cmake -DFILE=... -DOUT=... -P embed.cmake
file(READ ${FILE} text)
# A raw string literal may be 64 KiB long; the pieces are joined by the compiler.
string(REGEX REPLACE "\n  \"" "\n)json\" R\"json(  \"" text "${text}")
file(WRITE ${OUT} "#include \"playlists/tool/schema_command.h\"

namespace conglang {

std::string_view publication_schema() {
  return R\"json(${text})json\";
}

}  // namespace conglang
")
