-- Notices of consent: one line a notice, as its decision model has it, texts included. Written for publication; about no person.
create table read.notice_register (
  stream   uuid primary key,
  notice   text not null unique,
  state    jsonb not null,
  -- Of the last event applied.
  revision integer not null,
  position bigint not null
);
alter table read.notice_register owner to twin_ledger_service;
