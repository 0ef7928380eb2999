#include "content-server/api/takedown_writing.h"

#include "content-server/publishing/takedowns.h"

namespace conglang::server {

Result<bool> publish_takedowns(Transactions& transactions, const OfficeRepository& repository,
                               const Clock& clock) {
  bool is_new = false;
  // A transaction that changes nothing: only so no older list can come after a newer one.
  const Status done =
      transactions.write(Durability::power_cut, [&](const Stores& stores) -> Status {
        const auto acts = stores.releases.acts();
        if (!acts) return acts.error();
        if (acts->empty()) return {};
        const auto written = repository.write_takedown(write_takedown_list(*acts), clock.now());
        if (!written) return written.error();
        is_new = *written;
        return {};
      });
  if (!done) return done.error();
  return is_new;
}

}  // namespace conglang::server
