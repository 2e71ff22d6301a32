-- Emergency unblindings and whether somebody reviewed them. Codes, random ids and times; no arm and no reason.
create table read.unblinding (
  unblinding  uuid primary key,
  trial       uuid not null,
  code        text not null,
  actor       uuid not null,
  opened_at   timestamptz not null,
  reviewed_at timestamptz,
  overdue_at  timestamptz
);
create index unblinding_waiting on read.unblinding (opened_at) where reviewed_at is null;
alter table read.unblinding owner to twin_ledger_service;
