-- Which key-encryption keys there are, which keys of persons were destroyed for good, and how far the log was searched for
-- destructions. All in the vault's schema: it is restored with the wrapped keys, and whichever of vault and log is newer wins.

-- How the key-encryption key named in wrapped_by was used; 25 years from now that is no longer obvious.
alter table vault.subject_key add column algorithm text not null default 'A256GCM';
create index subject_key_wrapped_by on vault.subject_key (wrapped_by) where wrapped is not null;
-- A destroyed key's old row is swept within a minute and does not wait for a fifth of the table to change.
alter table vault.subject_key set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);
create index if not exists identifier_subject on vault.identifier (subject);

create table vault.key_encryption_key (
  -- As in subject_key.wrapped_by: provider, key and version.
  id              text primary key,
  -- 32 random bytes wrapped under it, and their SHA-256: shows at every start whether the key at hand is this one.
  canary          bytea not null,
  canary_digest   bytea not null check (octet_length(canary_digest) = 32),
  first_seen_at   timestamptz not null default now(),
  -- Since then nothing is wrapped under it any more, and nothing may be again.
  retired_at      timestamptz
);

-- A tombstone: this person's data of this class is unreadable for ever, whatever backup comes back.
create table vault.destruction (
  subject                uuid not null,
  class                  text not null,
  -- The keys that were destroyed, those of restored backups included. Names, no key material.
  kids                   uuid[] not null,
  -- The ledger's event that says so, and where it lies: the ground on which ciphertext may be deleted.
  event                  uuid not null,
  position               bigint not null,
  destroyed_at           timestamptz not null default now(),
  -- Null while ciphertext may be left.
  ciphertexts_deleted_at timestamptz,
  primary key (subject, class)
);
create index destruction_unfinished on vault.destruction (destroyed_at) where ciphertexts_deleted_at is null;

-- Below this position every destruction the log records was carried out here. The id of the event before it shows whether the
-- log is still the one that was searched, or an older backup of it.
create table vault.searched_log (
  only_row boolean primary key default true check (only_row),
  position bigint not null,
  event    uuid
);
insert into vault.searched_log (position) values (0);

-- Adds a data key unless the person's class was erased or the key-encryption key is unknown or retired, and answers which:
-- 'created', 'exists', 'erased', 'key-encryption-key-unknown'. The lock orders it with vault.destroy_keys.
create function vault.create_key(p_kid uuid, p_subject uuid, p_class text, p_wrapped bytea, p_wrapped_by text, p_algorithm text)
returns text language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('twin-ledger keys of ' || p_subject::text, 0));
  perform from vault.destruction where subject = p_subject and class = p_class;
  if found then return 'erased'; end if;
  -- Held until commit: retiring a key-encryption key waits for it.
  perform from vault.key_encryption_key where id = p_wrapped_by and retired_at is null for share;
  if not found then return 'key-encryption-key-unknown'; end if;
  insert into vault.subject_key (kid, subject, class, wrapped, wrapped_by, algorithm)
    values (p_kid, p_subject, p_class, p_wrapped, p_wrapped_by, p_algorithm)
    on conflict (subject, class) where destroyed_at is null do nothing;
  return case when found then 'created' else 'exists' end;
end $$;

-- Destroys the keys of one person and these classes and leaves the tombstones. Said again, it destroys what came back.
-- p_kids are keys the ledger says were destroyed, though this vault may never have held them.
-- With the identity go the digests by which the person could be recognised.
create function vault.destroy_keys(p_subject uuid, p_classes text[], p_kids uuid[], p_event uuid, p_position bigint)
returns table (class text, kids uuid[], destroyed integer) language plpgsql as $$
declare
  gone uuid[];
  held uuid[];
begin
  perform pg_advisory_xact_lock(hashtextextended('twin-ledger keys of ' || p_subject::text, 0));
  foreach class in array p_classes loop
    with d as (
      update vault.subject_key k set wrapped = null, destroyed_at = now()
        where k.subject = p_subject and k.class = destroy_keys.class and k.wrapped is not null returning k.kid
    ) select coalesce(array_agg(d.kid), '{}') into gone from d;
    select array_agg(k.kid) into held from vault.subject_key k where k.subject = p_subject and k.class = destroy_keys.class;
    select coalesce(array_agg(distinct kid), '{}') into kids
      from unnest(coalesce(held, '{}') || (select coalesce(array_agg(k), '{}') from unnest(p_kids) k
        where not exists (select from vault.subject_key s where s.kid = k and (s.subject <> p_subject or s.class <> destroy_keys.class)))) kid;
    insert into vault.destruction as t (subject, class, kids, event, position)
      values (p_subject, destroy_keys.class, destroy_keys.kids, p_event, p_position)
      on conflict on constraint destruction_pkey do update set
        kids = (select array_agg(distinct kid) from unnest(t.kids || excluded.kids) kid), ciphertexts_deleted_at = null
        where cardinality(gone) > 0 or not t.kids @> excluded.kids;
    select t.kids into kids from vault.destruction t where t.subject = p_subject and t.class = destroy_keys.class;
    destroyed := cardinality(gone);
    return next;
  end loop;
  if 'identity' = any (p_classes) then
    delete from vault.identifier i where i.subject = p_subject;
  end if;
end $$;

grant select, insert, update (retired_at) on vault.key_encryption_key to twin_ledger_service;
grant select, insert, update (kids, event, position, ciphertexts_deleted_at) on vault.destruction to twin_ledger_service;
grant select, update on vault.searched_log to twin_ledger_service;
grant update (algorithm) on vault.subject_key to twin_ledger_service;
revoke execute on function vault.create_key, vault.destroy_keys from public;
grant execute on function vault.create_key, vault.destroy_keys to twin_ledger_service;
