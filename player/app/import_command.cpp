#include "player/app/import_command.h"

#include "player/app/programme_keeper.h"
#include "player/app/record_upload.h"
#include "player/identity/enrolment.h"
#include "player/identity/identity_files.h"
#include "player/platform/system_clock.h"
#include "player/platform/time_synchronised.h"
#include "player/store/content_disk.h"
#include "player/store/data_lock.h"
#include "player/store/posix_state_folder.h"
#include "player/sync/stick_reading.h"

namespace conglang::player {
namespace {

int fail(std::ostream& errors, const Error& error) {
  errors << "conglang-player: " << error.message << "\n";
  return 1;
}

void print(const StickReport& report, std::ostream& out) {
  if (report.received) {
    out << "received version " << *report.received << "\n";
  } else {
    out << "nothing newer\n";
  }
  out << "records " << report.batches << "\n";
}

int read_stick(StickReading& reading, std::ostream& out, std::ostream& errors) {
  const SystemClock clock;
  while (!reading.is_over()) {
    static_cast<void>(reading.step({clock.now(), is_time_synchronised()}));
  }
  print(reading.report(), out);
  for (const SyncEvent& trouble : reading.troubles()) {
    errors << "conglang-player: " << trouble.name << ": " << trouble.detail << "\n";
  }
  return reading.troubles().empty() ? 0 : 1;
}

}  // namespace

int run_import(const ImportOptions& options, std::ostream& out, std::ostream& errors) {
  const auto lock = lock_data_folder(options.data_dir);
  if (!lock) return fail(errors, lock.error());
  auto folder = PosixStateFolder::open(options.data_dir);
  if (!folder) return fail(errors, folder.error());
  const auto enrolment = load_enrolment(*folder);
  if (!enrolment) return fail(errors, enrolment.error());
  if (!*enrolment) {
    return fail(errors, {ErrorKind::missing,
                         options.data_dir + ": this machine belongs to no office yet"});
  }
  const auto identity = load_identity(*folder, NewIdentity::refused, random_bytes);
  if (!identity) return fail(errors, identity.error());
  auto disk = ContentDisk::open(options.data_dir + "/repository");
  if (!disk) return fail(errors, disk.error());
  auto store = ContentStore::open(*disk, options.content);
  if (!store) return fail(errors, store.error());
  ProgrammeKeeper keeper({*folder, *store, (*enrolment)->root, (*enrolment)->group});
  const SystemClock clock;
  static_cast<void>(keeper.start({clock.now(), is_time_synchronised()}));
  const KioskId& kiosk = (*enrolment)->kiosk;
  RecordUpload records(options.data_dir, kiosk, &identity->key, *folder);
  StickReading reading({options.stick, *store, keeper, records, kiosk.text()});
  return read_stick(reading, out, errors);
}

}  // namespace conglang::player
