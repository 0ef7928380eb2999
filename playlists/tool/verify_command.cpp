#include "playlists/tool/verify_command.h"

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/publication/takedown_list.h"
#include "playlists/publication/urgent_message.h"
#include "playlists/tool/folder_source.h"
#include "playlists/tool/state_folder.h"
#include "playlists/trust/refresh.h"

namespace conglang {
namespace {

constexpr std::string_view kTakedownRole = "takedown";
constexpr std::string_view kUrgentRole = "urgent";

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

// What the targets role signs for, and what delegated roles sign for beside it.
std::vector<TargetFile> files_of(const VerifiedTargets& targets) {
  std::vector<TargetFile> files;
  for (const auto& [path, file] : targets.files()) files.push_back(file);
  for (const std::string_view role : {kTakedownRole, kUrgentRole}) {
    const std::vector<TargetFile> more = targets.files_of(role);
    files.insert(files.end(), more.begin(), more.end());
  }
  return files;
}

int check_files(const FolderSource& source, const std::vector<TargetFile>& files,
                std::ostream& err) {
  int faults = 0;
  for (const TargetFile& file : files) {
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

// Zero when what `path` says could be told.
int print_takedowns(const std::string& bytes, const std::string& path, std::ostream& out,
                    std::ostream& err) {
  const Result<TakedownActs> acts = read_takedown_list(bytes);
  if (!acts.ok()) return tell(err, {acts.error().kind, path + ": " + acts.error().message});
  for (const TakedownAct& act : *acts) {
    out << "takedown " << act.id.text() << " " << to_string(act.kind) << " " << act.target_id
        << " at " << format_instant(act.at) << "\n";
  }
  return 0;
}

int print_urgent(const std::string& bytes, const std::string& path, std::ostream& out,
                 std::ostream& err) {
  const Result<UrgentMessage> message = read_urgent_message(bytes);
  if (!message.ok()) {
    return tell(err, {message.error().kind, path + ": " + message.error().message});
  }
  out << "urgent " << message->id.text() << " from " << format_instant(message->approved_at)
      << " until " << format_instant(message->ends_at) << "\n";
  return 0;
}

int print_delegated(const VerifiedTargets& targets, FolderSource& source, std::ostream& out,
                    std::ostream& err) {
  int faults = 0;
  for (const std::string_view role : {kTakedownRole, kUrgentRole}) {
    for (const TargetFile& file : targets.files_of(role)) {
      if (role == kTakedownRole && file.path != kTakedownListPath) continue;
      const auto read = targets.read(file.path, source);
      if (const Fault* fault = std::get_if<Fault>(&read)) {
        err << to_string(*fault) << "\n";
        ++faults;
        continue;
      }
      const std::string& bytes = std::get<VerifiedTarget>(read).bytes();
      faults += role == kTakedownRole ? print_takedowns(bytes, file.path, out, err)
                                      : print_urgent(bytes, file.path, out, err);
    }
  }
  return faults;
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
  for (const Fault& fault : outcome.delegated_faults) err << to_string(fault) << "\n";
  if (check_files(source, files_of(*outcome.targets), err) > 0) return 1;
  print_targets(*outcome.targets, out);
  const int faults = print_delegated(*outcome.targets, source, out, err);
  return faults == 0 && outcome.delegated_faults.empty() ? 0 : 1;
}

}  // namespace conglang
