#include "player/store/urgent_memory.h"

#include <variant>

#include "player/store/kept_document.h"

namespace conglang::player {
namespace {

constexpr std::size_t kMostMessages = 20;
constexpr const char* kRole = "urgent";

using TargetOrFault = std::variant<VerifiedTarget, Fault>;

TargetOrFault read_one(const VerifiedTargets& targets, const TargetFile& file,
                       const UrgentDocuments& kept, MetadataSource* source) {
  const auto found = kept.find(file.path);
  if (found != kept.end()) {
    KeptDocument document(file, found->second);
    auto proven = targets.read(file.path, document);
    if (std::holds_alternative<VerifiedTarget>(proven)) return proven;
  }
  if (source != nullptr) return targets.read(file.path, *source);
  return Fault{TrustFault::missing, file.path, "is not kept"};
}

std::variant<UrgentMessage, Fault> open(const VerifiedTarget& target) {
  auto message = read_urgent_message(target.bytes());
  if (!message) return Fault{TrustFault::malformed, target.path(), message.error().message};
  if (urgent_path(message->id) != target.path()) {
    return Fault{TrustFault::malformed, target.path(),
                 "holds the message " + message->id.text()};
  }
  return std::move(*message);
}

}  // namespace

UrgentNews read_urgent(const VerifiedTargets& targets, const UrgentDocuments& kept,
                       MetadataSource* source) {
  UrgentNews news;
  std::vector<TargetFile> files = targets.files_of(kRole);
  if (files.size() > kMostMessages) {
    news.faults.push_back({TrustFault::endless_data, kRole,
                           std::to_string(files.size()) +
                               " messages are signed for, read are " +
                               std::to_string(kMostMessages)});
    files.erase(files.begin(), files.end() - kMostMessages);
  }
  for (const TargetFile& file : files) {
    const auto target = read_one(targets, file, kept, source);
    if (const auto* fault = std::get_if<Fault>(&target)) {
      news.faults.push_back(*fault);
      continue;
    }
    const auto& verified = std::get<VerifiedTarget>(target);
    auto message = open(verified);
    if (auto* fault = std::get_if<Fault>(&message)) {
      news.faults.push_back(std::move(*fault));
      continue;
    }
    news.messages.push_back(std::get<UrgentMessage>(std::move(message)));
    news.documents[file.path] = verified.bytes();
  }
  return news;
}

std::vector<UrgentMessage> urgent_for(const std::vector<UrgentMessage>& messages,
                                      const std::optional<GroupId>& group, Instant now) {
  std::vector<UrgentMessage> ours;
  for (const UrgentMessage& message : messages) {
    const bool is_ours = group ? is_for(message, *group) : message.groups.empty();
    if (is_ours && now < message.ends_at) ours.push_back(message);
  }
  return ours;
}

}  // namespace conglang::player
