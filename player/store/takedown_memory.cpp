#include "player/store/takedown_memory.h"

#include <optional>
#include <set>

#include "playlists/publication/bounds.h"

namespace conglang::player {
namespace {

using Ids = std::set<TakedownId>;

Ids ids_of(const TakedownActs& acts) {
  Ids ids;
  for (const TakedownAct& act : acts) ids.insert(act.id);
  return ids;
}

Fault about_list(TrustFault kind, std::string message) {
  return {kind, std::string(kTakedownListPath), std::move(message)};
}

std::optional<Fault> find_lacking(const TakedownActs& seen, const Ids& listed,
                                  const Ids& reinstated) {
  std::size_t lacking = 0;
  for (const TakedownAct& act : seen) {
    if (!listed.contains(act.id) && !reinstated.contains(act.id)) ++lacking;
  }
  if (lacking == 0) return std::nullopt;
  return about_list(
      TrustFault::rollback,
      std::to_string(lacking) + " acts are listed no longer; what they hide stays hidden");
}

void forget_reinstated(TakedownActs& seen, const Ids& listed, const Ids& reinstated) {
  std::erase_if(seen, [&](const TakedownAct& act) {
    return reinstated.contains(act.id) && !listed.contains(act.id);
  });
}

std::optional<TakedownKind> parse_kind(std::string_view word) {
  for (const auto kind : {TakedownKind::item, TakedownKind::entry, TakedownKind::asset}) {
    if (word == to_string(kind)) return kind;
  }
  return std::nullopt;
}

// Up to the next `end`, which is taken too.
std::optional<std::string_view> take_word(std::string_view& rest, char end) {
  const std::size_t at = rest.find(end);
  if (at == rest.npos) return std::nullopt;
  const std::string_view word = rest.substr(0, at);
  rest.remove_prefix(at + 1);
  return word;
}

std::optional<TakedownAct> take_act(std::string_view& rest) {
  const auto id = take_word(rest, ' ');
  const auto kind = take_word(rest, ' ');
  const auto target = take_word(rest, ' ');
  const auto at = take_word(rest, '\n');
  if (!id || !kind || !target || !at) return std::nullopt;
  const auto known = parse_kind(*kind);
  const auto instant = parse_instant(*at);
  if (!known || !instant || !is_valid_id(*id) || !is_valid_id(*target)) return std::nullopt;
  return TakedownAct{TakedownId(std::string(*id)), *known, std::string(*target), *instant, ""};
}

}  // namespace

HeardTakedowns hear_takedowns(const TakedownActs& seen, const TakedownActs& list,
                              const std::vector<TakedownId>& reinstated) {
  const Ids listed = ids_of(list);
  const Ids back(reinstated.begin(), reinstated.end());
  HeardTakedowns heard{seen, {}};
  if (auto fault = find_lacking(seen, listed, back)) heard.faults.push_back(std::move(*fault));

  const Ids known = ids_of(seen);
  TakedownActs fresh;
  for (const TakedownAct& act : list) {
    if (known.contains(act.id)) continue;  // what was said of it first holds
    fresh.push_back(act);
    fresh.back().reason.clear();
  }
  if (heard.seen.size() + fresh.size() > bounds::kTakedowns) {
    forget_reinstated(heard.seen, listed, back);
  }
  const std::size_t room = bounds::kTakedowns - heard.seen.size();
  if (fresh.size() > room) {
    fresh.resize(room);
    heard.faults.push_back(
        about_list(TrustFault::endless_data, "more than " + std::to_string(bounds::kTakedowns) +
                                                 " acts are in force; an approver must tidy"));
  }
  heard.seen.insert(heard.seen.end(), fresh.begin(), fresh.end());
  return heard;
}

std::string write_seen_takedowns(const TakedownActs& seen) {
  std::string text;
  for (const TakedownAct& act : seen) {
    text += act.id.text() + " " + std::string(to_string(act.kind)) + " " + act.target_id + " " +
            format_instant(act.at) + "\n";
  }
  return text;
}

Result<TakedownActs> read_seen_takedowns(std::string_view text) {
  TakedownActs seen;
  while (!text.empty()) {
    auto act = take_act(text);
    if (!act || seen.size() == bounds::kTakedowns) {
      return Error{ErrorKind::malformed, "seen takedowns: not as they were written"};
    }
    seen.push_back(std::move(*act));
  }
  return seen;
}

}  // namespace conglang::player
