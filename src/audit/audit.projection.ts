/** The read model of the audit trail: one row for each event of the log, of whatever type, from headers and clear codes. */
import type { EventHeader } from '../ledger/event.js'
import { int4Array, int8Array, textArray, uuidArray } from '../ledger/postgres/binary-array.js'
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import { momentOf, occurrenceIn } from './occurrence.js'
import { recordSites } from './subject-sites.js'

/** Stands for an absent value, because the binary arrays carry no nulls. No header field can have one of these values. */
const NO_TEXT = ''
const NO_UUID = '00000000-0000-0000-0000-000000000000'
const NO_TIME = Number.MIN_SAFE_INTEGER

const INSERT = `
  insert into audit_entry (position, event_id, stream, revision, type, schema, recorded_at, occurred_at, actor_id, actor_role,
                           actor_org, purpose, reason, subject, trial, correlation, causation, sealed, key_id)
  select position, event_id, stream, revision, type, schema,
         timestamptz 'epoch' + recorded_ms * interval '1 millisecond',
         timestamptz 'epoch' + nullif(occurred_ms, ${NO_TIME}) * interval '1 millisecond',
         actor_id, actor_role, nullif(actor_org, ''), nullif(purpose, ''), nullif(reason, ''),
         nullif(subject, '${NO_UUID}'), nullif(trial, '${NO_UUID}'), correlation, nullif(causation, '${NO_UUID}'),
         key_id <> '${NO_UUID}', nullif(key_id, '${NO_UUID}')
    from unnest($1::bigint[], $2::uuid[], $3::text[], $4::integer[], $5::text[], $6::integer[], $7::bigint[], $8::bigint[],
                $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::uuid[], $15::uuid[], $16::uuid[],
                $17::uuid[], $18::uuid[])
         as e (position, event_id, stream, revision, type, schema, recorded_ms, occurred_ms, actor_id, actor_role,
               actor_org, purpose, reason, subject, trial, correlation, causation, key_id)
  on conflict (position) do nothing`

export class AuditProjection implements Projection {
  readonly name = 'audit'
  readonly version = 1
  readonly tables = ['audit_entry', 'audit_subject_site'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    if (events.length === 0) return
    const headers = events.map(({ header }) => header)
    const texts = (of: (header: EventHeader) => string | undefined) => textArray(headers.map((h) => of(h) ?? NO_TEXT))
    const uuids = (of: (header: EventHeader) => string | undefined) => uuidArray(headers.map((h) => of(h) ?? NO_UUID))
    await sql.query(INSERT, [
      int8Array(events.map(({ position }) => position)),
      uuids(({ id }) => id),
      texts(({ stream }) => stream),
      int4Array(headers.map(({ revision }) => revision)),
      texts(({ type }) => type),
      int4Array(headers.map(({ schema }) => schema)),
      int8Array(headers.map(({ recordedAt }) => Date.parse(recordedAt))),
      int8Array(events.map(({ data }) => occurredMs(data))),
      texts(({ actor }) => actor.id),
      texts(({ actor }) => actor.role),
      texts(({ actor }) => actor.org),
      texts(({ purpose }) => purpose),
      texts(({ reason }) => reason),
      uuids(({ subject }) => subject),
      uuids(({ trial }) => trial),
      uuids(({ correlation }) => correlation),
      uuids(({ causation }) => causation),
      uuids(({ payload }) => payload.kid),
    ])
    await recordSites(events, sql)
  }
}

function occurredMs(data: object | null): number {
  const occurrence = data === null ? null : occurrenceIn(data)
  return occurrence === null ? NO_TIME : momentOf(occurrence)
}
