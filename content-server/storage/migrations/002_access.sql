-- People, how they sign in, what they answer for. Times are milliseconds since 1970 in UTC;
-- 0 and '' stand for "none".
create table access_people (
  id text not null primary key,
  account text not null,
  name text not null,
  author integer not null,
  approver integer not null,
  administrator integer not null,
  may_take_down integer not null,
  read_only integer not null,
  state text not null,
  ends_at bigint not null,
  made_at bigint not null
);
create unique index access_people_by_account on access_people (account) where account <> '';

create table access_credentials (
  person text not null primary key references access_people (id),
  salt text not null,
  login_hash text not null
);

-- What is locked in here opens only with the person's password, which the server never has.
create table access_keys (
  public_key text not null primary key,
  person text not null references access_people (id),
  locked text not null,
  state text not null,
  made_at bigint not null
);
create index access_keys_by_person on access_keys (person);

create table access_invitations (
  person text not null primary key references access_people (id),
  token text not null unique,
  ends_at bigint not null,
  made_by text not null
);

create table access_sessions (
  id text not null primary key,
  token text not null unique,
  person text not null references access_people (id),
  made_at bigint not null,
  seen_at bigint not null,
  address text not null,
  client text not null
);
create index access_sessions_by_person on access_sessions (person);

create table access_attempts (
  name text not null primary key,
  failures integer not null,
  last_at bigint not null
);

create table access_units (
  id text not null primary key,
  name text not null,
  is_closed integer not null
);

create table access_responsible (
  unit text not null references access_units (id),
  starts_at bigint not null,
  ends_at bigint not null,
  person text not null references access_people (id),
  deputy text not null,
  primary key (unit, starts_at)
);

-- The office as a whole: one document for each word.
create table access_office (
  word text not null primary key,
  document text not null
);
