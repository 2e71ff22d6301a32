-- The append-only truth. Events and payloads are partitioned by position in spans of 2^24 = 256^3, so that a partition is
-- exactly one level-3 tile: once full it is never written again, its indexes can be packed, moved and checked on their own,
-- and the indexes that new events touch stay small. See compliance/decisions/0003-event-schema-at-scale.md.

create schema ledger;

create table ledger.event (
  position bigint not null check (position >= 0),
  id       uuid   not null,
  stream   text   collate "C" not null,
  revision integer not null check (revision >= 0),
  leaf     bytea  not null check (octet_length(leaf) <= 65535),
  primary key (position)
) partition by range (position);

create table ledger.payload (
  position bigint not null,
  stored   bytea  not null,
  primary key (position)
) partition by range (position);

create table ledger.tile (
  level  smallint not null check (level between 0 and 7),
  index  bigint   not null check (index >= 0),
  hashes bytea    not null check (octet_length(hashes) = 8192),
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

-- Adds the partitions that hold every position below p_through. Only the owner can alter tables, so this runs with the
-- owner's rights; all it can do is add empty room.
create function ledger.extend(p_through bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
      execute format('create table ledger.event_%s partition of ledger.event for values from (%s) to (%s)', n, n * span, (n + 1) * span);
      -- Unique within the span; ledger.append looks in the older spans.
      execute format('create unique index event_%s_id on ledger.event_%s (id)', n, n);
      execute format('create unique index event_%s_stream on ledger.event_%s (stream, revision)', n, n);
      execute format('create table ledger.payload_%s partition of ledger.payload for values from (%s) to (%s)', n, n * span, (n + 1) * span);
    end if;
  end loop;
end $$;

select ledger.extend(16777215);

-- Appends one batch if, and only if, the head is where the writer computed from, every stream is at the revision it expected
-- and no id is known yet. One call is one transaction is one fsync.
create function ledger.append(
  p_size bigint,
  p_streams text[], p_at integer[],
  p_ids uuid[], p_event_streams text[], p_revisions integer[], p_leaves bytea[], p_payloads bytea[],
  p_tile_levels integer[], p_tile_indexes bigint[], p_tile_hashes bytea[],
  p_frontier bytea, p_checkpoint text, p_recorded_ms bigint,
  out outcome text, out head_size bigint, out moved_streams text[], out moved_to integer[], out known_ids uuid[]
) language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  select h.size into head_size from ledger.head h for update;
  if head_size <> p_size then
    outcome := 'head-moved';
    return;
  end if;

  select array_agg(e.id) into known_ids from ledger.event e where e.id = any (p_ids);
  select array_agg(s.stream), array_agg(s.actual) into moved_streams, moved_to
    from (
      select w.stream, w.expected,
        coalesce((select e.revision from ledger.event e where e.stream = w.stream order by e.revision desc limit 1), -1) as actual
      from unnest(p_streams, p_at) as w(stream, expected)
    ) s where s.actual <> s.expected;
  if known_ids is not null or moved_streams is not null then
    outcome := 'conflict';
    return;
  end if;

  insert into ledger.event (position, id, stream, revision, leaf)
    select p_size + n - 1, id, stream, revision, leaf
    from unnest(p_ids, p_event_streams, p_revisions, p_leaves) with ordinality as e(id, stream, revision, leaf, n);
  insert into ledger.payload (position, stored)
    select p_size + n - 1, stored from unnest(p_payloads) with ordinality as p(stored, n);
  if cardinality(p_tile_levels) > 0 then
    insert into ledger.tile (level, index, hashes)
      select level, index, hashes from unnest(p_tile_levels, p_tile_indexes, p_tile_hashes) as t(level, index, hashes);
  end if;
  update ledger.head set size = p_size + cardinality(p_ids), frontier = p_frontier, checkpoint = p_checkpoint, recorded_ms = p_recorded_ms;
  head_size := p_size + cardinality(p_ids);
  outcome := 'appended';
end $$;

-- Beside the missing grants, a trigger refuses change to whoever owns the tables too: an administrator has to switch it off
-- on purpose, and the tree shows what was done.
create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only: % on % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
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
