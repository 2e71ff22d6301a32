-- The audit trail: one row for each event of the whole log. Headers and codes only; values stay in the ledger.
-- Positions rise with every row, so each index below takes its inserts at the right edge of one value's range and stays
-- dense. An index that starts with a filter and ends with the position gives a page of any filter without sorting.
create table read.audit_entry (
  position    bigint primary key,
  event_id    uuid not null,
  stream      text collate "C" not null,
  revision    integer not null,
  type        text collate "C" not null,
  schema      integer not null,
  recorded_at timestamptz not null,
  -- When it happened, where a payload that was never sealed says so.
  occurred_at timestamptz,
  actor_id    text collate "C" not null,
  actor_role  text collate "C" not null,
  actor_org   text collate "C",
  purpose     text collate "C",
  reason      text collate "C",
  subject     uuid,
  trial       uuid,
  correlation uuid not null,
  causation   uuid,
  sealed      boolean not null,
  key_id      uuid
);
create index audit_entry_stream on read.audit_entry (stream, position);
create index audit_entry_type on read.audit_entry (type, position);
create index audit_entry_recorded_at on read.audit_entry (recorded_at, position);
create index audit_entry_actor on read.audit_entry (actor_id, position);
create index audit_entry_role on read.audit_entry (actor_role, position);
create index audit_entry_correlation on read.audit_entry (correlation, position);
-- What most events lack is indexed where it is there.
create index audit_entry_subject on read.audit_entry (subject, position) where subject is not null;
create index audit_entry_trial on read.audit_entry (trial, position) where trial is not null;
create index audit_entry_purpose on read.audit_entry (purpose, position) where purpose is not null;
create index audit_entry_reason on read.audit_entry (reason, position) where reason is not null;
create index audit_entry_occurred_at on read.audit_entry (occurred_at, position) where occurred_at is not null;
alter table read.audit_entry owner to twin_ledger_service;

-- Which sites hold a person's record, for readers who see their own site's part of the trail.
create table read.audit_subject_site (
  -- The stream that says so: a twin's custody, or a trial's enrolment.
  stream  text collate "C" not null,
  subject uuid not null,
  site    text collate "C" not null,
  primary key (stream, subject, site)
);
create index audit_subject_site_site on read.audit_subject_site (site, subject);
create index audit_subject_site_subject on read.audit_subject_site (subject);
alter table read.audit_subject_site owner to twin_ledger_service;
