/** The one statement that appends: its parameters from a planned batch, its outcome back. */
import type { QueryConfig, QueryResult } from 'pg'
import { subtreeRoot } from '../log/hash.js'
import type { PlannedBatch } from './append-plan.js'
import { byteaArray, int4Array, int8Array, textArray, uuidArray } from './binary-array.js'

export type AppendOutcome =
  | { kind: 'appended' }
  /** Another writer was first; nothing was written. */
  | { kind: 'head-moved' }
  /** Nothing was written: ids that exist, streams that are elsewhere than expected. */
  | { kind: 'conflict'; ids: Set<string>; streams: Set<string> }

const TEXT = `select ledger.append(
  $1::bigint, $2::text[], $3::integer[], $4::uuid[], $5::text[], $6::integer[], $7::bytea[], $8::bytea[],
  $9::integer[], $10::bigint[], $11::bytea[], $12::bytea[], $13::bytea, $14::text, $15::bigint) as answer`

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
      byteaArray(tiles.map((tile) => subtreeRoot(tile.hashes))),
      batch.tree.frontier(),
      batch.checkpoint,
      batch.recordedMs,
    ],
  }
}

export interface AnswerRow {
  answer: { outcome: AppendOutcome['kind']; ids: string[]; streams: string[] }
}

export function appendOutcome(result: QueryResult<AnswerRow>): AppendOutcome {
  const { outcome, ids, streams } = result.rows[0]!.answer
  return outcome === 'conflict' ? { kind: outcome, ids: new Set(ids), streams: new Set(streams) } : { kind: outcome }
}
