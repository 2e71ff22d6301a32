-- The legal register: one line an entry, as its decision model has it. About instruments, not about persons.
create table read.legal_entry (
  stream   uuid primary key,
  state    jsonb not null,
  -- Of the last event applied.
  revision integer not null,
  position bigint not null
);
alter table read.legal_entry owner to twin_ledger_service;
