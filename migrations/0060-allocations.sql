-- Who was randomised in a trial, under which number. Codes, random ids and times; no arm.
create table read.allocation (
  trial         uuid not null,
  code          text not null,
  subject       uuid not null,
  site          text not null,
  -- Drawn at random, once for each participant; null once their record of the trial was erased.
  number        text,
  randomised_at timestamptz not null,
  unblinded_at  timestamptz,
  position      bigint not null,
  primary key (trial, code)
);
create index allocation_order on read.allocation (trial, position);
create index allocation_subject on read.allocation (subject);
alter table read.allocation owner to twin_ledger_service;
