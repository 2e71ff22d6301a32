-- Read models. Everything in `read` can be dropped and rebuilt from the log; `rebuild` holds the copies that are being built
-- beside the live ones. The service owns these tables, because a rebuilt one replaces the live one by name.
create schema read;
create schema rebuild;

create table read.projection (
  name        text primary key,
  version     integer not null,
  -- The next position to apply: everything below it is in the tables.
  position    bigint not null,
  recorded_at timestamptz,
  status      text not null default 'running' check (status in ('running', 'halted')),
  error_code  text,
  updated_at  timestamptz not null default now()
);

grant usage, create on schema read to twin_ledger_service;
grant usage, create on schema rebuild to twin_ledger_service;
grant select, insert, update, delete on read.projection to twin_ledger_service;
