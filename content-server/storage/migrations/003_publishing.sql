-- The way from a draft to the screens. Times are milliseconds since 1970 in UTC; 0 stands for
-- "not yet"; documents and signed files are text.
create table publishing_submissions (
  id text not null primary key,
  kiosk_group text not null,
  document text not null,
  author text not null,
  origin text not null,
  state text not null,
  reinstates text not null,
  made_at bigint not null
);
create index publishing_submissions_by_state on publishing_submissions (state, kiosk_group);

create table publishing_steps (
  submission text not null references publishing_submissions (id),
  number bigint not null,
  state text not null,
  actor text not null,
  reason text not null,
  at bigint not null,
  primary key (submission, number)
);

create table publishing_candidates (
  submission text not null primary key references publishing_submissions (id),
  base_version bigint not null,
  version bigint not null,
  body text not null,
  publication text not null,
  made_at bigint not null
);

create table publishing_releases (
  version bigint not null primary key,
  base_version bigint not null,
  submission text not null references publishing_submissions (id),
  kiosk_group text not null,
  state text not null,
  approver text not null,
  key_id text not null,
  targets text not null,
  publication text not null,
  approved_at bigint not null,
  released_at bigint not null
);

create table publishing_acts (
  id text not null primary key,
  kind text not null,
  target_id text not null,
  at bigint not null,
  reason text not null,
  actor text not null
);
