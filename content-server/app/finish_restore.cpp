#include "content-server/app/finish_restore.h"

#include "content-server/ops/backup.h"

namespace conglang::server {

Status finish_restore(const std::filesystem::path& data, Transactions& transactions,
                      const OfficeRepository& repository, Instant now) {
  const auto mark = read_restored_mark(data);
  if (!mark) return mark.error();
  if (!*mark) return {};
  const Status signed_again = repository.sign_again(now);
  // A backup from before the set-up has no root yet.
  if (!signed_again && signed_again.error().code != "no-root") return signed_again;
  const Status noted = transactions.write(Durability::power_cut, [&](const Stores& stores) {
    return stores.audit.append(
        {now,
         "server",
         "office.restored",
         "office",
         {},
         JsonObject{{"backup_made_at", format_instant((*mark)->made_at)},
                    {"restored_at", format_instant((*mark)->restored_at)}}});
  });
  if (!noted) return noted;
  return remove_restored_mark(data);
}

}  // namespace conglang::server
