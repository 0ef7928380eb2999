BEGIN TRANSACTION;
CREATE TABLE audit_log (
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
INSERT INTO "audit_log" VALUES(1,1795478401000,'command-line','office.tested','office:1','null','{"name":"Nhà văn hóa"}','0000000000000000000000000000000000000000000000000000000000000000','6c022f8b834203ec3372f8af840cd5b09faaf59c1046ea651f36124b5d9ffeb6');
INSERT INTO "audit_log" VALUES(2,1795478402000,'command-line','office.tested','office:2','null','{"name":"Nhà văn hóa"}','6c022f8b834203ec3372f8af840cd5b09faaf59c1046ea651f36124b5d9ffeb6','ccb35d46efb3859618ab73a7a2e415599e410cc454e087cd93a67feba5b17906');
INSERT INTO "audit_log" VALUES(3,1795478403000,'command-line','office.tested','office:3','null','{"name":"Nhà văn hóa"}','ccb35d46efb3859618ab73a7a2e415599e410cc454e087cd93a67feba5b17906','23f17781b1784e93a30aebed7b5a2d024f5fea5d6b4e2c153fe373fe5a72152d');
CREATE TABLE schema_migrations (number bigint not null primary key, name text not null, checksum text not null, applied_at bigint not null);
INSERT INTO "schema_migrations" VALUES(1,'001_audit.sql','5dc649319da206b80bf75922e79d08ae1b104a19755cb2ab9cea7d9d31150e5b',1795478400000);
CREATE INDEX audit_log_by_subject on audit_log (subject, number);
CREATE INDEX audit_log_by_actor on audit_log (actor, number);
CREATE TRIGGER audit_log_keeps_entries before delete on audit_log
begin
  select raise(abort, 'the audit log only grows');
end;
CREATE TRIGGER audit_log_keeps_words before update on audit_log
begin
  select raise(abort, 'the audit log only grows');
end;
COMMIT;
pragma application_id = 1129082471;
