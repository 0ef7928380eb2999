#include "content-server/access/permissions.h"

#include <string>

namespace conglang::server {
namespace {

bool has_right(const Rights& rights, Deed deed) {
  if (rights.read_only) return deed == Deed::view || deed == Deed::read_audit;
  switch (deed) {
    case Deed::view:
      return true;
    case Deed::write:
    case Deed::submit:
      return rights.author;
    case Deed::approve:
      return rights.approver;
    case Deed::take_down:
      return rights.may_take_down;
    case Deed::request_reinstate:
      return rights.author || rights.approver || rights.may_take_down;
    case Deed::manage_people:
    case Deed::manage_units:
    case Deed::manage_office:
    case Deed::manage_kiosks:
    case Deed::manage_keys:
      return rights.administrator;
    case Deed::read_audit:
      return rights.administrator || rights.approver;
  }
  return false;
}

bool lacks_second_person(Deed deed, const DeedContext& context) {
  return deed == Deed::approve && context.second_person_approves && context.is_own_submission;
}

}  // namespace

bool may(const Person& person, Deed deed, const DeedContext& context) {
  return is_active(person, context.now) && has_right(person.rights, deed) &&
         !lacks_second_person(deed, context);
}

Status require(const Person& person, Deed deed, const DeedContext& context) {
  if (may(person, deed, context)) return {};
  if (is_active(person, context.now) && has_right(person.rights, deed)) {
    return Error{ErrorKind::untrusted, "approve: who submitted it may not approve it",
                 "second-person"};
  }
  return Error{ErrorKind::untrusted,
               std::string(to_string(deed)) + ": this person may not do it", "not-allowed"};
}

std::string_view to_string(Deed deed) {
  switch (deed) {
    case Deed::view:
      return "view";
    case Deed::write:
      return "write";
    case Deed::submit:
      return "submit";
    case Deed::approve:
      return "approve";
    case Deed::take_down:
      return "take-down";
    case Deed::request_reinstate:
      return "request-reinstate";
    case Deed::manage_people:
      return "manage-people";
    case Deed::manage_units:
      return "manage-units";
    case Deed::manage_office:
      return "manage-office";
    case Deed::manage_kiosks:
      return "manage-kiosks";
    case Deed::manage_keys:
      return "manage-keys";
    case Deed::read_audit:
      return "read-audit";
  }
  return "";
}

}  // namespace conglang::server
