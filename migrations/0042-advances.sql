-- The overview of advances: entries about published methods, and where their review stands.
create table read.advance (
  stream            uuid primary key,
  entry             jsonb not null,
  status            text not null check (status in ('proposed', 'returned', 'reviewed', 'superseded')),
  superseded_by     text,
  -- Of the last event applied.
  revision          integer not null,
  position          bigint not null,
  proposed_position bigint not null
);
alter table read.advance owner to twin_ledger_service;
