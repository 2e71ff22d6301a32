-- When an exported log was restored into this database, and what was verified: the service puts it on record as it first starts on it.
create table ledger.restoration (
  restoration uuid primary key default gen_random_uuid(),
  size        bigint not null,
  root        text not null,
  payloads    bigint not null,
  deleted     bigint not null,
  restored_at timestamptz not null default now()
);
grant select on ledger.restoration to twin_ledger_service;
