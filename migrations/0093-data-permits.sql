-- Data permits of health data access bodies (EHDS Art 68): one line a permit, as its decision model has it. About organisations, not
-- about persons.
create table read.data_permit (
  permit   uuid primary key,
  state    jsonb not null,
  -- Of the last event applied.
  revision integer not null,
  position bigint not null
);
alter table read.data_permit owner to twin_ledger_service;

-- The permit that a cohort, or a use of one person's data in it, rests on or was asked under; null: the person's consent.
alter table read.cohort add column permit uuid;
alter table read.consent_use add column permit uuid;
