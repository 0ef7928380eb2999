#include "playlists/tool/verify_command.h"

#include <optional>
#include <ostream>
#include <string>

#include "playlists/tool/folder_source.h"
#include "playlists/tool/state_folder.h"
#include "playlists/trust/refresh.h"

namespace conglang {
namespace {

int tell(std::ostream& err, const Error& error) {
  err << to_string(error.kind) << ": " << error.message << "\n";
  return 1;
}

Result<std::string> read_pinned(const std::filesystem::path& path) {
  FolderSource folder(path.parent_path());
  Result<std::string> bytes = folder.read(path.filename().string(), max_bytes(Role::root));
  if (!bytes.ok()) return Error{bytes.error().kind, "root: " + bytes.error().message};
  return bytes;
}

// The kept state; the pinned root alone when what was kept is damaged, which is told.
Result<TrustedState> load_state(const StateFolder& folder, std::ostream& err) {
  Result<TrustedState> state = folder.load();
  if (state.ok() || state.error().kind != ErrorKind::malformed) return state;
  tell(err, {ErrorKind::malformed,
             "state: " + state.error().message + "; starting again from the pinned root"});
  return folder.fresh();
}

std::optional<Fault> check_file(const FolderSource& source, const TargetFile& file) {
  TargetCheck check(file);
  std::optional<Fault> fault;
  const Status status =
      source.stream(repository_path(file), [&](std::span<const std::uint8_t> piece) {
        fault = check.add(piece);
        return !fault;
      });
  if (!status.ok()) return Fault{TrustFault::missing, file.path, status.error().message};
  if (fault) return fault;
  return check.finish();
}

int check_files(const FolderSource& source, const VerifiedTargets& targets, std::ostream& err) {
  int faults = 0;
  for (const auto& [path, file] : targets.files()) {
    const std::optional<Fault> fault = check_file(source, file);
    if (!fault) continue;
    err << to_string(*fault) << "\n";
    ++faults;
  }
  return faults;
}

void print_targets(const VerifiedTargets& targets, std::ostream& out) {
  for (const auto& [path, file] : targets.files()) {
    out << path << " length " << file.length << " version " << targets.version() << "\n";
  }
}

}  // namespace

int run_verify(const VerifyOptions& options, std::ostream& out, std::ostream& err) {
  const Result<std::string> pinned = read_pinned(options.root);
  if (!pinned.ok()) return tell(err, pinned.error());
  if (const auto fault = check_root(*pinned)) {
    err << to_string(*fault) << "\n";
    return 1;
  }
  const StateFolder folder(options.state, *pinned);
  const Result<TrustedState> state = load_state(folder, err);
  if (!state.ok()) return tell(err, state.error());

  FolderSource source(options.repository);
  const TrustOutcome outcome = refresh(*state, source, options.now);
  for (const Fault& fault : outcome.discarded) err << "state: " << to_string(fault) << "\n";
  if (outcome.state != *state) {
    if (const Status saved = folder.save(outcome.state); !saved.ok()) {
      return tell(err, saved.error());
    }
  }
  if (outcome.fault) {
    err << to_string(*outcome.fault) << "\n";
    return 1;
  }
  if (check_files(source, *outcome.targets, err) > 0) return 1;
  print_targets(*outcome.targets, out);
  return 0;
}

}  // namespace conglang
