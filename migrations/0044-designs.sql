-- Designs: computations of trial machinery from parameters alone. Model ids, codes and pseudonymous actors; nothing of a person.
create table read.design (
  design            uuid primary key,
  status            text not null check (status in ('computed', 'refused', 'failed')),
  model             text not null,
  version           text not null,
  codes             text[] not null,
  replays           integer not null,
  replays_differing integer not null,
  actor             text not null,
  org               text,
  ended_position    bigint not null,
  -- Of the last event applied.
  position          bigint not null,
  ended_at          timestamptz not null
);
create index design_order on read.design (ended_position);
alter table read.design owner to twin_ledger_service;
