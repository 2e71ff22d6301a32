-- Decisions about persons that rest on runs (GDPR Art 22). Codes and random ids only.
create table read.decision (
  decision       uuid primary key,
  subject        uuid not null,
  run            uuid not null,
  matter         text not null,
  significant    boolean not null,
  status         text not null,
  -- The request with which the person contested it last.
  contest        uuid,
  proposed_at    timestamptz not null,
  adopted_at     timestamptz,
  -- Of the event that made it known; orders lists.
  first_position bigint not null unique,
  -- Of the last event applied.
  position       bigint not null
);
create index decision_subject on read.decision (subject, first_position);
create index decision_run on read.decision (run);
alter table read.decision owner to twin_ledger_service;
