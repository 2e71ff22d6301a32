/**
 * The one statement that appends: its text and parameters from a planned batch, its outcome back.
 *
 * It writes the batch if, and only if, the head is what the writer computed from, the streams whose revisions rest on a
 * caller's word are where he says, and no id is known yet. Being one statement outside a transaction it is also one
 * transaction and one fsync; being no function it needs no subtransaction to survive a conflict, and going straight into the
 * batch's partition it needs no routing: together a third of what a small batch cost the server.
 */
import type { QueryConfig, QueryResult } from 'pg'
import type { PlannedBatch } from './append-plan.js'
import { byteaArray, int4Array, int8Array, textArray, uuidArray } from './binary-array.js'
import { sqlState } from '../../platform/database/sql-state.js'

export type AppendOutcome =
  | 'appended'
  /** Nothing was written: another writer was first, or a stream is elsewhere than expected, or an old id is known. */
  | 'not-appended'

/** Positions in one partition of events and payloads: 256³, one level-3 tile (migrations/0001-ledger.sql). */
export const PARTITION_SPAN = 2 ** 24

/** What the statement needs of a planned batch. */
export type BatchToAppend = Omit<PlannedBatch, 'accepted' | 'aside' | 'unknown'>

/** @param payloads `elsewhere`: they are kept by another store, and this one is an index over it */
export function appendStatement(batch: BatchToAppend, payloads: 'here' | 'elsewhere' = 'here'): QueryConfig {
  const { events, tiles, expectations, fromSize } = batch
  const first = Math.floor(fromSize / PARTITION_SPAN)
  const last = Math.floor((fromSize + events.length - 1) / PARTITION_SPAN)
  const variant: Variant = {
    partition: first === last ? `_${last}` : '',
    older: last > 0,
    expecting: expectations.size > 0,
    tiles: tiles.length > 0,
    payloads: payloads === 'here',
  }
  return {
    ...preparedText(variant),
    values: [
      fromSize,
      uuidArray(events.map((event) => event.id)),
      textArray(events.map((event) => event.stream)),
      int4Array(events.map((event) => event.revision)),
      byteaArray(events.map((event) => event.leaf)),
      batch.tree.frontier(),
      batch.checkpoint,
      batch.recordedMs,
      batch.fromFrontier,
      ...(variant.older ? [last * PARTITION_SPAN] : []),
      ...(variant.expecting ? [textArray([...expectations.keys()]), int4Array([...expectations.values()])] : []),
      ...(variant.tiles
        ? [
            int4Array(tiles.map((tile) => tile.level)),
            int8Array(tiles.map((tile) => tile.index)),
            byteaArray(tiles.map((tile) => tile.hashes)),
            byteaArray(tiles.map((tile) => tile.root)),
          ]
        : []),
      ...(variant.payloads ? [byteaArray(events.map((event) => event.payload))] : []),
    ],
  }
}

/** What a batch asks of the statement beside inserting its events. */
interface Variant {
  /** Suffix of the partition's tables; empty when the batch crosses into the next one. */
  partition: string
  /** There are older partitions, whose ids no unique index of this one knows. */
  older: boolean
  /** Streams rest on callers' words. */
  expecting: boolean
  /** Tiles were finished. */
  tiles: boolean
  /** They are kept here. */
  payloads: boolean
}

const prepared = new Map<string, { name: string; text: string }>()

/** Written once for each variant, so that the server plans each of them once a connection. */
function preparedText(variant: Variant): { name: string; text: string } {
  const name = `append${variant.partition}${variant.older ? '-older' : ''}${variant.expecting ? '-expecting' : ''}${variant.tiles ? '-tiles' : ''}${variant.payloads ? '' : '-bare'}`
  let statement = prepared.get(name)
  if (!statement) prepared.set(name, (statement = { name, text: textOf(variant) }))
  return statement
}

function textOf({ partition, older, expecting, tiles, payloads }: Variant): string {
  let next = 10
  const conditions: string[] = []
  if (older)
    conditions.push(
      `not exists (select from ledger.event e where e.id = any ($2::uuid[]) and e.position < $${next++}::bigint)`,
    )
  if (expecting)
    conditions.push(`not exists (select from unnest($${next++}::text[], $${next++}::integer[]) as w(stream, expected)
      where expected <> coalesce((select e.revision from ledger.event e where e.stream = w.stream order by e.revision desc limit 1), -1))`)
  const tile = tiles
    ? `, tile as (
    insert into ledger.tile (level, index, hashes, root)
    select unnest($${next++}::integer[]), unnest($${next++}::bigint[]), unnest($${next++}::bytea[]), unnest($${next++}::bytea[]) from head)`
    : ''
  const payload = payloads
    ? `, payload as (
    insert into ledger.payload${partition} (position, stored)
    select generate_series($1::bigint, size - 1), unnest($${next++}::bytea[]) from head)`
    : ''
  // To move the head is to lock it; a writer that comes second finds another frontier there. The size alone would not do: behind a
  // batch of ours that was refused, another writer's batch of as many events leaves a head of just the size that was expected.
  return `with head as (
    update ledger.head set size = $1::bigint + cardinality($2::uuid[]), frontier = $6::bytea, checkpoint = $7::text, recorded_ms = $8::bigint
    where ${['size = $1::bigint', 'frontier = $9::bytea', ...conditions].join(' and ')}
    returning size
  ), event as (
    insert into ledger.event${partition} (position, id, stream, revision, leaf)
    select generate_series($1::bigint, size - 1), unnest($2::uuid[]), unnest($3::text[]), unnest($4::integer[]), unnest($5::bytea[]) from head
  )${tile}${payload}
  select from head`
}

export function appendOutcome(result: QueryResult): AppendOutcome {
  return result.rowCount === 1 ? 'appended' : 'not-appended'
}

/** SQLSTATE 23505. */
const UNIQUE_VIOLATION = '23505'

/** True when an id or a stream's revision of the batch exists already: nothing was written. */
export const contradictsLog = (error: Error): boolean => sqlState(error) === UNIQUE_VIOLATION
