-- Data queries: questions about recorded facts, and where each stands (ICH E6(R3) 4.2.3). Codes, random ids and times only.
create table read.data_query (
  query           uuid primary key,
  subject         uuid not null,
  twin            uuid not null,
  -- Event id of the version of the fact that is asked about.
  fact            uuid not null,
  field           text not null,
  trial           uuid,
  site            text not null,
  reason          text not null,
  status          text not null check (status in ('open', 'answered', 'closed', 'cancelled')),
  asked_by        text not null,
  raised_at       timestamptz not null,
  asked_at        timestamptz not null,
  answered_at     timestamptz,
  correction      uuid,
  ended_at        timestamptz,
  cancellation    text,
  -- Of the event that raised it; orders lists.
  raised_position bigint not null unique
);
create index data_query_trial on read.data_query (trial, site, raised_position);
create index data_query_site on read.data_query (site, raised_position);
create index data_query_twin on read.data_query (twin);
alter table read.data_query owner to twin_ledger_service;
