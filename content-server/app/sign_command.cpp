#include "content-server/app/sign_command.h"

#include <CLI/CLI.hpp>

#include <ostream>
#include <utility>

#include "content-server/access/password_keys.h"
#include "content-server/app/approver_memory.h"
#include "content-server/app/read_passphrase.h"
#include "content-server/publishing/approval_request.h"
#include "content-server/publishing/repository_files.h"
#include "content-server/publishing/signing_key.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMostKeyBytes = 16 << 10;

int fail(const CommandStreams& streams, const Error& error) {
  streams.err << to_string(error.kind) << ": " << error.message << "\n"
              << "Nothing was signed.\n";
  return 1;
}

Result<ApprovalRequest> read_request(const std::filesystem::path& file) {
  const auto bytes = read_file(file, kMostApprovalBytes);
  if (!bytes.ok()) return bytes.error();
  return read_approval_request(*bytes);
}

Result<LockedKey> find_key(const SignOptions& options, const ApprovalRequest& request) {
  if (options.key.empty()) {
    if (request.key) return *request.key;
    return Error{ErrorKind::missing, "the request holds no key of yours; give it by --key"};
  }
  const auto bytes = read_file(options.key, kMostKeyBytes);
  if (!bytes.ok()) return bytes.error();
  const auto json = parse_json(*bytes);
  if (!json.ok()) {
    return Error{json.error().kind, options.key.string() + ": " + json.error().message};
  }
  return read_locked_key(*json);
}

// Only a key that the root trusts to approve is worth a password.
Status check_key(const LockedKey& locked, const RootMetadata& root) {
  for (const std::string& id : root.roles.at(Role::targets).key_ids) {
    const auto key = root.keys.find(id);
    if (key != root.keys.end() && key->second.bytes == locked.public_key) return {};
  }
  return Error{ErrorKind::untrusted,
               "your key: the office's root does not trust it to approve"};
}

void describe(const ApprovalRequest& request, const ApprovalReview& review, std::ostream& out) {
  out << "group " << request.group.text() << "\nversion " << review.version << "\n";
  for (const Difference& difference : review.differences) {
    out << "- " << difference.vi << "\n  " << difference.en << "\n";
  }
  if (review.differences.empty()) {
    out << "- Không có gì thay đổi\n  Nothing changes\n";
  }
  out << std::flush;
}

// Not a fault: a release may have been given up. But who hides it would hide that the next
// signature drops it.
void warn_of_lost_release(const ApprovalReview& review, const ApproverMemory& memory,
                          std::ostream& out) {
  if (review.published >= memory.signed_version) return;
  const std::string last = std::to_string(memory.signed_version);
  const std::string now = std::to_string(review.published);
  out << "! Bản số " << last << " đã ký lần trước không phải là bản đang phát (số " << now
      << ")\n  Version " << last << ", which was signed last, is not what is shown now (" << now
      << ")\n"
      << std::flush;
}

Result<SigningKey> unlock(const LockedKey& locked, std::optional<int> passphrase_fd) {
  const auto password = read_passphrase(PassphraseUse::unlock, passphrase_fd);
  if (!password.ok()) return password.error();
  const auto keys = derive_password_keys(password->text(), locked.salt);
  if (!keys.ok()) return keys.error();
  auto seed = open_locked_key(locked, keys->unlock_key);
  if (!seed.ok()) return seed.error();
  return SigningKey::from_seed(std::move(*seed));
}

// What POST /api/submissions/{submission}/approval takes.
JsonValue write_approval(const ApprovalRequest& request, const ApprovalReview& review,
                         const SigningKey& key) {
  return JsonObject{{"body_sha256", review.body.hex()},
                    {"key_id", key.id()},
                    {"signature", key.sign(request.body)}};
}

}  // namespace

int run_sign(const SignOptions& options, Instant now, CommandStreams streams) {
  const auto seen =
      options.seen.empty() ? options.root.string() + ".seen" : options.seen.string();
  const auto memory = open_approver_memory(options.root, seen);
  if (!memory) return fail(streams, memory.error());
  const auto request = read_request(options.request);
  if (!request) return fail(streams, request.error());
  const auto review = review_approval(*request, memory->office, now);
  if (!review) return fail(streams, review.error());
  const auto locked = find_key(options, *request);
  if (!locked) return fail(streams, locked.error());
  if (Status known = check_key(*locked, review->root); !known) {
    return fail(streams, known.error());
  }
  describe(*request, *review, streams.out);
  warn_of_lost_release(*review, *memory, streams.out);
  if (!options.passphrase_fd) {
    streams.err << "Mật khẩu để ký, Ctrl-C để thôi. The password signs, Ctrl-C leaves.\n"
                << std::flush;
  }
  const auto key = unlock(*locked, options.passphrase_fd);
  if (!key) return fail(streams, key.error());
  if (Status kept = keep_approver_memory(seen, {review->seen, review->version}); !kept) {
    return fail(streams, kept.error());
  }
  const std::string signature = write_json(write_approval(*request, *review, *key), 1) + "\n";
  if (Status kept = replace_file(options.out, signature); !kept) {
    return fail(streams, kept.error());
  }
  streams.out << "signed " << options.out.string() << "\n";
  return 0;
}

CLI::App* add_sign_command(CLI::App& app, SignOptions& options) {
  CLI::App* sign = app.add_subcommand(
      "sign", "Look at an approval request and sign it, on a machine that is not the server");
  sign->add_option("REQUEST", options.request,
                   "The file from GET /api/submissions/ID/approval-request")
      ->required();
  sign->add_option("--root", options.root, "The office's root.json, from the approver's stick")
      ->required()
      ->type_name("FILE");
  sign->add_option("--out", options.out, "The approval, to be taken back to the office")
      ->required()
      ->type_name("FILE");
  sign->add_option("--seen", options.seen,
                   "What was seen of the office so far; ROOT.seen when not given")
      ->type_name("FILE");
  sign->add_option("--key", options.key, "The locked key, instead of the one in the request")
      ->type_name("FILE");
  sign->add_option("--passphrase-fd", options.passphrase_fd,
                   "Read the password from this open descriptor instead of asking")
      ->type_name("N")
      ->check(CLI::Range(0, 1 << 20));
  sign->footer(
      "Everything that the signature would do is printed first, found with the root and not "
      "by believing the office.\nExit codes: 0 signed, 1 nothing was signed, 2 wrong usage.");
  return sign;
}

}  // namespace conglang::server
