-- The list of twins and what is wrong with their data. Headers, codes and random ids only: nothing here tells of a person.
create table read.twin (
  twin                uuid primary key,
  subject             uuid not null,
  status              text not null check (status in ('active', 'withdrawn', 'merged')),
  controller          text not null,
  owner               text not null,
  source              text not null,
  -- The twin that this one was merged into.
  survivor            uuid,
  -- Of the last event applied.
  revision            integer not null,
  position            bigint not null,
  facts               integer not null default 0,
  corrections         integer not null default 0,
  open_findings       integer not null default 0,
  open_errors         integer not null default 0,
  -- Orders the list: it never changes, so a page boundary stays where it is.
  registered_position bigint not null unique,
  registered_at       timestamptz not null,
  last_recorded_at    timestamptz not null
);
create index twin_subject on read.twin (subject);
create index twin_status on read.twin (status, registered_position);
alter table read.twin owner to twin_ledger_service;

create table read.twin_finding (
  finding     uuid primary key,
  twin        uuid not null,
  subject     uuid,
  dimension   text not null,
  severity    text not null,
  rule        text not null,
  rule_set    text not null,
  -- Event id of the fact judged; null when the record as a whole was.
  target      uuid,
  -- LOINC, SNOMED CT or RxNorm code concerned.
  code        text,
  position    bigint not null,
  recorded_at timestamptz not null,
  resolved_at timestamptz
);
create index twin_finding_open on read.twin_finding (twin) where resolved_at is null;
create index twin_finding_rule on read.twin_finding (rule, position);
alter table read.twin_finding owner to twin_ledger_service;
