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
      execute format('create table ledger.event_%1$s (like ledger.event including all, check (position >= %2$s and position < %3$s))', n, n * span, (n + 1) * span);
      -- Unique within the span; ledger.append looks in the older spans.
      execute format('create unique index event_%1$s_id on ledger.event_%1$s (id)', n);
      execute format('create unique index event_%1$s_stream on ledger.event_%1$s (stream, revision)', n);
      execute format('create table ledger.payload_%1$s (like ledger.payload including all, check (position >= %2$s and position < %3$s))', n, n * span, (n + 1) * span);
      execute format('create trigger append_only before update or delete or truncate on ledger.event_%s for each statement execute function ledger.refuse_change()', n);
      execute format('create trigger unchanging before update or truncate on ledger.payload_%s for each statement execute function ledger.refuse_change()', n);
      execute format('alter table ledger.event attach partition ledger.event_%s for values from (%s) to (%s)', n, n * span, (n + 1) * span);
      execute format('alter table ledger.payload attach partition ledger.payload_%s for values from (%s) to (%s)', n, n * span, (n + 1) * span);
    end if;
  end loop;
end $$;

select ledger.extend(16777215);

-- Appends one batch if, and only if, the head is where the writer computed from, the streams it names are at the revisions
-- it expects and no id is known yet. One call is one transaction is one fsync.
-- Answers {"outcome": "appended"}, {"outcome": "head-moved"}, or {"outcome": "conflict", "ids": […], "streams": […]} with what
-- stands in the way; then nothing was written.
create function ledger.append(
  p_size bigint,
  p_streams text[], p_at integer[],
  p_ids uuid[], p_event_streams text[], p_revisions integer[], p_leaves bytea[], p_payloads bytea[],
  p_tile_levels integer[], p_tile_indexes bigint[], p_tile_hashes bytea[], p_tile_roots bytea[],
  p_frontier bytea, p_checkpoint text, p_recorded_ms bigint
) returns jsonb language plpgsql as $$
declare
  span constant bigint := 16777216;
  new_size constant bigint := p_size + cardinality(p_ids);
  -- Start of the newest partition this batch writes to; its unique indexes know the ids in it without being asked.
  newest constant bigint := (new_size - 1) / span * span;
begin
  -- To move the head is to lock it; a writer that comes second finds another size here.
  update ledger.head set size = new_size, frontier = p_frontier, checkpoint = p_checkpoint, recorded_ms = p_recorded_ms
    where size = p_size;
  if not found then
    return '{"outcome": "head-moved"}';
  end if;

  if cardinality(p_streams) > 0 then
    perform from unnest(p_streams, p_at) as w(stream, expected)
      where expected <> coalesce((select e.revision from ledger.event e where e.stream = w.stream order by e.revision desc limit 1), -1);
    if found then raise unique_violation; end if;
  end if;
  if newest > 0 then
    perform from ledger.event e where e.id = any (p_ids) and e.position < newest;
    if found then raise unique_violation; end if;
  end if;

  insert into ledger.event (position, id, stream, revision, leaf)
    select generate_series(p_size, new_size - 1), unnest(p_ids), unnest(p_event_streams), unnest(p_revisions), unnest(p_leaves);
  insert into ledger.payload (position, stored)
    select generate_series(p_size, new_size - 1), unnest(p_payloads);
  if cardinality(p_tile_levels) > 0 then
    insert into ledger.tile (level, index, hashes, root)
      select unnest(p_tile_levels), unnest(p_tile_indexes), unnest(p_tile_hashes), unnest(p_tile_roots);
  end if;
  return '{"outcome": "appended"}';
exception when unique_violation then
  return jsonb_build_object(
    'outcome', 'conflict',
    'ids', (select coalesce(jsonb_agg(e.id), '[]') from ledger.event e where e.id = any (p_ids)),
    'streams', (
      select coalesce(jsonb_agg(w.stream), '[]')
      from (select u.stream, min(u.revision) - 1 as expected from unnest(p_event_streams, p_revisions) as u(stream, revision) group by u.stream) w
      where w.expected <> coalesce((select e.revision from ledger.event e where e.stream = w.stream order by e.revision desc limit 1), -1)
    )
  );
end $$;

create trigger event_append_only before update or delete or truncate on ledger.event
  for each statement execute function ledger.refuse_change();
create trigger tile_append_only before update or delete or truncate on ledger.tile
  for each statement execute function ledger.refuse_change();
create trigger payload_unchanging before update or truncate on ledger.payload
  for each statement execute function ledger.refuse_change();

grant usage on schema ledger to twin_ledger_service;
grant select, insert on ledger.event, ledger.payload, ledger.tile to twin_ledger_service;
grant select, insert, update on ledger.head to twin_ledger_service;
revoke execute on function ledger.extend(bigint), ledger.append from public;
grant execute on function ledger.extend(bigint), ledger.append to twin_ledger_service;
