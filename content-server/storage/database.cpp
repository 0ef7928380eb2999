#include "content-server/storage/database.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "content-server/storage/audit_anchor.h"
#include "content-server/storage/bound_stores.h"
#include "content-server/storage/database_writer.h"
#include "content-server/storage/migrations.h"
#include "content-server/storage/sql_transaction.h"
#include "content-server/storage/sqlite_connection.h"
#include "playlists/base/check.h"
#include "playlists/base/mutex.h"

namespace conglang::server {
namespace {

namespace fs = std::filesystem;

// "CLng": told apart from any other program's database.
constexpr std::int64_t kApplicationId = 0x434C6E67;

// Chosen: bounds how long one commit holds the others up; some 20 ms.
constexpr std::size_t kMostInGroup = 512;

thread_local bool is_in_transaction = false;

// Marks the thread while a transaction's work may run on it.
class OneAtATime {
 public:
  OneAtATime() {
    check(!is_in_transaction, "no transaction is opened inside a transaction");
    is_in_transaction = true;
  }
  ~OneAtATime() { is_in_transaction = false; }
  OneAtATime(const OneAtATime&) = delete;
  OneAtATime& operator=(const OneAtATime&) = delete;
};

struct Reader {
  explicit Reader(std::unique_ptr<SqliteConnection> opened)
      : connection(std::move(opened)), stores(connection->session()) {}

  std::unique_ptr<SqliteConnection> connection;
  BoundStores stores;
};

Error damaged(const fs::path& file, const std::string& why) {
  return {ErrorKind::storage,
          file.string() + ": is damaged (" + why +
              "). Nothing was changed. Keep the file aside and put the newest backup in its "
              "place with: conglang-server restore",
          "damaged-database"};
}

Error lost_entries(const fs::path& file, const std::string& why) {
  return {ErrorKind::storage,
          file.string() + ": is older than audit.anchor beside it (" + why +
              "). Its -wal file is missing, or an old copy was put back. Put the right files "
              "back, or use: conglang-server restore",
          "lost-entries"};
}

Error with_advice(const fs::path& file, const Error& error) {
  return error.code == "damaged-database" ? damaged(file, error.message) : error;
}

Status check_pages(SqliteConnection& connection, const std::string& pragma) {
  const auto verdict = connection.ask_text("pragma " + pragma + "(1)");
  if (!verdict.ok()) return with_advice(connection.file(), verdict.error());
  if (*verdict != "ok") return damaged(connection.file(), *verdict);
  return {};
}

// Marks a new file as ours.
Status check_owner(SqliteConnection& connection) {
  const auto id = connection.ask_number("pragma application_id");
  const auto tables = connection.ask_number("select count(*) from sqlite_schema");
  if (!id.ok()) return id.error();
  if (!tables.ok()) return tables.error();
  if (*id == kApplicationId) return {};
  if (*id != 0 || *tables != 0) {
    return Error{ErrorKind::unsupported,
                 connection.file().string() + ": is another program's database"};
  }
  return connection.execute("pragma application_id = " + std::to_string(kApplicationId));
}

Status use_log(SqliteConnection& connection) {
  const auto mode = connection.ask_text("pragma journal_mode = wal");
  if (!mode.ok()) return mode.error();
  if (*mode == "wal") return connection.execute("pragma journal_size_limit = 67108864");
  return Error{ErrorKind::unsupported,
               connection.file().string() +
                   ": lies where SQLite cannot keep a write-ahead log (a network share?)"};
}

Status check_anchor(const fs::path& file, AuditLog& log,
                    const std::optional<AuditAnchor>& anchor) {
  if (!anchor) return {};
  const auto found = log.read({.before_number = anchor->number + 1, .most = 1});
  if (!found.ok()) return found.error();
  const std::string number = std::to_string(anchor->number);
  if (found->empty() || found->front().number != anchor->number) {
    return lost_entries(file, "audit entry " + number + " is missing");
  }
  if (found->front().digest == anchor->digest) return {};
  return lost_entries(file, "audit entry " + number + " is another");
}

fs::path anchor_beside(const fs::path& file) { return file.parent_path() / "audit.anchor"; }

bool holds_nothing(const fs::path& file) {
  std::error_code absent;
  return fs::file_size(file, absent) == 0 || absent;
}

// A connection to a file that was checked and migrated.
Result<std::unique_ptr<SqliteConnection>> open_writer(const fs::path& file,
                                                      const DatabaseOptions& options,
                                                      Instant now) {
  const auto anchor = read_audit_anchor(anchor_beside(file));
  if (!anchor.ok()) return anchor.error();
  if (*anchor && holds_nothing(file)) return lost_entries(file, "it is empty or missing");
  auto opened = SqliteConnection::open(file, SqliteConnection::Access::write, options.busy);
  if (!opened.ok()) return with_advice(file, opened.error());
  SqliteConnection& connection = **opened;

  Status status = check_pages(connection, "quick_check");
  if (status.ok()) status = check_owner(connection);
  if (status.ok()) status = use_log(connection);
  const fs::path backups =
      options.backups.empty() ? file.parent_path() / "backups" : options.backups;
  if (status.ok()) status = migrate(connection, embedded_migrations(), {backups, now});
  SqlAuditLog log(connection.session());
  if (status.ok()) status = check_anchor(file, log, *anchor);
  if (!status.ok()) return with_advice(file, status.error());
  return opened;
}

}  // namespace

struct Database::Parts {
  Parts(std::unique_ptr<SqliteConnection> connection, const DatabaseOptions& chosen)
      : file(connection->file()), options(chosen), writer(std::move(connection), options) {}

  Reader* take_reader() {
    MutexLock lock(readers_mutex);
    while (free_readers.empty()) reader_is_free.wait(readers_mutex);
    Reader* reader = free_readers.back();
    free_readers.pop_back();
    return reader;
  }

  void give_back(Reader* reader) {
    {
      MutexLock lock(readers_mutex);
      free_readers.push_back(reader);
    }
    reader_is_free.notify_one();
  }

  // A reader of one's own until the end of the scope.
  class Lease {
   public:
    explicit Lease(Parts& parts) : parts_(parts), reader_(parts.take_reader()) {}
    ~Lease() { parts_.give_back(reader_); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Reader* operator->() const { return reader_; }

   private:
    Parts& parts_;
    Reader* reader_;
  };

  Status write_grouped(const Work& work);
  void lead(GroupedWrite& mine);

  const fs::path file;
  const DatabaseOptions options;

  Mutex writer_mutex;
  DatabaseWriter writer CONGLANG_GUARDED_BY(writer_mutex);

  std::vector<std::unique_ptr<Reader>> readers;  // as many as were opened, for life
  Mutex readers_mutex;
  std::condition_variable_any reader_is_free;
  std::vector<Reader*> free_readers CONGLANG_GUARDED_BY(readers_mutex);

  // As long as there are threads that write. Taken before writer_mutex, never inside it.
  Mutex group_mutex;
  std::condition_variable_any group_changed;
  std::vector<GroupedWrite*> waiting CONGLANG_GUARDED_BY(group_mutex);
  bool is_led CONGLANG_GUARDED_BY(group_mutex) = false;
};

// Commits group after group until `mine` is among them.
void Database::Parts::lead(GroupedWrite& mine) {
  bool is_over = false;
  while (!is_over) {
    std::vector<GroupedWrite*> group;
    {
      MutexLock lock(group_mutex);
      const auto count = static_cast<std::ptrdiff_t>(std::min(waiting.size(), kMostInGroup));
      group.assign(waiting.begin(), waiting.begin() + count);
      waiting.erase(waiting.begin(), waiting.begin() + count);
    }
    {
      MutexLock lock(writer_mutex);
      writer.write_group(group);
    }
    MutexLock lock(group_mutex);
    for (GroupedWrite* one : group) one->is_done = true;
    is_over = mine.is_done;
    if (is_over) is_led = false;
    group_changed.notify_all();
  }
}

Status Database::Parts::write_grouped(const Work& work) {
  GroupedWrite mine{&work, {}, {}, false};
  bool leads = false;
  {
    MutexLock lock(group_mutex);
    waiting.push_back(&mine);
    while (!mine.is_done && is_led) group_changed.wait(group_mutex);
    leads = !mine.is_done;
    if (leads) is_led = true;
  }
  if (leads) lead(mine);
  if (mine.thrown) std::rethrow_exception(mine.thrown);
  return mine.result;
}

Database::Database(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const fs::path& file,
                                                 const DatabaseOptions& options, Instant now) {
  check(options.readers > 0, "a database has at least one reader");
  auto writer = open_writer(file, options, now);
  if (!writer.ok()) return writer.error();
  auto parts = std::make_unique<Parts>(std::move(*writer), options);
  for (int nth = 0; nth < options.readers; ++nth) {
    auto reader =
        SqliteConnection::open(file, SqliteConnection::Access::read_only, options.busy);
    if (!reader.ok()) return reader.error();
    parts->readers.push_back(std::make_unique<Reader>(std::move(*reader)));
    parts->give_back(parts->readers.back().get());
  }
  return std::unique_ptr<Database>(new Database(std::move(parts)));
}

Status Database::read(const Work& work) {
  const OneAtATime mark;
  const Parts::Lease reader(*parts_);
  reader->connection->allow_steps(parts_->options.most_steps);
  SqlTransaction transaction(*reader->connection);
  Status status = transaction.begin("begin");
  return status.ok() ? work(reader->stores.stores()) : status;
}

Status Database::write(Durability durability, const Work& work) {
  const OneAtATime mark;
  if (durability == Durability::crash) return parts_->write_grouped(work);
  MutexLock lock(parts_->writer_mutex);
  return parts_->writer.write(work);
}

Status Database::copy_to(const fs::path& copy) {
  // A connection of its own, so that nobody waits for the copy.
  auto own = SqliteConnection::open(parts_->file, SqliteConnection::Access::write,
                                    parts_->options.busy);
  return own.ok() ? (*own)->copy_to(copy) : Status(own.error());
}

Status Database::check_integrity() {
  auto own = SqliteConnection::open(parts_->file, SqliteConnection::Access::read_only,
                                    parts_->options.busy);
  return own.ok() ? check_pages(**own, "integrity_check") : Status(own.error());
}

}  // namespace conglang::server
