#include "player/app/identify_card.h"

namespace conglang::player {

NoticeCard identify_card(const Enrolment& enrolment) {
  NoticeCard card;
  card.label = {"Màn hình này là", {{"en", "This screen is"}}};
  card.title = {enrolment.name.empty() ? enrolment.kiosk.text() : enrolment.name, {}};
  card.facts = {{{"Mã", {{"en", "Id"}}}, {enrolment.kiosk.text(), {}}}};
  return card;
}

}  // namespace conglang::player
