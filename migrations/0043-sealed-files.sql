-- Files that are too large for an event, sealed. Each has a key of its own, which is sealed under a key of the person's as a
-- payload is: once that is destroyed the file cannot be read, and it is deleted in the same transaction.
create table vault.sealed_file (
  id         uuid primary key,
  kid        uuid not null references vault.subject_key,
  -- The file's key: a compact JWE under `kid`.
  sealed_key bytea not null,
  -- Nonce, ciphertext, tag: AES-256-GCM.
  content    bytea not null,
  created_at timestamptz not null default now()
);
-- Ciphertext does not compress: storing it as it is saves the attempt.
alter table vault.sealed_file alter column content set storage external;
create index sealed_file_kid on vault.sealed_file (kid);
grant select, insert, delete on vault.sealed_file to twin_ledger_service;

create function vault.delete_files_of_destroyed_key() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from vault.sealed_file where kid = new.kid;
  return null;
end $$;
revoke execute on function vault.delete_files_of_destroyed_key from public;

create trigger delete_files_of_destroyed_key after update of destroyed_at on vault.subject_key
  for each row when (new.destroyed_at is not null) execute function vault.delete_files_of_destroyed_key();
