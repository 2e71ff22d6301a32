-- Simulation runs: what was asked, of what, and how it ended. Codes and random ids only; values stay sealed in the log.
create table read.simulation_run (
  run                uuid primary key,
  status             text not null check (status in ('requested', 'completed', 'refused', 'failed')),
  model              text not null,
  version            text not null,
  twin               uuid not null,
  twin_revision      integer not null,
  subject            uuid not null,
  trial              uuid,
  purpose            text not null,
  codes              text[] not null,
  replays            integer not null,
  replays_differing  integer not null,
  actor              text not null,
  requested_position bigint not null,
  -- Of the last event applied.
  position           bigint not null,
  requested_at       timestamptz not null,
  ended_at           timestamptz
);
create index simulation_run_order on read.simulation_run (requested_position);
create index simulation_run_twin on read.simulation_run (twin, requested_position);
create index simulation_run_subject on read.simulation_run (subject, requested_position);
create index simulation_run_open on read.simulation_run (requested_at) where status = 'requested';
alter table read.simulation_run owner to twin_ledger_service;
