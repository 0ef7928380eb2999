#include "content-server/api/openapi_routes.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "tests/support/api/api_office.h"

namespace conglang::server {
namespace {

TEST(OpenApi, DescribesEveryRouteAndNoOther) {
  ApiOffice office;
  std::set<std::string> routes;
  for (const Route& route : office.routes.all()) {
    routes.insert(std::string(to_string(route.method)) + " " + route.pattern);
  }

  EXPECT_EQ(routes, office.document.operations());
}

TEST(OpenApi, IsServedAsItIsWritten) {
  std::ifstream file(std::string(CONGLANG_SOURCE_DIR) + "/content-server/openapi.json",
                     std::ios::binary);
  std::stringstream written;
  written << file.rdbuf();

  EXPECT_EQ(openapi_document(), written.str());
}

TEST(OpenApi, NoticesABodyThatIsNotAsPromised) {
  const ApiOffice office;

  EXPECT_NE(office.document.check_response("GET /api/setup", 200, "application/json",
                                           R"({"needed":"yes"})"),
            "");
  EXPECT_NE(office.document.check_response("GET /api/setup", 200, "text/html", "{}"), "");
  EXPECT_NE(office.document.check_response("GET /api/nothing", 200, "application/json", "{}"),
            "");
}

}  // namespace
}  // namespace conglang::server
