#include "content-server/publishing/submission.h"

#include <array>
#include <utility>

namespace conglang::server {
namespace {

template <typename Value, std::size_t count>
using Words = std::array<std::pair<Value, std::string_view>, count>;

constexpr Words<SubmissionState, 6> kStates{{{SubmissionState::submitted, "submitted"},
                                             {SubmissionState::returned, "returned"},
                                             {SubmissionState::withdrawn, "withdrawn"},
                                             {SubmissionState::approved, "approved"},
                                             {SubmissionState::released, "released"},
                                             {SubmissionState::superseded, "superseded"}}};
constexpr Words<SubmissionOrigin, 4> kOrigins{
    {{SubmissionOrigin::draft, "draft"},
     {SubmissionOrigin::earlier_release, "earlier-release"},
     {SubmissionOrigin::reinstatement, "reinstatement"},
     {SubmissionOrigin::correction, "correction"}}};
constexpr Words<ReleaseState, 3> kReleases{{{ReleaseState::approved, "approved"},
                                            {ReleaseState::released, "released"},
                                            {ReleaseState::given_up, "given-up"}}};
constexpr Words<HiddenKind, 3> kHidden{
    {{HiddenKind::item, "item"}, {HiddenKind::entry, "entry"}, {HiddenKind::asset, "asset"}}};

template <typename Value, std::size_t count>
std::string_view word_of(const Words<Value, count>& words, Value value) {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  return "";
}

template <typename Value, std::size_t count>
std::optional<Value> value_of(const Words<Value, count>& words, std::string_view word) {
  for (const auto& [value, known] : words) {
    if (known == word) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(SubmissionState state) { return word_of(kStates, state); }
std::string_view to_string(SubmissionOrigin origin) { return word_of(kOrigins, origin); }
std::string_view to_string(ReleaseState state) { return word_of(kReleases, state); }
std::string_view to_string(HiddenKind kind) { return word_of(kHidden, kind); }
std::optional<SubmissionState> parse_submission_state(std::string_view word) {
  return value_of(kStates, word);
}
std::optional<SubmissionOrigin> parse_submission_origin(std::string_view word) {
  return value_of(kOrigins, word);
}
std::optional<ReleaseState> parse_release_state(std::string_view word) {
  return value_of(kReleases, word);
}
std::optional<HiddenKind> parse_hidden_kind(std::string_view word) {
  return value_of(kHidden, word);
}

}  // namespace conglang::server
