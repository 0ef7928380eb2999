-- Kiosks, how they came to the office, and what they say. Times are milliseconds since 1970 in
-- UTC; 0 stands for "not yet"; lists and bodies are JSON.
create table kiosk_groups (
  id text not null primary key,
  name text not null
);

create table kiosk_sites (
  id text not null primary key,
  name text not null,
  site_class text not null
);

create table kiosks (
  id text not null primary key,
  name text not null,
  kiosk_group text not null,
  site text not null,
  public_key text not null,
  token text not null unique,
  token_counter bigint not null,
  made_at bigint not null,
  revoked_at bigint not null
);

create table kiosk_lives (
  kiosk text not null primary key references kiosks (id),
  seen_at bigint not null,
  address text not null,
  earlier_run text not null,
  heartbeat text not null
);

create table kiosk_commands (
  id text not null primary key,
  kiosk text not null references kiosks (id),
  kind text not null,
  argument bigint not null,
  made_at bigint not null,
  actor text not null,
  outcome text not null,
  detail text not null,
  done_at bigint not null
);
create index kiosk_commands_waiting on kiosk_commands (kiosk, done_at, made_at);

create table kiosk_enrolments (
  id text not null primary key,
  code text not null,
  state text not null,
  made_at bigint not null,
  ends_at bigint not null,
  kiosk text not null,
  document text not null
);
create index kiosk_enrolments_open on kiosk_enrolments (ends_at);

create table kiosk_sticks (
  token text not null primary key,
  name text not null,
  kiosk_group text not null,
  site text not null,
  ends_at bigint not null,
  used_by text not null
);

create table record_batches (
  kiosk text not null references kiosks (id),
  sequence bigint not null,
  digest text not null,
  kept text not null,
  kept_at bigint not null,
  primary key (kiosk, sequence)
);

create table kiosk_plays (
  id text not null,
  kiosk text not null references kiosks (id),
  item text not null,
  asset text not null,
  region text not null,
  version text not null,
  started_at bigint not null,
  clock_trust text not null,
  outcome text not null,
  reason text not null,
  shown_ms bigint not null,
  frames_shown bigint not null,
  frames_late bigint not null,
  kept_at bigint not null,
  primary key (kiosk, id)
);
create index kiosk_plays_by_time on kiosk_plays (kiosk, started_at);
create index kiosk_plays_by_age on kiosk_plays (kept_at);

create table kiosk_events (
  id text not null,
  kiosk text not null references kiosks (id),
  at bigint not null,
  kind text not null,
  subject text not null,
  detail text not null,
  kept_at bigint not null,
  primary key (kiosk, id)
);
create index kiosk_events_by_time on kiosk_events (kiosk, at);
create index kiosk_events_by_age on kiosk_events (kept_at);
