/** The one statement that appends: its parameters from a planned batch, its outcome back. */
import type { QueryConfig, QueryResult } from 'pg'
import type { PlannedBatch } from './append-plan.js'
import { byteaArray, int4Array, int8Array, textArray, uuidArray } from './binary-array.js'

export type AppendOutcome =
  | { kind: 'appended' }
  /** Another writer was first; nothing was written. */
  | { kind: 'head-moved' }
  /** Nothing was written: streams that are elsewhere than expected, ids that exist. */
  | { kind: 'conflict'; streams: Map<string, number>; ids: Set<string> }

const TEXT = `select outcome, head_size, moved_streams, moved_to, known_ids from ledger.append(
  $1::bigint, $2::text[], $3::integer[], $4::uuid[], $5::text[], $6::integer[], $7::bytea[], $8::bytea[],
  $9::integer[], $10::bigint[], $11::bytea[], $12::bytea, $13::text, $14::bigint)`

export function appendStatement(batch: PlannedBatch): QueryConfig {
  const { events, tiles } = batch
  return {
    name: 'ledger-append',
    text: TEXT,
    values: [
      batch.fromSize,
      textArray([...batch.expectations.keys()]),
      int4Array([...batch.expectations.values()]),
      uuidArray(events.map((event) => event.id)),
      textArray(events.map((event) => event.stream)),
      int4Array(events.map((event) => event.revision)),
      byteaArray(events.map((event) => event.leaf)),
      byteaArray(events.map((event) => event.payload)),
      int4Array(tiles.map((tile) => tile.level)),
      int8Array(tiles.map((tile) => tile.index)),
      byteaArray(tiles.map((tile) => tile.hashes)),
      batch.tree.frontier(),
      batch.checkpoint,
      batch.recordedMs,
    ],
  }
}

interface OutcomeRow {
  outcome: AppendOutcome['kind']
  moved_streams: string[] | null
  moved_to: number[] | null
  known_ids: string[] | string | null
}

export function appendOutcome(result: QueryResult<OutcomeRow>): AppendOutcome {
  const row = result.rows[0]!
  if (row.outcome !== 'conflict') return { kind: row.outcome }
  const streams = new Map((row.moved_streams ?? []).map((stream, index) => [stream, row.moved_to![index]!]))
  return { kind: 'conflict', streams, ids: new Set(uuids(row.known_ids)) }
}

/** node-postgres has no parser for uuid[] and hands over its text form, `{a,b}`. */
function uuids(known: string[] | string | null): string[] {
  if (known === null) return []
  return typeof known === 'string' ? known.slice(1, -1).split(',') : known
}
