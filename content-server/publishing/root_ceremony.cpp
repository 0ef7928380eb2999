#include "content-server/publishing/root_ceremony.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <utility>
#include <variant>

#include "playlists/base/check.h"
#include "playlists/trust/metadata_file.h"

namespace conglang::server {
namespace {

std::string words_of(Role role, const std::string& id) {
  return "root: " + std::string(name_of(role)) + ": key " + id;
}

Status remove_key(RootMetadata& root, const NamedKeyId& removed) {
  if (root.roles.at(removed.role).key_ids.erase(removed.id) == 1) return {};
  return Error{ErrorKind::missing, words_of(removed.role, removed.id) + " is not named there",
               "no-such-key"};
}

Status add_key(RootMetadata& root, const NamedKey& added) {
  const std::string id = id_of(added.key);
  root.keys.insert_or_assign(id, added.key);
  if (root.roles.at(added.role).key_ids.insert(id).second) return {};
  return Error{ErrorKind::conflict, words_of(added.role, id) + " is named already",
               "already-named"};
}

void forget_unnamed(RootMetadata& root) {
  std::erase_if(root.keys, [&](const auto& key) {
    return std::ranges::none_of(
        root.roles, [&](const auto& role) { return role.second.key_ids.contains(key.first); });
  });
}

// A thief of one key must not get two roles with it.
Status check_one_role(const RootMetadata& root) {
  for (const auto& [id, key] : root.keys) {
    const auto names_it = [&id = id](const auto& role) {
      return role.second.key_ids.contains(id);
    };
    const auto uses = std::ranges::count_if(root.roles, names_it);
    if (uses > 1) {
      return Error{ErrorKind::conflict, "root: key " + id + " serves more than one role",
                   "one-role"};
    }
    if (!key.can_verify()) {
      return Error{ErrorKind::unsupported, "root: key " + id + " is no Ed25519 key"};
    }
  }
  return {};
}

Status check_counts(const RootMetadata& root) {
  for (const auto& [role, keys] : root.roles) {
    const auto count = static_cast<std::int64_t>(std::ranges::count_if(
        keys.key_ids, [&](const std::string& id) { return root.keys.contains(id); }));
    if (count < keys.threshold || keys.threshold < 1) {
      return Error{ErrorKind::malformed,
                   "root: " + std::string(name_of(role)) + ": would keep " +
                       std::to_string(count) + " keys, and needs " +
                       std::to_string(std::max<std::int64_t>(keys.threshold, 1)) +
                       "; name the next key before the last one goes",
                   "too-few-keys"};
    }
    const bool is_online = role == Role::snapshot || role == Role::timestamp;
    if (is_online && (keys.key_ids.size() != 1 || keys.threshold != 1)) {
      return Error{ErrorKind::malformed,
                   "root: " + std::string(name_of(role)) + ": must have exactly one key"};
    }
  }
  // One approver's signature is what this server collects.
  if (root.roles.at(Role::targets).threshold == 1) return {};
  return Error{ErrorKind::unsupported, "root: targets: must need one signature"};
}

Status check_whole(const RootMetadata& root) {
  if (Status one = check_one_role(root); !one.ok()) return one;
  return check_counts(root);
}

std::int64_t count_signers(const RootMetadata& root, const Signers& signers) {
  const std::set<std::string>& ids = root.roles.at(Role::root).key_ids;
  std::set<std::string> found;
  for (const SigningKey& key : signers) {
    if (ids.contains(key.id())) found.insert(key.id());
  }
  return static_cast<std::int64_t>(found.size());
}

Status check_signers(const RootMetadata& root, const Signers& signers) {
  const std::int64_t needed = root.roles.at(Role::root).threshold;
  const std::int64_t present = count_signers(root, signers);
  if (present >= needed) return {};
  return Error{ErrorKind::untrusted,
               "root: version " + std::to_string(root.version) + " wants " +
                   std::to_string(needed) + " of its root keys to sign, and " +
                   std::to_string(present) + " of those given are its",
               "too-few-signers"};
}

}  // namespace

std::string id_of(const PublicKey& key) {
  const Result<std::string> id = key_id(write_public_key(key));
  check(id.ok(), "a public key has a canonical form");
  return *id;
}

Result<RootMetadata> next_root(const RootMetadata& current, const RootChange& change,
                               Instant now) {
  RootMetadata next = current;
  next.version = current.version + 1;
  next.expires = std::chrono::floor<std::chrono::seconds>(now) + kRootLife;
  for (const NamedKeyId& removed : change.remove) {
    if (Status done = remove_key(next, removed); !done.ok()) return done.error();
  }
  for (const NamedKey& added : change.add) {
    if (Status done = add_key(next, added); !done.ok()) return done.error();
  }
  if (change.root_threshold) next.roles.at(Role::root).threshold = *change.root_threshold;
  forget_unnamed(next);
  if (Status whole = check_whole(next); !whole.ok()) return whole.error();
  return next;
}

Result<std::string> sign_root(const RootMetadata& current, const RootMetadata& next,
                              const Signers& signers) {
  for (const RootMetadata* root : {&current, &next}) {
    if (Status enough = check_signers(*root, signers); !enough.ok()) return enough.error();
  }
  Signers known;
  std::set<std::string> signed_by;
  for (const SigningKey& key : signers) {
    const bool is_known = current.roles.at(Role::root).key_ids.contains(key.id()) ||
                          next.roles.at(Role::root).key_ids.contains(key.id());
    if (is_known && signed_by.insert(key.id()).second) known.emplace_back(key);
  }
  return sign_metadata(root_body(next), known);
}

Result<RootMetadata> check_next_root(const RootMetadata& current, const std::string& bytes,
                                     Instant now) {
  const Result<SignedDocument> document = read_signed_document(bytes, Role::root);
  if (!document.ok()) return document.error();
  Result<RootMetadata> next = read_root(document->body);
  if (!next.ok()) return next;
  if (next->version != current.version + 1) {
    return Error{ErrorKind::conflict,
                 "root: version " + std::to_string(next->version) + " does not follow " +
                     std::to_string(current.version) + "; look at the root as it is now",
                 "stale-root"};
  }
  for (const RootMetadata* root :
       std::initializer_list<const RootMetadata*>{&current, &*next}) {
    if (const auto fault = check_signatures(*document, *root, Role::root)) {
      return Error{
          ErrorKind::untrusted,
          "root: " + fault->message + " (of version " + std::to_string(root->version) + ")",
          "bad-signature"};
    }
  }
  if (next->expires <= now) {
    return Error{ErrorKind::untrusted, "root: has expired", "root-expired"};
  }
  if (Status whole = check_whole(*next); !whole.ok()) return whole.error();
  return next;
}

}  // namespace conglang::server
