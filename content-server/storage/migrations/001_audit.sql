-- The book of who did what and when. audit_log.h says what a digest covers.
create table audit_log (
  number bigint not null primary key,
  at bigint not null,
  actor text not null,
  action text not null,
  subject text not null,
  before_json text not null,
  after_json text not null,
  previous text not null,
  digest text not null
);
create index audit_log_by_subject on audit_log (subject, number);
create index audit_log_by_actor on audit_log (actor, number);

create trigger audit_log_keeps_entries before delete on audit_log
begin
  select raise(abort, 'the audit log only grows');
end;
create trigger audit_log_keeps_words before update on audit_log
begin
  select raise(abort, 'the audit log only grows');
end;
