-- The register of breaches of personal data. Codes and times only.
create table read.breach (
  breach         uuid primary key,
  status         text not null check (status in ('open', 'closed')),
  risk           text check (risk in ('unlikely', 'likely', 'high')),
  aware_at       timestamptz not null,
  -- 72 hours after awareness (GDPR Art 33(1)).
  due_at         timestamptz not null,
  -- When the authority was first notified, or that was found not to be required.
  settled_at     timestamptz,
  -- When the missed deadline was noticed.
  overdue_at     timestamptz,
  closed_at      timestamptz,
  -- Of the event that made it known; orders lists.
  first_position bigint not null unique,
  -- Of the last event applied.
  position       bigint not null
);
create index breach_open on read.breach (due_at) where settled_at is null;
alter table read.breach owner to twin_ledger_service;
