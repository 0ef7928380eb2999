#include "content-server/storage/publishing_store.h"

#include <soci/soci.h>

#include <algorithm>
#include <utility>

#include "content-server/storage/access_rows.h"
#include "content-server/storage/sql_guard.h"
#include "playlists/base/json.h"

namespace conglang::server {
namespace {

constexpr const char* kSubmissionColumns =
    "id, kiosk_group, document, author, origin, state, reinstates, made_at";
constexpr const char* kReleaseColumns =
    "version, base_version, submission, kiosk_group, state, approver, key_id, targets, "
    "publication, approved_at, released_at";

struct SubmissionRow {
  std::string id, group, document, author, origin, state, reinstates;
  long long made_at = 0;
};

struct ReleaseRow {
  long long version = 0, base_version = 0;
  std::string submission, group, state, approver, key_id, targets, publication;
  long long approved_at = 0, released_at = 0;
};

std::string write_ids(const std::vector<TakedownId>& ids) {
  JsonArray list;
  for (const TakedownId& id : ids) list.emplace_back(id.text());
  return write_json(std::move(list));
}

Result<Submission> submission_of(const SubmissionRow& row) {
  const auto state = parse_submission_state(row.state);
  const auto origin = parse_submission_origin(row.origin);
  const Result<JsonValue> ids = parse_json(row.reinstates);
  if (!state || !origin || !ids.ok() || ids->array() == nullptr) {
    return damaged_row("submission " + row.id, "has no known state, origin or reinstates");
  }
  Submission submission{SubmissionId(row.id),
                        GroupId(row.group),
                        row.document,
                        row.author,
                        *origin,
                        *state,
                        {},
                        {}};
  for (const JsonValue& id : *ids->array()) {
    if (id.string() == nullptr) return damaged_row("submission " + row.id, "names no takedown");
    submission.reinstates.emplace_back(*id.string());
  }
  submission.made_at = instant_of(row.made_at);
  return submission;
}

Result<Release> release_of(const ReleaseRow& row) {
  const auto state = parse_release_state(row.state);
  if (!state)
    return damaged_row("release " + std::to_string(row.version), "has no known state");
  return Release{row.version,
                 row.base_version,
                 SubmissionId(row.submission),
                 GroupId(row.group),
                 *state,
                 row.approver,
                 row.key_id,
                 row.targets,
                 row.publication,
                 instant_of(row.approved_at),
                 optional_instant_of(row.released_at)};
}

}  // namespace

Status SqlReleaseStore::keep(const Submission& submission) {
  const std::string subject = "submission " + submission.id.text();
  Status checked = check_texts(subject, {{"group", submission.group.text()},
                                         {"document", submission.document},
                                         {"author", submission.author}});
  if (!checked.ok()) return checked;
  return sql_guard(subject, [&] {
    const std::string origin(to_string(submission.origin)), state(to_string(submission.state)),
        reinstates = write_ids(submission.reinstates);
    const long long made_at = to_column(submission.made_at);
    session_
        << "insert into publishing_submissions (id, kiosk_group, document, author, origin, "
           "state, reinstates, made_at) values (:id, :group, :document, :author, :origin, "
           ":state, :reinstates, :made_at) on conflict (id) do update set state = "
           "excluded.state",
        soci::use(submission.id.text()), soci::use(submission.group.text()),
        soci::use(submission.document), soci::use(submission.author), soci::use(origin),
        soci::use(state), soci::use(reinstates), soci::use(made_at);
  });
}

Result<std::optional<Submission>> SqlReleaseStore::find(const SubmissionId& id) {
  return sql_guard("submission " + id.text(), [&]() -> Result<std::optional<Submission>> {
    SubmissionRow row;
    session_ << std::string("select ") + kSubmissionColumns +
                    " from publishing_submissions where id = :id",
        soci::use(id.text()), soci::into(row.id), soci::into(row.group),
        soci::into(row.document), soci::into(row.author), soci::into(row.origin),
        soci::into(row.state), soci::into(row.reinstates), soci::into(row.made_at);
    if (!session_.got_data()) return std::optional<Submission>();
    Result<Submission> submission = submission_of(row);
    if (!submission.ok()) return submission.error();
    return std::optional(std::move(*submission));
  });
}

Result<std::vector<Submission>> SqlReleaseStore::list(const SubmissionQuery& query) {
  return sql_guard("submissions", [&]() -> Result<std::vector<Submission>> {
    SubmissionRow row;
    const std::string state(query.state ? to_string(*query.state) : std::string_view());
    const std::string group = query.group ? query.group->text() : std::string();
    const int most = std::clamp(query.most, 1, 1000);
    soci::statement statement =
        (session_.prepare
             << std::string("select ") + kSubmissionColumns +
                    " from publishing_submissions where (:any_state = '' or state "
                    "= :state) and (:any_group = '' or kiosk_group = :kiosk_group) "
                    "order by made_at desc, id desc limit :most",
         soci::use(state), soci::use(state), soci::use(group), soci::use(group),
         soci::use(most), soci::into(row.id), soci::into(row.group), soci::into(row.document),
         soci::into(row.author), soci::into(row.origin), soci::into(row.state),
         soci::into(row.reinstates), soci::into(row.made_at));
    statement.execute();
    std::vector<Submission> all;
    while (statement.fetch()) {
      Result<Submission> submission = submission_of(row);
      if (!submission.ok()) return submission.error();
      all.push_back(std::move(*submission));
    }
    return all;
  });
}

Status SqlReleaseStore::add_step(const SubmissionStep& step) {
  const std::string subject = "submission " + step.submission.text();
  Status checked = check_texts(subject, {{"actor", step.actor}, {"reason", step.reason}});
  if (!checked.ok()) return checked;
  return sql_guard(subject, [&] {
    const std::string state(to_string(step.state));
    const long long at = to_column(step.at);
    session_
        << "insert into publishing_steps (submission, number, state, actor, reason, at) "
           "select :submission, coalesce(max(number), 0) + 1, :state, :actor, :reason, :at "
           "from publishing_steps where submission = :same",
        soci::use(step.submission.text()), soci::use(state), soci::use(step.actor),
        soci::use(step.reason), soci::use(at), soci::use(step.submission.text());
  });
}

Result<std::vector<SubmissionStep>> SqlReleaseStore::steps(const SubmissionId& id) {
  return sql_guard("submission " + id.text(), [&]() -> Result<std::vector<SubmissionStep>> {
    std::string state, actor, reason;
    long long at = 0;
    soci::statement statement = (session_.prepare << "select state, actor, reason, at from "
                                                     "publishing_steps where submission = "
                                                     ":submission order by number",
                                 soci::use(id.text()), soci::into(state), soci::into(actor),
                                 soci::into(reason), soci::into(at));
    statement.execute();
    std::vector<SubmissionStep> all;
    while (statement.fetch()) {
      const auto known = parse_submission_state(state);
      if (!known) return damaged_row("submission " + id.text(), "has a step of no known state");
      all.push_back({id, *known, actor, reason, instant_of(at)});
    }
    return all;
  });
}

Status SqlReleaseStore::keep_candidate(const Candidate& candidate) {
  const std::string subject = "candidate of submission " + candidate.submission.text();
  Status checked =
      check_texts(subject, {{"body", candidate.body}, {"publication", candidate.publication}});
  if (!checked.ok()) return checked;
  return sql_guard(subject, [&] {
    const long long base = candidate.base_version, version = candidate.version,
                    made_at = to_column(candidate.made_at);
    session_ << "insert into publishing_candidates (submission, base_version, version, body, "
                "publication, made_at) values (:submission, :base, :version, :body, "
                ":publication, :made_at) on conflict (submission) do update set base_version = "
                "excluded.base_version, version = excluded.version, body = excluded.body, "
                "publication = excluded.publication, made_at = excluded.made_at",
        soci::use(candidate.submission.text()), soci::use(base), soci::use(version),
        soci::use(candidate.body), soci::use(candidate.publication), soci::use(made_at);
  });
}

Result<std::optional<Candidate>> SqlReleaseStore::find_candidate(const SubmissionId& id) {
  return sql_guard(
      "candidate of submission " + id.text(), [&]() -> Result<std::optional<Candidate>> {
        Candidate found;
        long long base = 0, version = 0, made_at = 0;
        session_ << "select base_version, version, body, publication, made_at from "
                    "publishing_candidates where submission = :submission",
            soci::use(id.text()), soci::into(base), soci::into(version), soci::into(found.body),
            soci::into(found.publication), soci::into(made_at);
        if (!session_.got_data()) return std::optional<Candidate>();
        found.submission = id;
        found.base_version = base;
        found.version = version;
        found.made_at = instant_of(made_at);
        return std::optional(std::move(found));
      });
}

Status SqlReleaseStore::keep_release(const Release& release) {
  const std::string subject = "release " + std::to_string(release.version);
  Status checked = check_texts(subject, {{"approver", release.approver},
                                         {"key id", release.key_id},
                                         {"targets", release.targets},
                                         {"publication", release.publication}});
  if (!checked.ok()) return checked;
  return sql_guard(subject, [&] {
    const std::string state(to_string(release.state));
    const long long version = release.version, base = release.base_version,
                    approved_at = to_column(release.approved_at),
                    released_at = to_column(release.released_at);
    session_
        << std::string("insert into publishing_releases (") + kReleaseColumns +
               ") values (:version, :base, :submission, :group, :state, :approver, :key_id, "
               ":targets, :publication, :approved_at, :released_at) on conflict (version) "
               "do update set base_version = excluded.base_version, submission = "
               "excluded.submission, kiosk_group = excluded.kiosk_group, state = "
               "excluded.state, approver = excluded.approver, key_id = excluded.key_id, "
               "targets = excluded.targets, publication = excluded.publication, "
               "approved_at = excluded.approved_at, released_at = excluded.released_at",
        soci::use(version), soci::use(base), soci::use(release.submission.text()),
        soci::use(release.group.text()), soci::use(state), soci::use(release.approver),
        soci::use(release.key_id), soci::use(release.targets), soci::use(release.publication),
        soci::use(approved_at), soci::use(released_at);
  });
}

Result<std::optional<Release>> SqlReleaseStore::find_release(std::int64_t version) {
  return sql_guard(
      "release " + std::to_string(version), [&]() -> Result<std::optional<Release>> {
        ReleaseRow row;
        const long long wanted = version;
        session_ << std::string("select ") + kReleaseColumns +
                        " from publishing_releases where version = :version",
            soci::use(wanted), soci::into(row.version), soci::into(row.base_version),
            soci::into(row.submission), soci::into(row.group), soci::into(row.state),
            soci::into(row.approver), soci::into(row.key_id), soci::into(row.targets),
            soci::into(row.publication), soci::into(row.approved_at),
            soci::into(row.released_at);
        if (!session_.got_data()) return std::optional<Release>();
        Result<Release> release = release_of(row);
        if (!release.ok()) return release.error();
        return std::optional(std::move(*release));
      });
}

Result<std::vector<Release>> SqlReleaseStore::releases(int most) {
  return sql_guard("releases", [&]() -> Result<std::vector<Release>> {
    ReleaseRow row;
    const int limit = std::clamp(most, 1, 1000);
    soci::statement statement =
        (session_.prepare << std::string("select ") + kReleaseColumns +
                                 " from publishing_releases order by version desc limit :most",
         soci::use(limit), soci::into(row.version), soci::into(row.base_version),
         soci::into(row.submission), soci::into(row.group), soci::into(row.state),
         soci::into(row.approver), soci::into(row.key_id), soci::into(row.targets),
         soci::into(row.publication), soci::into(row.approved_at), soci::into(row.released_at));
    statement.execute();
    std::vector<Release> all;
    while (statement.fetch()) {
      Result<Release> release = release_of(row);
      if (!release.ok()) return release.error();
      all.push_back(std::move(*release));
    }
    return all;
  });
}

Status SqlReleaseStore::add_act(const TakedownAct& act) {
  const std::string subject = "takedown " + act.id.text();
  Status checked = check_texts(
      subject, {{"target", act.target_id}, {"reason", act.reason}, {"actor", act.actor}});
  if (!checked.ok()) return checked;
  return sql_guard(subject, [&] {
    const std::string kind(to_string(act.kind));
    const long long at = to_column(act.at);
    session_ << "insert into publishing_acts (id, kind, target_id, at, reason, actor) values "
                "(:id, :kind, :target, :at, :reason, :actor)",
        soci::use(act.id.text()), soci::use(kind), soci::use(act.target_id), soci::use(at),
        soci::use(act.reason), soci::use(act.actor);
  });
}

Result<std::vector<TakedownAct>> SqlReleaseStore::acts() {
  return sql_guard("takedowns", [&]() -> Result<std::vector<TakedownAct>> {
    std::string id, kind, target, reason, actor;
    long long at = 0;
    soci::statement statement =
        (session_.prepare << "select id, kind, target_id, at, reason, actor from "
                             "publishing_acts order by at, id",
         soci::into(id), soci::into(kind), soci::into(target), soci::into(at),
         soci::into(reason), soci::into(actor));
    statement.execute();
    std::vector<TakedownAct> all;
    while (statement.fetch()) {
      const auto known = parse_hidden_kind(kind);
      if (!known) return damaged_row("takedown " + id, "has no known kind");
      all.push_back({TakedownId(id), *known, target, instant_of(at), reason, actor});
    }
    return all;
  });
}

}  // namespace conglang::server
