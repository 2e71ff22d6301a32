-- What sponsors are asked before an erasure is decided, and what they said. Codes and random ids only.
create table read.erasure_consultation (
  consultation uuid primary key,
  request      uuid not null,
  subject      uuid not null,
  trial        uuid not null,
  -- The person's code in the trial: all that the sponsor is told.
  code         text not null,
  due_at       timestamptz not null,
  position     text,
  decided      boolean not null
);
create index erasure_consultation_trial on read.erasure_consultation (trial, due_at);
create index erasure_consultation_request on read.erasure_consultation (request);
alter table read.erasure_consultation owner to twin_ledger_service;
-- What was read under a ticket or for a review is found by the event that opened it.
create index audit_entry_causation on read.audit_entry (causation, position) where causation is not null;
