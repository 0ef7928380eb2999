#include "player/setup/enrolment_talk.h"

#include <utility>

namespace conglang::player {
namespace {

constexpr JsonLimits kAnswerLimits{.max_bytes = 2 << 20, .max_depth = 8};

template <typename Value>
Result<Value> ask_for(const AskOffice& ask, const std::string& path, const JsonValue& body,
                      Result<Value> (*read)(const JsonValue&)) {
  const auto answer = ask(path, write_json(body));
  if (!answer) return answer.error();
  const auto json = parse_json(*answer, kAnswerLimits);
  if (!json) return Error{json.error().kind, path + ": " + json.error().message, "malformed"};
  auto value = read(*json);
  if (!value)
    return Error{value.error().kind, path + ": " + value.error().message, "malformed"};
  return value;
}

// An id of the office's that is part of a path must not lead anywhere else.
Status check_segment(const std::string& id) {
  if (is_valid_id(id)) return {};
  return Error{ErrorKind::malformed, "enrolment: its id is no id", "malformed"};
}

bool is_gone(const Error& error) {
  return error.code == "status-404" || error.code == "status-410";
}

Enrolment enrolment_of(const std::string& server, const EnrolmentAnchors& anchors,
                       const KioskGrant& grant) {
  Enrolment made;
  made.server = server;
  made.authorities_pem = anchors.ca_pem;
  made.root = anchors.root;
  made.kiosk = grant.kiosk;
  made.name = grant.name;
  made.token = grant.token;
  made.group = grant.group;
  return made;
}

}  // namespace

EnrolmentTalk::EnrolmentTalk(EnrolmentParts parts) : parts_(std::move(parts)) {
  view_.server = parts_.server;
}

const EnrolmentView& EnrolmentTalk::step() {
  if (view_.stage == EnrolmentStage::confirmed || view_.stage == EnrolmentStage::refused) {
    return view_;
  }
  const Status done = offered_ ? poll() : begin();
  if (!done) tell(done.error());
  return view_;
}

Status EnrolmentTalk::begin() {
  auto stranger = parts_.connect(std::nullopt);
  if (!stranger) return stranger.error();
  Offered made;
  made.reveal.public_key = parts_.key.public_key().bytes;
  parts_.random(made.reveal.nonce);

  auto offer = ask_for(*stranger, "/kiosk/enrolments",
                       write(EnrolmentRequest{commitment_of(made.reveal), parts_.program}),
                       read_enrolment_offer);
  if (!offer) return offer.error();
  made.offer = std::move(*offer);
  if (const Status checked = check_segment(made.offer.enrolment); !checked) return checked;

  auto anchors = ask_for(*stranger, "/kiosk/enrolments/" + made.offer.enrolment + "/reveal",
                         write(made.reveal), read_enrolment_anchors);
  if (!anchors) return anchors.error();
  made.anchors = std::move(*anchors);
  auto proven = parts_.connect(made.anchors);
  if (!proven) return proven.error();
  ask_ = std::move(*proven);

  view_ = {EnrolmentStage::waiting,
           parts_.server,
           made.offer.code,
           comparison_number({made.reveal, made.anchors, made.offer.office_nonce}),
           made.offer.link,
           made.offer.ends_at,
           "",
           ""};
  offered_ = std::move(made);
  return {};
}

Status EnrolmentTalk::poll() {
  const EnrolmentOffer& offer = offered_->offer;
  const EnrolmentPoll question{
      parts_.key.sign(enrolment_poll_text(offer.enrolment, offer.office_nonce))};
  const auto progress = ask_for(ask_, "/kiosk/enrolments/" + offer.enrolment + "/poll",
                                write(question), read_enrolment_progress);
  if (progress) return hear(*progress);
  if (!is_gone(progress.error())) return progress.error();
  start_again();
  return {};
}

Status EnrolmentTalk::hear(const EnrolmentProgress& progress) {
  view_.trouble.clear();
  switch (progress.state) {
    case EnrolmentState::waiting:
      return {};
    case EnrolmentState::refused:
      view_.stage = EnrolmentStage::refused;
      return {};
    case EnrolmentState::expired:
      start_again();
      return {};
    case EnrolmentState::confirmed:
      break;
  }
  if (!progress.grant) {
    return Error{ErrorKind::malformed, "enrolment: confirmed without a grant", "malformed"};
  }
  enrolment_ = enrolment_of(parts_.server, offered_->anchors, *progress.grant);
  view_.stage = EnrolmentStage::confirmed;
  view_.name = progress.grant->name;
  return {};
}

void EnrolmentTalk::start_again() {
  offered_.reset();
  view_ = {};
  view_.server = parts_.server;
  view_.stage = EnrolmentStage::expired;
}

// A code that is shown stays: the link may come back before it ends.
void EnrolmentTalk::tell(const Error& error) {
  if (!offered_) view_.stage = EnrolmentStage::unreachable;
  view_.trouble = error.code.empty() ? to_string(error.kind) : error.code;
}

Result<Enrolment> enrol_with_stick(const InstallStick& stick, const EnrolmentParts& parts) {
  const auto ask = parts.connect(stick.anchors);
  if (!ask) return ask.error();
  StickEnrolment question;
  question.token = stick.token;
  question.public_key = parts.key.public_key().bytes;
  question.signature = parts.key.sign(stick_enrolment_text(stick.token, question.public_key));
  question.program = parts.program;
  const auto grant =
      ask_for(*ask, "/kiosk/enrolments/stick", write(question), read_kiosk_grant);
  if (!grant) return grant.error();
  return enrolment_of(stick.server, stick.anchors, *grant);
}

}  // namespace conglang::player
