-- Electronic signatures: on which entry of the log, whose, with which meaning. Codes and random ids; names stay sealed in the log.
create table read.signature (
  signature       uuid primary key,
  stream          text not null,
  revision        integer not null,
  record_position bigint not null,
  record_event_id uuid not null,
  signer          text not null,
  meaning         text not null,
  event_id        uuid not null,
  position        bigint not null unique
);
create index signature_record on read.signature (stream, position);
create index signature_entry on read.signature (record_position);
create index signature_signer on read.signature (signer, position);
alter table read.signature owner to twin_ledger_service;
