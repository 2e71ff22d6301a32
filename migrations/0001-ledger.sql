-- The append-only truth. Events and payloads are partitioned by position in spans of 2^24 = 256^3, so that a partition is
-- exactly one level-3 tile: once full it is never written again, its indexes can be packed, moved and checked on their own,
-- and the indexes that new events touch stay small. See compliance/decisions/0003-event-schema-at-scale.md.

create schema ledger;

-- A check constraint costs every statement as much as inserting a row, so there is only the one that the log's format needs;
-- that positions are not negative follows from the partitions.
create table ledger.event (
  position bigint not null,
  id       uuid   not null,
  stream   text   collate "C" not null,
  revision integer not null,
  leaf     bytea  not null check (octet_length(leaf) <= 65535),
  primary key (position)
) partition by range (position);

create table ledger.payload (
  position bigint not null,
  stored   bytea  not null,
  primary key (position)
) partition by range (position);
-- Ciphertext does not compress: storing it as it is saves the attempt.
alter table ledger.payload alter column stored set storage external;

create table ledger.tile (
  level  smallint not null check (level between 0 and 7),
  index  bigint   not null check (index >= 0),
  hashes bytea    not null check (octet_length(hashes) = 8192),
  -- Root of the 256 hashes, which is one hash of the tile above: a partial tile is served without hashing those below it.
  root   bytea    not null check (octet_length(root) = 32),
  primary key (level, index)
);
-- Hashes do not compress: storing them as they are saves the attempt.
alter table ledger.tile alter column hashes set storage external;

-- The one row that orders all appends. `frontier` is the compact range of the tree: 32 bytes for each bit of `size`.
create table ledger.head (
  only_row    boolean primary key default true check (only_row),
  size        bigint  not null,
  frontier    bytea   not null,
  checkpoint  text    not null,
  -- Unix milliseconds of the last event; time in the log never runs backwards.
  recorded_ms bigint  not null
) with (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Beside the missing grants, a trigger refuses change to whoever owns the tables too: an administrator has to switch it off
-- on purpose, and the tree shows what was done.
create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only: % on % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- Adds the partitions that hold every position below p_through. Only the owner can alter tables, so this runs with the
-- owner's rights; all it can do is add empty room.
create function ledger.extend(p_through bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '5s' as $$
declare
  span constant bigint := 16777216;
  n bigint;
begin
  if p_through < 0 or p_through > (1::bigint << 40) then
    raise exception 'position % is out of range', p_through;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('twin-ledger extend', 0));
  for n in 0 .. p_through / span loop
    if to_regclass(format('ledger.event_%s', n)) is null then
      -- Made apart and attached: that needs no lock that a reader of the log, such as a backup, could hold up. The check
      -- constraint spares the attachment its scan.
      execute format('create table ledger.event_%1$s (like ledger.event including all, constraint event_%1$s_span check (position >= %2$s and position < %3$s))', n, n * span, (n + 1) * span);
      -- Unique within the span; the appending statement looks in the older spans.
      execute format('create unique index event_%1$s_id on ledger.event_%1$s (id)', n);
      execute format('create unique index event_%1$s_stream on ledger.event_%1$s (stream, revision)', n);
      execute format('create table ledger.payload_%1$s (like ledger.payload including all, constraint payload_%1$s_span check (position >= %2$s and position < %3$s))', n, n * span, (n + 1) * span);
      execute format('create trigger append_only before update or delete or truncate on ledger.event_%s for each statement execute function ledger.refuse_change()', n);
      execute format('create trigger unchanging before update or truncate on ledger.payload_%s for each statement execute function ledger.refuse_change()', n);
      execute format('alter table ledger.event attach partition ledger.event_%s for values from (%s) to (%s)', n, n * span, (n + 1) * span);
      execute format('alter table ledger.payload attach partition ledger.payload_%s for values from (%s) to (%s)', n, n * span, (n + 1) * span);
      -- From here on the bounds of the partition say the same; a check of its own would cost every row again.
      execute format('alter table ledger.event_%1$s drop constraint event_%1$s_span', n);
      execute format('alter table ledger.payload_%1$s drop constraint payload_%1$s_span', n);
      -- A batch goes straight into its partition, which spares it the routing.
      execute format('grant select, insert on ledger.event_%1$s, ledger.payload_%1$s to twin_ledger_service', n);
    end if;
  end loop;
end $$;

select ledger.extend(16777215);

create trigger event_append_only before update or delete or truncate on ledger.event
  for each statement execute function ledger.refuse_change();
create trigger tile_append_only before update or delete or truncate on ledger.tile
  for each statement execute function ledger.refuse_change();
create trigger payload_unchanging before update or truncate on ledger.payload
  for each statement execute function ledger.refuse_change();

grant usage on schema ledger to twin_ledger_service;
grant select, insert on ledger.event, ledger.payload, ledger.tile to twin_ledger_service;
grant select, insert, update on ledger.head to twin_ledger_service;
revoke execute on function ledger.extend(bigint) from public;
grant execute on function ledger.extend(bigint) to twin_ledger_service;
