#include "player/programme/what_plays.h"

namespace conglang::player {
namespace {

void keep_earlier(std::optional<Instant>& earliest, const std::optional<Instant>& edge,
                  Instant now) {
  if (!edge || *edge <= now) return;
  if (!earliest || *edge < *earliest) earliest = edge;
}

bool is_valid(const ShowItem& item, Instant now) {
  if (item.valid_from && now < *item.valid_from) return false;
  return !item.valid_until || now < *item.valid_until;
}

}  // namespace

WhatPlays what_plays(const Programme& programme, Instant now, ClockTrust trust) {
  WhatPlays answer;
  const bool is_late = programme.offline_until && now >= *programme.offline_until;
  answer.evergreen_only = is_late || trust == ClockTrust::none;
  keep_earlier(answer.next_change, programme.offline_until, now);

  for (std::size_t i = 0; i < programme.items.size(); ++i) {
    const ShowItem& item = programme.items[i];
    keep_earlier(answer.next_change, item.valid_from, now);
    keep_earlier(answer.next_change, item.valid_until, now);
    if (answer.evergreen_only && !item.evergreen) continue;
    if (is_valid(item, now)) answer.items.push_back(i);
  }
  return answer;
}

}  // namespace conglang::player
