-- Wrapped data keys and the blind index of identifiers, in a schema of their own so that event backups leave them out.
create schema vault;

create table vault.subject_key (
  kid          uuid primary key,
  subject      uuid not null,
  class        text not null,
  -- The data key under the key-encryption key; null once destroyed.
  wrapped      bytea,
  -- Which key-encryption key wrapped it.
  wrapped_by   text not null,
  created_at   timestamptz not null default now(),
  destroyed_at timestamptz,
  check ((wrapped is null) = (destroyed_at is not null))
);
create unique index subject_key_current on vault.subject_key (subject, class) where destroyed_at is null;

-- HMAC of a business identifier → the person and twin it belongs to. Answers "is this patient known" without holding the number.
create table vault.identifier (
  blind   bytea primary key check (octet_length(blind) = 32),
  subject uuid not null,
  twin    uuid not null
);
create index identifier_twin on vault.identifier (twin);

grant usage on schema vault to twin_ledger_service;
grant select, insert on vault.subject_key to twin_ledger_service;
grant update (wrapped, wrapped_by, destroyed_at) on vault.subject_key to twin_ledger_service;
grant select, insert, update, delete on vault.identifier to twin_ledger_service;
