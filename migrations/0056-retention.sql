-- Classes of a person's data whose retention period ended: waiting for a decision, kept by a legal hold, or decided.
create table read.retention_case (
  retention_case uuid primary key,
  subject        uuid not null,
  key_class      text not null,
  record_classes text[] not null,
  status         text not null check (status in ('held', 'open', 'decided')),
  until          timestamptz not null,
  holds          uuid[] not null,
  erasure        uuid,
  -- Of the event that made it known; orders lists.
  first_position bigint not null,
  -- Of the last event applied.
  position       bigint not null
);
create index retention_case_status on read.retention_case (status, first_position);
create index retention_case_subject on read.retention_case (subject);
alter table read.retention_case owner to twin_ledger_service;
