#include "content-server/storage/migrations.h"

#include <soci/soci.h>

#include <algorithm>
#include <utility>

#include "content-server/publishing/repository_files.h"
#include "content-server/storage/sql_guard.h"
#include "content-server/storage/sql_transaction.h"
#include "content-server/storage/sqlite_connection.h"
#include "playlists/base/sha256.h"

namespace conglang::server {
namespace {

constexpr const char* kTable =
    "create table if not exists schema_migrations (number bigint not null primary key, "
    "name text not null, checksum text not null, applied_at bigint not null)";

struct Applied {
  int number = 0;
  std::string name;
  std::string checksum;
};

Result<std::vector<Applied>> read_applied(SqliteConnection& connection) {
  return sql_guard(connection.file().string(), [&] {
    std::vector<Applied> applied;
    Applied one;
    soci::statement statement =
        (connection.session().prepare
             << "select number, name, checksum from schema_migrations order by number",
         soci::into(one.number), soci::into(one.name), soci::into(one.checksum));
    statement.execute();
    while (statement.fetch()) applied.push_back(one);
    return applied;
  });
}

Error refused(const SqliteConnection& connection, const std::string& why, const char* code) {
  return {ErrorKind::conflict, connection.file().string() + ": " + why, code};
}

Status compare(const SqliteConnection& connection, const std::vector<Applied>& applied,
               const std::vector<Migration>& migrations) {
  if (applied.size() > migrations.size()) {
    return refused(connection,
                   "was made by a newer program (" + applied.back().name +
                       "): use that program, or restore a backup made by this one",
                   "newer-database");
  }
  for (std::size_t place = 0; place < applied.size(); ++place) {
    const Migration& known = migrations[place];
    if (applied[place].number != known.number) {
      return refused(connection, applied[place].name + " was applied out of its order",
                     "migration-edited");
    }
    if (applied[place].checksum != sha256(known.sql).hex()) {
      return refused(connection, known.name + " was edited after it had been applied",
                     "migration-edited");
    }
  }
  return {};
}

// "20261123T101500Z"
std::string stamp(Instant now) {
  std::string text = format_instant(std::chrono::floor<std::chrono::seconds>(now));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

Status back_up(SqliteConnection& connection, int next, const MigrationOptions& options) {
  if (options.backups.empty()) return {};
  Status made = make_folders(options.backups);
  if (!made.ok()) return made;
  return connection.copy_to(options.backups / ("before-migration-" + std::to_string(next) +
                                               "-" + stamp(options.now) + ".sqlite"));
}

Status write_down(SqliteConnection& connection, const Migration& migration, Instant now) {
  return sql_guard(migration.name, [&] {
    const std::string checksum = sha256(migration.sql).hex();
    const long long at = now.time_since_epoch().count();
    connection.session() << "insert into schema_migrations (number, name, checksum, applied_at)"
                            " values (:number, :name, :checksum, :at)",
        soci::use(migration.number), soci::use(migration.name), soci::use(checksum),
        soci::use(at);
  });
}

Status check_references(SqliteConnection& connection, const Migration& migration) {
  const auto broken = connection.ask_number("select count(*) from pragma_foreign_key_check()");
  if (!broken.ok()) return broken.error();
  if (*broken == 0) return {};
  return Error{ErrorKind::storage, migration.name + ": leaves " + std::to_string(*broken) +
                                       " rows that refer to nothing"};
}

// Nothing when another program has applied it meanwhile.
Status apply(SqliteConnection& connection, const std::vector<Migration>& migrations,
             const Migration& migration, Instant now) {
  SqlTransaction transaction(connection);
  Status status = transaction.begin("begin exclusive");
  if (!status.ok()) return status;
  const auto applied = read_applied(connection);
  if (!applied.ok()) return applied.error();
  status = compare(connection, *applied, migrations);
  if (!status.ok()) return status;
  if (applied->size() >= static_cast<std::size_t>(migration.number)) return {};

  status = connection.execute(migration.sql);
  if (!status.ok()) {
    return Error{status.error().kind, migration.name + ": " + status.error().message,
                 status.error().code};
  }
  status = check_references(connection, migration);
  if (status.ok()) status = write_down(connection, migration, now);
  return status.ok() ? transaction.commit() : status;
}

}  // namespace

Status migrate(SqliteConnection& connection, const std::vector<Migration>& migrations,
               const MigrationOptions& options) {
  // A step may rebuild a table that others refer to; apply() checks the references instead.
  Status status = connection.execute(std::string("pragma foreign_keys = off;") + kTable);
  if (!status.ok()) return status;
  const auto applied = read_applied(connection);
  if (!applied.ok()) return applied.error();
  status = compare(connection, *applied, migrations);
  if (!status.ok()) return status;

  const std::size_t done = applied->size();
  if (done > 0 && done < migrations.size()) {
    status = back_up(connection, migrations[done].number, options);
  }
  for (std::size_t next = done; status.ok() && next < migrations.size(); ++next) {
    status = apply(connection, migrations, migrations[next], options.now);
  }
  return status.ok() ? connection.execute("pragma foreign_keys = on") : status;
}

}  // namespace conglang::server
