// The part of one client update that comes after the targets role: the roles it delegates to.
//
// Whatever is wrong with a delegated role is its own fault: what was trusted of it before
// stays, and all other roles go on.
// Source: The Update Framework Specification 1.0.34, section 5.6.7.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "playlists/trust/metadata_file.h"
#include "playlists/trust/verified_target.h"

namespace conglang {

// Requires: used once.
class DelegationWalk {
 public:
  struct Given {
    const TargetsMetadata& targets;
    const SnapshotMetadata* snapshot = nullptr;  // nullptr when none is trusted
    Instant start;
    MetadataSource* source = nullptr;  // nullptr: only what is kept is looked at
  };

  // `kept` are the bytes that were trusted before, by the name of the role.
  DelegationWalk(const Given& given, const std::map<std::string, std::string>& kept)
      : given_(given), before_(kept) {}

  void run();

  const std::vector<Fault>& faults() const { return faults_; }
  VerifiedTargets::Roles take_roles() { return std::move(roles_); }

  // What may be kept for the next walk.
  const std::map<std::string, std::string>& kept() const { return kept_; }

  // The same without what has expired; of such a role `older` stays.
  std::map<std::string, std::string> kept_unexpired(
      const std::map<std::string, std::string>& older) const;

 private:
  using File = TrustedFile<TargetsMetadata>;

  void visit(const std::string& delegator, const TargetsMetadata& metadata);
  bool trust(const RoleFile& role, const std::string& delegator);
  bool trust_again(const RoleFile& role, const std::string& delegator);
  std::optional<File> open_kept(const RoleFile& role) const;
  std::optional<File> newest(const RoleFile& role, std::optional<File> old);
  void fail(TrustFault kind, const std::string& role, std::string message);

  const Given given_;
  const std::map<std::string, std::string>& before_;
  std::map<std::string, std::string> kept_;
  std::set<std::string> tried_;
  VerifiedTargets::Roles roles_;
  std::vector<Fault> faults_;
};

}  // namespace conglang
