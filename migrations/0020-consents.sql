-- Consents and the accounting of uses under them. Codes and random ids only.
create table read.consent (
  consent         uuid primary key,
  subject         uuid not null,
  status          text not null check (status in ('requested', 'given', 'refused', 'withdrawn', 'expired')),
  purposes        text[] not null,
  duo             text[] not null,
  -- Null: any.
  model_classes   text[],
  -- Null: uses outside of any trial.
  trials          uuid[],
  -- Null: any.
  data_categories text[],
  controller      text not null,
  notice_id       text not null,
  notice_version  text not null,
  notice_language text not null,
  method          text,
  given_by        text,
  requested_at    timestamptz,
  given_at        timestamptz,
  expires_at      timestamptz,
  ended_at        timestamptz,
  -- Of the event that made it known; orders lists.
  first_position  bigint not null,
  -- Of the last event applied.
  position        bigint not null
);
create index consent_subject on read.consent (subject, first_position);
create index consent_due on read.consent (expires_at) where status = 'given';
create index consent_notice on read.consent (notice_id, notice_version);
alter table read.consent owner to twin_ledger_service;

create table read.consent_use (
  -- Event id.
  use             uuid primary key,
  subject         uuid not null,
  outcome         text not null check (outcome in ('authorised', 'refused')),
  consent         uuid,
  purpose         text not null,
  model           text,
  trial           uuid,
  data_categories text[] not null,
  codes           text[] not null,
  reference       uuid,
  actor           text not null,
  actor_role      text not null,
  actor_org       text,
  position        bigint not null,
  recorded_at     timestamptz not null
);
create index consent_use_subject on read.consent_use (subject, position);
create index consent_use_trial on read.consent_use (trial, position) where trial is not null;
alter table read.consent_use owner to twin_ledger_service;
