// A fresh database of the office in a folder of its own, gone when the test ends.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "content-server/storage/database.h"
#include "tests/support/office_folder.h"

namespace conglang::server {

// How the contract tests of all stores come to a database: the one place to change when
// another kind of database joins.
class OfficeDatabase {
 public:
  explicit OfficeDatabase(const DatabaseOptions& options = {}) : options_(options) {
    open_again();
  }

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  const OfficeFolder& folder() const { return folder_; }
  std::filesystem::path file() const { return folder_ / "office.sqlite"; }

  // Closes it, as the end of the program does, and opens the same file.
  void open_again() {
    database_.reset();
    auto opened = Database::open(file(), options_, Instant{std::chrono::hours{24 * 365 * 56}});
    if (!opened.ok()) ADD_FAILURE() << opened.error().message;
    database_ = std::move(*opened);
  }

 private:
  OfficeFolder folder_;
  DatabaseOptions options_;
  std::unique_ptr<Database> database_;
};

}  // namespace conglang::server
