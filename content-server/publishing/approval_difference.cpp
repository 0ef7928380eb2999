#include "content-server/publishing/approval_difference.h"

#include <utility>

#include "content-server/publishing/next_targets.h"
#include "content-server/publishing/takedowns.h"

namespace conglang::server {
namespace {

void add(std::vector<Difference> more, std::vector<Difference>& all) {
  all.insert(all.end(), more.begin(), more.end());
}

std::vector<std::string> listed(const std::set<std::string>& words) {
  return {words.begin(), words.end()};
}

Result<std::optional<Publication>> publication_of(const ApprovalSide& side) {
  if (!side.publication) return std::optional<Publication>();
  Result<Publication> read = read_published_form(*side.publication);
  if (!read.ok()) return read.error();
  return std::optional(std::move(*read));
}

Result<std::vector<std::string>> reinstated_in(const ApprovalSide& side) {
  std::vector<std::string> words;
  if (!side.publication) return words;
  const auto ids = read_reinstated(*side.publication);
  if (!ids.ok()) return ids.error();
  for (const TakedownId& id : *ids) words.push_back(id.text());
  return words;
}

}  // namespace

Result<std::vector<Difference>> compare_sides(const ApprovalSide& before,
                                              const ApprovalSide& after) {
  const auto shown = publication_of(before), next = publication_of(after);
  if (!shown.ok()) return shown.error();
  if (!next.ok()) return next.error();
  const auto back_before = reinstated_in(before), back_after = reinstated_in(after);
  if (!back_before.ok()) return back_before.error();
  if (!back_after.ok()) return back_after.error();

  std::vector<Difference> all;
  if (*next) all = compare(*shown ? &**shown : nullptr, **next);
  add(compare_words("reinstated", *back_before, *back_after), all);
  for (const std::string role : {"takedown", "urgent"}) {
    add(compare_words(role + "-key", listed(delegated_key_ids(before.targets_body, role)),
                      listed(delegated_key_ids(after.targets_body, role))),
        all);
  }
  return all;
}

std::set<std::string> delegated_key_ids(const JsonValue& targets_body,
                                        const std::string& role) {
  std::set<std::string> ids;
  const JsonValue* delegations = targets_body.find("delegations");
  const JsonValue* roles = delegations == nullptr ? nullptr : delegations->find("roles");
  if (roles == nullptr || roles->array() == nullptr) return ids;
  for (const JsonValue& one : *roles->array()) {
    const JsonValue* name = one.find("name");
    const JsonValue* keys = one.find("keyids");
    if (name == nullptr || name->string() == nullptr || *name->string() != role) continue;
    if (keys == nullptr || keys->array() == nullptr) continue;
    for (const JsonValue& id : *keys->array()) {
      if (id.string() != nullptr) ids.insert(*id.string());
    }
  }
  return ids;
}

}  // namespace conglang::server
